//! Loggers with bound fields: encoded once, copied into every record.

use std::sync::Arc;

use dlogs_record::Encoder;

use super::Logger;
use super::write::Fields;
use crate::value::ToFields;

/// Encoded fields that belong to every record of a child.
pub(super) struct Bound {
    pub(super) count: u16,
    pub(super) fields: Vec<u8>,
}

impl Logger {
    /// A logger whose records carry these fields as well, after those of its parent. A record's own key wins.
    #[must_use]
    pub fn child(&self, fields: impl ToFields) -> Logger {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::bound(&mut bytes);
        if let Some(bound) = &self.bound {
            encoder.raw_fields(bound.count, &bound.fields);
        }
        fields.to_fields(&mut Fields(&mut encoder));
        let count = encoder.finish();
        let bound = Some(Arc::new(Bound { count, fields: bytes }));
        Logger { shared: Arc::clone(&self.shared), bound }
    }

    /// The bound fields as [`dlogs_record::Encoder::raw_fields`] takes them: for libraries that encode by themselves.
    #[must_use]
    pub fn bound_fields(&self) -> (u16, &[u8]) {
        self.bound.as_ref().map_or((0, &[]), |bound| (bound.count, &bound.fields))
    }
}

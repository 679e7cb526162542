//! Bound fields: encoded once, copied into every record of a child or a context.

use dlogs_record::Encoder;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::walker::Walker;

/// Fields that were encoded before the record that they belong to. Never changes.
#[pyclass(frozen, module = "distributedlogs._core")]
pub(crate) struct Fields {
    pub(crate) count: u16,
    pub(crate) bytes: Vec<u8>,
}

#[pymethods]
impl Fields {
    /// The fields of `outer`, then those of `fields`, which win where both have a name.
    #[new]
    fn new(outer: Option<&Fields>, fields: &Bound<'_, PyDict>) -> Fields {
        let mut bytes = Vec::new();
        let mut walker = Walker::new(Encoder::bound(&mut bytes));
        if let Some(outer) = outer {
            walker.encoder.raw_fields(outer.count, &outer.bytes);
        }
        walker.pairs(fields);
        let count = walker.encoder.finish();
        bytes.shrink_to_fit();
        Fields { count, bytes }
    }

    fn __len__(&self) -> usize {
        usize::from(self.count)
    }
}

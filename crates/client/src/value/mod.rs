//! What can be a field's value. Everything that a user can pass comes through, or is cut visibly; nothing fails.

mod fields;
mod json;
mod plain;
mod shown;

use dlogs_record::Encoder;

pub use self::fields::ToFields;
pub use self::shown::{DebugValue, DisplayValue, debug, display};

/// Something that can be written as a field's value.
pub trait ToValue {
    /// Writes exactly one value.
    fn to_value(&self, to: &mut Encoder<'_>);
}

//! JSON for people and for everybody else: a body as the parts of a row, and a JSON object as a body.

mod base64;
mod incoming;
mod number;
mod raw;
mod row;
mod value;

pub use incoming::{BadObject, Incoming, body, fields};
pub use row::{ErrorParts, Metadata, Row, row};
pub use value::{Json, text_of};

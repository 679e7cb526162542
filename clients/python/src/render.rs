//! What a record would look like where it is read: for tests of the values that a user can pass.

use dlogs_record::{Encoder, Kind, Level, View, json};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::scratch::with_buffer;
use crate::text::with_bytes;
use crate::walker::Walker;

/// Encodes a record and shows it as the JSON of a row: `message` and `metadata`, lifted keys beside them.
#[pyfunction]
pub(crate) fn render(message: &Bound<'_, PyString>, fields: &Bound<'_, PyDict>) -> PyResult<String> {
    with_buffer(|body| {
        let encoder =
            with_bytes(message, |bytes| Encoder::new(body, Level::Info, Kind::Log, 0, bytes));
        let mut walker = Walker::new(encoder);
        walker.pairs(fields);
        walker.encoder.finish();
        let view = View::parse(body).map_err(|malformed| PyValueError::new_err(malformed.to_string()))?;
        serde_json::to_string(&json::row(&view, None)).map_err(|error| PyValueError::new_err(error.to_string()))
    })
}

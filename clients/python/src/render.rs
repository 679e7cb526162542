//! A record's bytes without a logger, and what they look like where they are read: for tests.

use dlogs_record::{Encoder, Kind, Level, View, json};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::scratch::with_buffer;
use crate::text::with_bytes;
use crate::walker::Walker;

/// Encodes a message and fields as the verbs do.
#[pyfunction]
pub(crate) fn encode<'py>(
    message: &Bound<'py, PyString>,
    fields: &Bound<'py, PyDict>,
) -> Bound<'py, PyBytes> {
    with_buffer(|body| {
        let encoder =
            with_bytes(message, |bytes| Encoder::new(body, Level::Info, Kind::Log, 0, bytes));
        let mut walker = Walker::new(encoder);
        walker.pairs(fields);
        walker.encoder.finish();
        PyBytes::new(message.py(), body)
    })
}

/// Shows a body as the JSON of a row (spec/api.md).
#[pyfunction]
pub(crate) fn show(body: &[u8]) -> PyResult<String> {
    let bad = |error: &dyn std::fmt::Display| PyValueError::new_err(error.to_string());
    let view = View::parse(body).map_err(|error| bad(&error))?;
    serde_json::to_string(&json::row(&view, None)).map_err(|error| bad(&error))
}

//! A Python string as bytes: without a copy where it is UTF-8, with its lone surrogates where it is not.

use dlogs_record::limits::MAX_RECORD_BYTES;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PySequence, PyString};

/// Calls `take` with the text's bytes. Only a beginning of a text that could never fit is encoded.
#[inline]
pub(crate) fn with_bytes<R>(text: &Bound<'_, PyString>, take: impl FnOnce(&[u8]) -> R) -> R {
    if text.len().is_ok_and(|characters| characters > MAX_RECORD_BYTES) {
        let start = text
            .cast::<PySequence>()
            .map_err(PyErr::from)
            .and_then(|text| text.get_slice(0, MAX_RECORD_BYTES));
        return match start.as_ref().map(|start| start.cast::<PyString>()) {
            Ok(Ok(start)) => short_bytes(start, take),
            _ => take(b""),
        };
    }
    short_bytes(text, take)
}

/// As [`with_bytes`], for texts that are seldom long, such as keys.
#[inline]
pub(crate) fn short_bytes<R>(text: &Bound<'_, PyString>, take: impl FnOnce(&[u8]) -> R) -> R {
    match text.to_str() {
        Ok(utf8) => take(utf8.as_bytes()),
        Err(_) => surrogate_bytes(text, take),
    }
}

/// A lone surrogate becomes the three bytes that it would have; whoever decodes makes U+FFFD of it.
#[cold]
fn surrogate_bytes<R>(text: &Bound<'_, PyString>, take: impl FnOnce(&[u8]) -> R) -> R {
    let py = text.py();
    let encoded = text.call_method1(intern!(py, "encode"), ("utf-8", "surrogatepass"));
    match encoded.as_ref().map(|bytes| bytes.cast::<PyBytes>()) {
        Ok(Ok(bytes)) => take(bytes.as_bytes()),
        _ => take(b""),
    }
}

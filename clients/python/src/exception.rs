//! Exceptions into the reserved keys `@error.type`, `@error.message` and `@error.stack`.

use dlogs_record::reserved;
use pyo3::exceptions::PyBaseException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString, PyTuple};

use crate::asking::asking;
use crate::foreign::text_of;
use crate::walker::Walker;

/// The exception that `exc_info` means, by the rules of the module `logging`: `True` is the one being handled,
/// an exception is itself, a triple of `sys.exc_info()` its second part. Everything else means none.
pub(crate) fn meant_by<'py>(exc_info: &Bound<'py, PyAny>) -> Option<Bound<'py, PyBaseException>> {
    if let Ok(truth) = exc_info.cast_exact::<PyBool>() {
        return if truth.is_true() { handled(exc_info.py()) } else { None };
    }
    if let Ok(triple) = exc_info.cast::<PyTuple>() {
        return triple.get_item(1).ok()?.cast_into().ok();
    }
    match exc_info.cast::<PyBaseException>() {
        Ok(exception) => Some(exception.clone()),
        Err(_) if exc_info.is_truthy().unwrap_or(false) => handled(exc_info.py()),
        Err(_) => None,
    }
}

/// The exception that is being handled right now.
pub(crate) fn handled(py: Python<'_>) -> Option<Bound<'_, PyBaseException>> {
    let info = asking(|| py.import("sys")?.call_method0(intern!(py, "exc_info")))?.ok()?;
    info.get_item(1).ok()?.cast_into().ok()
}

/// Writes an exception: its class, its text, its traceback with causes and contexts.
pub(crate) fn write(walker: &mut Walker<'_>, exception: &Bound<'_, PyBaseException>) {
    let class = exception.get_type();
    if let Ok(name) = class.fully_qualified_name() {
        let name = name.to_string_lossy();
        walker
            .encoder
            .key(reserved::ERROR_TYPE)
            .str(name.strip_prefix("builtins.").unwrap_or(&name));
    }
    match text_of(exception.as_any()) {
        Ok(text) => walker.encoder.key(reserved::ERROR_MESSAGE).str(text),
        Err(placeholder) => walker.encoder.key(reserved::ERROR_MESSAGE).cut(placeholder),
    };
    if let Some(Ok(stack)) = asking(|| traceback(exception)) {
        walker.encoder.key(reserved::ERROR_STACK);
        walker.text(&stack);
    }
}

fn traceback<'py>(exception: &Bound<'py, PyBaseException>) -> PyResult<Bound<'py, PyString>> {
    let py = exception.py();
    let format = py.import("traceback")?.getattr(intern!(py, "format_exception"))?;
    let lines = format.call1((
        exception.get_type(),
        exception,
        exception.getattr(intern!(py, "__traceback__"))?,
    ))?;
    Ok(PyString::new(py, "").call_method1(intern!(py, "join"), (lines,))?.cast_into()?)
}

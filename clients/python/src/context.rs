//! The fields that are bound to the current context (task or thread). Costs nothing until somebody binds one.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::fields::Fields;
use crate::walker::Walker;

/// `ContextVar.get` of the variable that holds the current [`Fields`].
static GET: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static USED: AtomicBool = AtomicBool::new(false);

/// Says from where the bound fields of a context are to be read; called by the first `bind()`.
#[pyfunction]
pub(crate) fn use_context(py: Python<'_>, get: Py<PyAny>) {
    // A second call brings the same function.
    let _ = GET.set(py, get);
    USED.store(true, Ordering::Release);
}

/// Writes the fields that are bound to the current context.
#[inline]
pub(crate) fn write(walker: &mut Walker<'_>, py: Python<'_>) {
    if USED.load(Ordering::Acquire) {
        write_bound(walker, py);
    }
}

fn write_bound(walker: &mut Walker<'_>, py: Python<'_>) {
    let Some(get) = GET.get(py) else { return };
    let Ok(current) = get.bind(py).call0() else { return };
    if let Ok(fields) = current.cast::<Fields>() {
        let fields = fields.get();
        walker.encoder.raw_fields(fields.count, &fields.bytes);
    }
}

//! Ctrl-C that struck while a value was asked for its text: not raised out of a log call, and not swallowed either.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

static KEPT: AtomicBool = AtomicBool::new(false);

/// Keeps the interrupt for after the call, if the error is one.
pub(crate) fn keep(error: &PyErr, py: Python<'_>) {
    if error.is_instance_of::<PyKeyboardInterrupt>(py) {
        KEPT.store(true, Ordering::Relaxed);
    }
}

/// Raises a kept interrupt again in the main thread, as the signal did, once the record is in the journal.
#[inline]
pub(crate) fn pass_on(py: Python<'_>) {
    if KEPT.load(Ordering::Relaxed) && KEPT.swap(false, Ordering::Relaxed) {
        // Without the module `_thread` there is no main thread to interrupt.
        let _ = py.import("_thread").and_then(|thread| thread.call_method0("interrupt_main"));
    }
}

//! What a logger, its children and its engine share: the core's logger, and what waits for the next record.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dlogs::{Level, Outcome};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// One core logger with the Python side's hook.
#[derive(Clone)]
pub(crate) struct Crossing {
    pub(crate) logger: dlogs::Logger,
    pub(crate) hook: Arc<Hook>,
}

/// A callback for the next record: how the child of a fork gets its thread for events back, and not before it logs.
pub(crate) struct Hook {
    wanted: AtomicBool,
    callback: PyOnceLock<Py<PyAny>>,
}

impl Crossing {
    /// Gives one body to the journal; waits for room, without the GIL, where that was asked for. True: it is kept.
    #[inline]
    pub(crate) fn append(&self, py: Python<'_>, level: Level, time_ns: i64, body: &[u8]) -> bool {
        if self.hook.wanted.load(Ordering::Relaxed) {
            self.hook.call(py);
        }
        match self.logger.append_encoded(level, time_ns, body, false) {
            Outcome::Accepted(_) => true,
            Outcome::Full => self.append_waiting(py, level, time_ns, body),
            Outcome::Filtered | Outcome::Refused(_) => false,
        }
    }

    #[cold]
    fn append_waiting(&self, py: Python<'_>, level: Level, time_ns: i64, body: &[u8]) -> bool {
        let outcome = py.detach(|| self.logger.append_encoded(level, time_ns, body, true));
        matches!(outcome, Outcome::Accepted(_))
    }
}

impl Hook {
    pub(crate) fn new() -> Hook {
        Hook { wanted: AtomicBool::new(false), callback: PyOnceLock::new() }
    }

    /// Wants `callback` to be called, once, by the next record. Later calls want the same callback again.
    pub(crate) fn want(&self, py: Python<'_>, callback: Py<PyAny>) {
        let _ = self.callback.set(py, callback);
        self.wanted.store(true, Ordering::Relaxed);
    }

    #[cold]
    fn call(&self, py: Python<'_>) {
        if self.wanted.swap(false, Ordering::Relaxed)
            && let Some(callback) = self.callback.get(py)
        {
            // An error here is not the caller's who logs.
            let _ = callback.bind(py).call0();
        }
    }
}

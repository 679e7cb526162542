//! The engine as Python holds it: everything that happens seldom. Whatever waits, waits without the GIL.

use std::sync::Arc;
use std::time::Duration;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::call::level_from;
use crate::crossing::{Crossing, Hook};
use crate::listener::Listener;
use crate::options::parsed;

/// One journal and one sender, shared by a logger and its children.
#[pyclass(frozen, module = "distributedlogs._core")]
pub(crate) struct Engine {
    crossing: Crossing,
}

impl Engine {
    pub(crate) fn crossing(&self) -> Crossing {
        self.crossing.clone()
    }
}

#[pymethods]
impl Engine {
    /// Prepares the journal. `options`: the JSON object of `Options::from_json`.
    #[new]
    fn new(py: Python<'_>, options: &str) -> PyResult<Engine> {
        let options = parsed(options)?;
        let logger = py
            .detach(|| dlogs::Logger::new(options))
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        let hook = Arc::new(Hook::new());
        Ok(Engine { crossing: Crossing { logger, hook } })
    }

    fn start(&self, py: Python<'_>) {
        py.detach(|| self.crossing.logger.start());
    }

    /// Waits until everything is acknowledged or the time is over; how many records are not.
    fn flush(&self, py: Python<'_>, timeout_ms: u64) -> u64 {
        py.detach(|| self.crossing.logger.flush(Duration::from_millis(timeout_ms)))
    }

    /// Closes within the time: what was sent, what waits, what was lost.
    fn close(&self, py: Python<'_>, timeout_ms: u64) -> (u64, u64, u64) {
        let timeout = Duration::from_millis(timeout_ms);
        let closed = py.detach(|| self.crossing.logger.close_within(timeout));
        (closed.sent, closed.waiting, closed.lost)
    }

    /// A new listener, which begins with the oldest event that is kept.
    fn listen(&self) -> Listener {
        Listener::new(self.crossing.logger.events())
    }

    /// Calls `callback` with the next record, once.
    fn call_at_next_record(&self, py: Python<'_>, callback: Py<PyAny>) {
        self.crossing.hook.want(py, callback);
    }

    /// The counters, as JSON.
    fn stats(&self, py: Python<'_>) -> String {
        py.detach(|| self.crossing.logger.stats().to_json())
    }

    /// The state and, where there is one, the activity.
    fn state(&self) -> (&'static str, Option<&'static str>) {
        let logger = &self.crossing.logger;
        (logger.state().as_str(), logger.activity().map(|activity| activity.as_str()))
    }

    /// The stream that this process writes: `<32 hex digits>.<lane>`.
    fn stream(&self) -> String {
        self.crossing.logger.stream()
    }

    fn level(&self) -> &'static str {
        self.crossing.logger.level().as_str()
    }

    fn set_level(&self, level: &Bound<'_, PyAny>) -> PyResult<()> {
        let level = level_from(level).ok_or_else(|| {
            PyValueError::new_err(format!(
                "unknown level {level}: use trace, debug, info, warning, error, critical, or a number"
            ))
        })?;
        self.crossing.logger.set_level(level);
        Ok(())
    }
}

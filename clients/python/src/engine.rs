//! The engine as Python holds it: everything that happens seldom. Whatever waits, waits without the GIL.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use dlogs::{Event, Events};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::call::level_from;
use crate::crossing::{Crossing, Hook};
use crate::options::parsed;

/// One journal and one sender, shared by a logger and its children.
#[pyclass(frozen, module = "distributedlogs._core")]
pub(crate) struct Engine {
    crossing: Crossing,
    events: Mutex<Events>,
}

impl Engine {
    pub(crate) fn crossing(&self) -> Crossing {
        self.crossing.clone()
    }

    /// The next event, or those that are there already after the first one came.
    fn next_events(&self, timeout: Duration) -> Vec<Event> {
        let mut listener = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let first = listener.pull(Instant::now() + timeout).ok().flatten();
        first.into_iter().chain(std::iter::from_fn(|| listener.try_next())).collect()
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
        let events = Mutex::new(logger.events());
        let hook = Arc::new(Hook::new());
        Ok(Engine { crossing: Crossing { logger, hook }, events })
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

    /// Waits at most so long for the next event; a JSON list of all that are there.
    fn poll_events(&self, py: Python<'_>, timeout_ms: u64) -> String {
        let events = py.detach(|| self.next_events(Duration::from_millis(timeout_ms)));
        let events: Vec<String> = events.iter().map(Event::to_json).collect();
        format!("[{}]", events.join(","))
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

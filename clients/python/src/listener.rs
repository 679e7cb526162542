//! Events, pulled by a Python thread. Nothing of ours ever calls into Python by itself.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use dlogs::{Event, Events};
use pyo3::prelude::*;

/// A place among an engine's events, for one thread. The child of a fork needs its own: this one may be locked for ever.
#[pyclass(frozen, module = "distributedlogs._core")]
pub(crate) struct Listener {
    events: Mutex<Events>,
}

#[pymethods]
impl Listener {
    /// Waits at most so long, without the GIL, for the next event; a JSON list of all that are there.
    fn poll(&self, py: Python<'_>, timeout_ms: u64) -> String {
        let events = py.detach(|| self.next_events(Duration::from_millis(timeout_ms)));
        let events: Vec<String> = events.iter().map(Event::to_json).collect();
        format!("[{}]", events.join(","))
    }
}

impl Listener {
    pub(crate) fn new(events: Events) -> Listener {
        Listener { events: Mutex::new(events) }
    }

    /// The next event, and those that are there already once it came.
    fn next_events(&self, timeout: Duration) -> Vec<Event> {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let first = events.pull(Instant::now() + timeout).ok().flatten();
        first.into_iter().chain(std::iter::from_fn(|| events.try_next())).collect()
    }
}

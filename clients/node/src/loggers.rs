//! The loggers of one JavaScript environment, by number. What is left open when the environment ends is closed with it.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use dlogs::{Event, Logger};

/// A logger, and how far its events have been told.
struct Entry {
    logger: Logger,
    place: u64,
}

/// One environment is one thread (the main one, or a worker), so that nothing here is ever locked.
#[derive(Default)]
pub(crate) struct Loggers {
    entries: RefCell<Vec<Option<Entry>>>,
}

impl Loggers {
    /// Keeps a logger; the number that names it from now on.
    pub(crate) fn keep(&self, logger: Logger) -> usize {
        let mut entries = self.entries.borrow_mut();
        let entry = Some(Entry { logger, place: 0 });
        match entries.iter().position(Option::is_none) {
            Some(free) => {
                entries[free] = entry;
                free
            }
            None => {
                entries.push(entry);
                entries.len() - 1
            }
        }
    }

    /// Forgets a logger that nobody can name any more.
    pub(crate) fn release(&self, handle: usize) {
        let released = self.entries.borrow_mut().get_mut(handle).and_then(Option::take);
        // Its end may wait for the server, so it comes after the borrow.
        drop(released);
    }

    /// The logger of this number.
    pub(crate) fn get(&self, handle: usize) -> Option<Logger> {
        Some(self.entries.borrow().get(handle)?.as_ref()?.logger.clone())
    }

    /// Gives one body to the journal. `None`: accepted; else the outcome's number, or -1 where there is no such logger.
    #[inline]
    pub(crate) fn append(&self, handle: usize, body: &[u8], wait: bool) -> Option<i32> {
        let entries = self.entries.borrow();
        let Some(Some(entry)) = entries.get(handle) else { return Some(-1) };
        let outcome = match wait {
            false => entry.logger.append_body(body),
            true => entry.logger.append_body_waiting(body),
        };
        match outcome.number() {
            0 => None,
            number => Some(number as i32),
        }
    }

    /// The events that happened since the last call.
    pub(crate) fn new_events(&self, handle: usize) -> Vec<Event> {
        let mut entries = self.entries.borrow_mut();
        let Some(Some(entry)) = entries.get_mut(handle) else { return Vec::new() };
        let Entry { logger, place } = entry;
        let now = Instant::now();
        std::iter::from_fn(|| logger.next_event(place, now).ok().flatten()).collect()
    }
}

impl Drop for Loggers {
    /// The end of a worker, or of the program: together they take no longer than the slowest may.
    fn drop(&mut self) {
        let loggers: Vec<Logger> =
            self.entries.get_mut().drain(..).flatten().map(|entry| entry.logger).collect();
        let began = Instant::now();
        for logger in loggers {
            let allowed = Duration::from_millis(logger.options().shutdown_timeout_ms);
            logger.close_within(allowed.saturating_sub(began.elapsed()));
        }
    }
}

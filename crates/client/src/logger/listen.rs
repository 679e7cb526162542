//! Listening to events. Each listener sees every event; one that is too slow is told how many it missed.

use std::time::{Duration, Instant};

use dlogs_journal::fork;

use super::Logger;
use crate::events::Event;

/// A listener's place among the events, beginning with the oldest that is kept. Pull from it whenever you like.
#[derive(Debug)]
pub struct Events {
    logger: Logger,
    generation: u64,
    place: u64,
}

impl Logger {
    /// A new listener. It keeps the logger alive, but not open.
    #[must_use]
    pub fn events(&self) -> Events {
        Events { logger: self.clone(), generation: fork::generation(), place: 0 }
    }

    /// For hosts that keep a listener's place themselves: the event at `place`, which moves on (0: the oldest that is
    /// kept), waiting for it until `deadline`. `Err(())`: the logger is closed and everything was seen.
    #[allow(clippy::result_unit_err, clippy::missing_errors_doc)]
    pub fn next_event(&self, place: &mut u64, deadline: Instant) -> Result<Option<Event>, ()> {
        match self.station() {
            Some(station) => station.events.next(place, deadline),
            None => Err(()),
        }
    }
}

impl Events {
    /// The next event, waiting for it at most so long. `None`: the time is over, or no event will ever follow.
    pub fn next_within(&mut self, timeout: Duration) -> Option<Event> {
        self.pull(Instant::now() + timeout).ok().flatten()
    }

    /// The next event if there is one now.
    pub fn try_next(&mut self) -> Option<Event> {
        self.next_within(Duration::ZERO)
    }

    /// As [`Events::next_within`]; `Err(())` says that the logger is closed and everything was seen.
    #[allow(clippy::result_unit_err, missing_docs, clippy::missing_errors_doc)]
    pub fn pull(&mut self, deadline: Instant) -> Result<Option<Event>, ()> {
        let generation = fork::generation();
        if self.generation != generation {
            // In a fork the events begin anew, with its own station.
            (self.generation, self.place) = (generation, 0);
        }
        match self.logger.station() {
            Some(station) => station.events.next(&mut self.place, deadline),
            None => Err(()),
        }
    }
}

/// Waits for events until the logger is closed.
impl Iterator for Events {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        loop {
            match self.pull(Instant::now() + Duration::from_secs(3600)) {
                Ok(Some(event)) => return Some(event),
                Ok(None) => {}
                Err(()) => return None,
            }
        }
    }
}

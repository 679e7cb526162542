//! The last events, bounded. Each listener has a place of its own in it; a slow one misses and is told so.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Event;

/// Events kept for listeners that are behind.
const KEPT: usize = 1024;

#[derive(Debug, Default)]
pub(crate) struct Ring {
    inside: Mutex<Inside>,
    news: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    events: VecDeque<Event>,
    /// The number of the first kept event.
    first: u64,
    /// No event will follow.
    ended: bool,
}

impl Ring {
    pub(crate) fn push(&self, event: Event) {
        let mut inside = self.lock();
        if inside.events.len() == KEPT {
            inside.events.pop_front();
            inside.first += 1;
        }
        inside.events.push_back(event);
        self.news.notify_all();
    }

    pub(crate) fn end(&self) {
        self.lock().ended = true;
        self.news.notify_all();
    }

    /// The event at `place`, which moves on; waits for it until `deadline`. `Err`: no event will ever follow.
    pub(crate) fn next(&self, place: &mut u64, deadline: Instant) -> Result<Option<Event>, ()> {
        let mut inside = self.lock();
        loop {
            if *place < inside.first {
                let count = inside.first - *place;
                *place = inside.first;
                return Ok(Some(Event::EventsMissed { count }));
            }
            let index = usize::try_from(*place - inside.first).unwrap_or(usize::MAX);
            if let Some(event) = inside.events.get(index) {
                *place += 1;
                return Ok(Some(event.clone()));
            }
            if inside.ended {
                return Err(());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left == Duration::ZERO {
                return Ok(None);
            }
            inside = self.news.wait_timeout(inside, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;

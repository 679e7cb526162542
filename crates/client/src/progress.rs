//! How far the sender has come, for those who wait for it: flush, close, and callers that asked to be blocked.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[derive(Debug, Default)]
pub(crate) struct Progress {
    inside: Mutex<Point>,
    moved: Condvar,
}

/// Where the sender stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Point {
    /// Everything through this sequence number is stored or lost.
    pub(crate) through: u64,
    /// The sender's thread has ended.
    pub(crate) ended: bool,
}

impl Progress {
    pub(crate) fn reached(&self, through: u64) {
        self.lock().through = through;
        self.moved.notify_all();
    }

    pub(crate) fn end(&self) {
        self.lock().ended = true;
        self.moved.notify_all();
    }

    pub(crate) fn has_reached(&self, through: u64) -> bool {
        self.lock().through >= through
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.lock().ended
    }

    /// Waits until `enough` says so or the deadline has come. Says which.
    pub(crate) fn wait(&self, deadline: Instant, mut enough: impl FnMut(Point) -> bool) -> bool {
        let mut point = self.lock();
        while !enough(*point) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left == Duration::ZERO {
                return false;
            }
            point = self.moved.wait_timeout(point, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, Point> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

use std::time::{Duration, Instant};

use crate::Reader;

/// The disk's work, on a thread of its own: prepares segments ahead, reuses released ones, syncs, counts the room.
pub struct Keeper {}

impl Keeper {
    /// Does what is due and says when it wants to be called again. Never panics, never gives up: what failed is told by
    /// [`crate::Journal::trouble`] and tried again.
    pub fn keep(&mut self, now: Instant) -> Duration {
        let _ = now;
        Duration::from_secs(1)
    }

    /// Streams below the same root whose process is gone, oldest first, at most one; none while the one it gave before still
    /// lives. Call it at start and every 60 s.
    pub fn orphans(&mut self) -> Vec<Reader> {
        Vec::new()
    }
}

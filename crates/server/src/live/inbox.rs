//! What waits for one viewer: few shared frames, and exact counts of what it missed. Bounded, whatever the viewer does.

use std::collections::VecDeque;
use std::sync::Arc;

use super::shown::{Shown, add};
use super::slot::LEVELS;

/// A second of frames: whoever reads slower than that is told how much it missed.
const FRAMES_MAX: usize = 10;

/// Frames are not kept beyond this many bytes, but for the newest.
const BYTES_MAX: usize = 4 * 1024 * 1024;

/// Frames for one viewer, oldest first.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    paused: bool,
    frames: VecDeque<Arc<Shown>>,
    bytes: usize,
    missed: [u64; LEVELS],
}

impl Inbox {
    /// A frame for the viewer. When there is no room the oldest one becomes a count.
    pub(super) fn put(&mut self, frame: &Arc<Shown>) {
        self.bytes += frame.array.len();
        self.frames.push_back(frame.clone());
        self.make_room();
    }

    /// From now on records are counted and no row is kept; rows that wait become skipped.
    pub(super) fn pause(&mut self) {
        self.paused = true;
        self.make_room();
    }

    /// Rows are kept again.
    pub(super) fn resume(&mut self) {
        self.paused = false;
    }

    /// Everything since the last time as one frame, or `None` when nothing matched. `matched = rows + skipped`, always.
    pub(super) fn take(&mut self) -> Option<Arc<Shown>> {
        let missed = std::mem::take(&mut self.missed);
        let frames = std::mem::take(&mut self.frames);
        self.bytes = 0;
        let whole = missed == [0; LEVELS];
        match frames.len() {
            0 if whole => None,
            1 if whole => frames.into_iter().next(),
            _ => Some(Arc::new(Shown::merged(frames.iter().map(AsRef::as_ref), missed))),
        }
    }

    /// The oldest frames are only counted from now on.
    fn make_room(&mut self) {
        while self.is_too_much() {
            let Some(frame) = self.frames.pop_front() else { return };
            self.bytes -= frame.array.len();
            add(&mut self.missed, &frame.matched_by_level);
        }
    }

    fn is_too_much(&self) -> bool {
        let frames = self.frames.len();
        frames > FRAMES_MAX || (self.bytes > BYTES_MAX && frames > 1) || (self.paused && frames > 0)
    }
}

//! The race for a frame's check word: the writer commits it, or the reader, out of patience, kills it. Exactly one of them wins.

use crate::sync::{AtomicU32, Ordering};

/// The check word of a frame that is not committed.
pub(crate) const UNCOMMITTED: u32 = 0;
/// The check word of a frame that the reader gave up.
pub(crate) const TORN: u32 = u32::MAX;

/// The writer's end. False: the frame was killed, and whoever appends must append again.
#[inline]
#[must_use]
pub(crate) fn commit(word: &AtomicU32, check: u32) -> bool {
    word.compare_exchange(UNCOMMITTED, check, Ordering::Release, Ordering::Relaxed).is_ok()
}

/// The reader's end. `Err` holds what the word says instead: the check of a frame that was committed in time, `TORN`, or
/// bytes of a body.
pub(crate) fn kill(word: &AtomicU32) -> Result<(), u32> {
    word.compare_exchange(UNCOMMITTED, TORN, Ordering::AcqRel, Ordering::Acquire).map(|_| ())
}

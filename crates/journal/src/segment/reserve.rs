//! The word that hands out places: sealed (1 bit), record count (23), byte offset (40). One compare-and-swap gives a place and
//! a number at once, and it never overruns: what does not fit seals the segment instead, so that count and end are final.

use crate::sync::{AtomicU64, Ordering};

const SEALED: u64 = 1 << 63;
const COUNT_SHIFT: u32 = 40;
const ONE: u64 = 1 << COUNT_SHIFT;
const OFFSET_MASK: u64 = ONE - 1;

/// The most records in a segment.
pub(crate) const MAX_COUNT: u64 = (1 << 23) - 1;

/// What the word says at one instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reserved {
    /// No reservation succeeds any more; `count` and `offset` are final.
    pub(crate) sealed: bool,
    pub(crate) count: u64,
    /// Where the next frame would begin, in bytes from the segment's start.
    pub(crate) offset: u64,
}

impl Reserved {
    /// What the offset's bits can hold.
    pub(crate) const MAX_OFFSET: u64 = OFFSET_MASK;

    pub(crate) fn unpack(word: u64) -> Self {
        Self {
            sealed: word & SEALED != 0,
            count: (word & !SEALED) >> COUNT_SHIFT,
            offset: word & OFFSET_MASK,
        }
    }

    pub(crate) fn pack(self) -> u64 {
        (if self.sealed { SEALED } else { 0 }) | self.count << COUNT_SHIFT | self.offset
    }
}

/// Why no place was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
    /// The segment takes nothing more; it ends with this.
    Sealed(Reserved),
    /// What is left of it is kept for important frames.
    Kept,
}

/// Takes `need` bytes; `Ok` holds the word before, whose offset is the frame's place and whose count is its index. `open_end`
/// bounds this frame without sealing; `end` is the segment's.
#[inline]
pub(crate) fn take(word: &AtomicU64, need: u64, open_end: u64, end: u64) -> Result<Reserved, Stop> {
    let mut seen = word.load(Ordering::Relaxed);
    loop {
        let before = Reserved::unpack(seen);
        if before.sealed {
            return Err(Stop::Sealed(before));
        }
        let fits = before.offset + need <= end && before.count < MAX_COUNT;
        if fits && before.offset + need > open_end {
            return Err(Stop::Kept);
        }
        let after = if fits { seen + ONE + need } else { seen | SEALED };
        match word.compare_exchange_weak(seen, after, Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) if fits => return Ok(before),
            Ok(_) => return Err(Stop::Sealed(Reserved { sealed: true, ..before })),
            Err(now) => seen = now,
        }
    }
}

/// Seals the segment, whoever asks, and says where it ended.
pub(crate) fn seal(word: &AtomicU64) -> Reserved {
    Reserved::unpack(word.fetch_or(SEALED, Ordering::AcqRel) | SEALED)
}

/// What the word says now.
pub(crate) fn look(word: &AtomicU64) -> Reserved {
    Reserved::unpack(word.load(Ordering::Acquire))
}

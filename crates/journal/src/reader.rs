use std::time::Instant;

use crate::{Loss, RefusedReason, StreamId};

/// How much `take` may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// At most so many frames, at least 1.
    pub max_records: usize,
    /// At most so many bytes of frames; one frame may exceed it alone.
    pub max_bytes: usize,
}

/// What `take` found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// Frames of one segment were appended to `out`.
    Batch {
        /// Where the range begins: right behind the last `take`, so that losses before the first frame are covered.
        first_seq: u64,
        /// The last frame's sequence number.
        last_seq: u64,
        /// Frames in `out`.
        count: usize,
        /// The segment's salt, which the frames' checks need.
        salt: u64,
    },
    /// Everything was taken.
    Nothing,
    /// The next frame's writer is in the middle of its append.
    Uncommitted {
        /// Since when the reader has known of it.
        since: Instant,
    },
}

/// The one consumer's end of a stream: of the living one, or of one whose process died.
pub struct Reader {}

impl Reader {
    /// Appends the next committed frames, in order and byte for byte, to `out`. Frames that are lost are stepped over and
    /// told by [`Reader::losses`]. A frame that stays uncommitted for `patience` is killed; its writer appends again.
    pub fn take(&mut self, limits: Limits, now: Instant, out: &mut Vec<u8>) -> Taken {
        let _ = (limits, now, out);
        Taken::Nothing
    }

    /// The next `take` begins at `to_seq` (or behind what is released, if that is later).
    pub fn rewind(&mut self, to_seq: u64) {
        let _ = to_seq;
    }

    /// All losses that were found and not yet forgotten, ascending.
    pub fn losses(&self) -> &[Loss] {
        &[]
    }

    /// Drops losses that the server has acknowledged. Until then nothing behind them is released.
    pub fn forget_losses(&mut self, acked: &[Loss]) {
        let _ = acked;
    }

    /// Everything through `through_seq` is stored: it will never be taken again, and whole segments are reused.
    pub fn release(&mut self, through_seq: u64) {
        let _ = through_seq;
    }

    /// Everything through here is released.
    pub fn released(&self) -> u64 {
        0
    }

    /// Records not yet released.
    pub fn waiting(&self) -> u64 {
        0
    }

    /// Where the next `take` begins.
    pub fn next_seq(&self) -> u64 {
        1
    }

    /// The stream's name.
    pub fn stream(&self) -> StreamId {
        StreamId { instance: [0; 16], lane: 0 }
    }

    /// The label that the stream was opened with.
    pub fn label(&self) -> &[u8] {
        &[]
    }

    /// Refused records of the stream, in the order of [`RefusedReason::ALL`].
    pub fn refused(&self) -> [u64; RefusedReason::COUNT] {
        [0; RefusedReason::COUNT]
    }

    /// The stream takes no more records and all were taken.
    pub fn finished(&self) -> bool {
        false
    }

    /// The stream was closed in good order, rather than cut off by its process's death.
    pub fn closed(&self) -> bool {
        false
    }

    /// Removes the stream's directory if it is finished, released to the end, and its losses are forgotten; otherwise leaves
    /// it for the next one who adopts. Says whether it was removed. Works for the living stream, too, after `close`.
    pub fn finish(self) -> bool {
        false
    }
}

use std::time::Instant;

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

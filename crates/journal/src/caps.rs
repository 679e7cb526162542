//! How large the next segment is, and how much of the room is kept for important frames. Pure arithmetic on bytes.

use crate::segment::layout::HEADER_BYTES;

const PAGE: u64 = 4096;
/// Segments that lie ready, at least and at most.
const AHEAD_MIN: u64 = 1;
const AHEAD_MAX: u64 = 4;

/// The part of the room that only important frames may use.
pub(crate) fn kept(max_bytes: u64) -> u64 {
    max_bytes / 10
}

/// What is known when a segment is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) max_bytes: u64,
    /// All files that count against `max_bytes`.
    pub(crate) used_bytes: u64,
    pub(crate) first_segment_bytes: u64,
    pub(crate) max_segment_bytes: u64,
}

impl Room {
    pub(crate) fn free_bytes(&self) -> u64 {
        self.max_bytes.saturating_sub(self.used_bytes)
    }

    /// The segment that follows one of `previous_bytes`: twice as large, or what is left of the room, or none if that is
    /// less than a quarter of the smallest.
    pub(crate) fn next_bytes(&self, previous_bytes: u64) -> Option<u64> {
        let wanted = (previous_bytes * 2).min(self.max_segment_bytes).max(self.first_segment_bytes);
        let bytes = wanted.min(self.free_bytes() / PAGE * PAGE);
        (bytes >= (self.first_segment_bytes / 4).max(2 * PAGE)).then_some(bytes)
    }
}

/// Where frames that are not important must end in a segment of `capacity` bytes, if `beyond_bytes` can still be filled after
/// it: the last `kept` bytes of all that can be filled are not theirs. A stream's `first` segment gives them nine tenths
/// however full the room is.
pub(crate) fn open_end(capacity: u64, beyond_bytes: u64, kept: u64, first: bool) -> u64 {
    let closed = kept.saturating_sub(beyond_bytes);
    let open_end = capacity.saturating_sub(closed).max(HEADER_BYTES as u64);
    if first { open_end.max(capacity - capacity / 10) } else { open_end }
}

/// How many segments should lie ready if `bytes_per_s` are written: one, and more if one lasts for less than a tenth of a second. What lies ready is resident memory: there is an end to it.
pub(crate) fn ahead(bytes_per_s: u64, segment_bytes: u64) -> u64 {
    let more = bytes_per_s / 10 / segment_bytes.max(1);
    (AHEAD_MIN + more).min(AHEAD_MAX)
}

/// Whether a segment is full within a second if `bytes_per_s` are written.
pub(crate) fn fills_soon(bytes_per_s: u64, segment_bytes: u64) -> bool {
    bytes_per_s >= segment_bytes
}

#[cfg(test)]
mod tests;

//! Steps over frames, one by one, in a segment that is being written or in the bytes that a dead process left. It invents no
//! frame: what it gives out carries the check of its place, and whatever it steps over is a range with a reason.

use crate::frame::{
    ALIGNMENT, CHECK_AT, Checker, FRAME_HEADER_BYTES, SEQ_AT, SIZE_AT, span, widen,
};
use crate::loss::LossReason;
use crate::segment::commit::{TORN, UNCOMMITTED};

/// Bytes that one search for the next frame checks at most: a bound on what crafted bodies can cost, far above what any
/// damage can.
const SEARCH_MAX_BYTES: usize = 256 << 20;

/// The bytes of one segment.
pub(crate) trait Source {
    /// The word at `at`, a multiple of 4.
    fn word(&self, at: usize) -> u32;
    /// Turns an uncommitted check word into `TORN`; `Err` says what it is instead.
    fn kill(&self, at: usize) -> Result<(), u32>;
    /// Appends `bytes` bytes from `at` to `out`.
    fn copy(&self, at: usize, bytes: usize, out: &mut Vec<u8>);
    /// Whether a frame that is not committed may still be.
    fn lives(&self) -> bool;
}

/// Where the next frame begins, and its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Position {
    pub(crate) offset: usize,
    pub(crate) seq: u64,
}

/// Where a segment's frames end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Bounds {
    /// No frame reaches beyond this byte.
    pub(crate) end: usize,
    /// The number behind the last frame's.
    pub(crate) next_seq: u64,
}

/// What lies at a position that is not the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    /// A frame, which was appended to the output.
    Frame(Position),
    /// Nothing that can be given out, up to there.
    Gap(Position, LossReason),
    /// A frame that its writer may still commit.
    Wait,
}

/// Takes one step from `at`, which is before the bounds' `next_seq`. `kill`: the patience with this frame is over.
pub(crate) fn step(
    source: &impl Source,
    checker: Checker,
    at: Position,
    bounds: Bounds,
    kill: bool,
    out: &mut Vec<u8>,
) -> Step {
    if at.offset + FRAME_HEADER_BYTES > bounds.end {
        return Step::Gap(Position { offset: bounds.end, seq: bounds.next_seq }, LossReason::Torn);
    }
    let mut check = source.word(at.offset + CHECK_AT);
    if check == UNCOMMITTED && source.lives() {
        if !kill {
            return Step::Wait;
        }
        check = source.kill(at.offset + CHECK_AT).err().unwrap_or(TORN);
    }
    if check == UNCOMMITTED || check == TORN {
        return Step::Gap(search(source, checker, at, bounds), LossReason::Torn);
    }
    match frame(source, checker, at.offset, at.seq, bounds, out) {
        Ok(bytes) => Step::Frame(Position { offset: at.offset + bytes, seq: at.seq + 1 }),
        Err(_) => Step::Gap(search(source, checker, at, bounds), LossReason::Corrupt),
    }
}

/// Finds the next frame behind `at` on steps of 8 bytes. In a living segment every uncommitted check word on the way is
/// killed, ascending: the places of frames are not known here, and none that commits later may have been stepped over. A
/// writer's own frame is found, if it committed before, or killed, before anything is stored into its body; a killed frame's
/// writer appends again.
fn search(source: &impl Source, checker: Checker, at: Position, bounds: Bounds) -> Position {
    let mut scratch = Vec::new();
    let mut checked_bytes = 0;
    let mut offset = at.offset + ALIGNMENT;
    while offset + FRAME_HEADER_BYTES <= bounds.end && checked_bytes <= SEARCH_MAX_BYTES {
        let check = source.kill(offset + CHECK_AT).err().unwrap_or(TORN);
        let seq = widen(source.word(offset + SEQ_AT), at.seq + 1);
        if check != UNCOMMITTED && check != TORN && seq < bounds.next_seq {
            scratch.clear();
            match frame(source, checker, offset, seq, bounds, &mut scratch) {
                Ok(_) => return Position { offset, seq },
                Err(bytes) => checked_bytes += bytes,
            }
        }
        offset += ALIGNMENT;
    }
    Position { offset: bounds.end, seq: bounds.next_seq }
}

/// Appends the frame at `offset` if it is what was written as number `seq`; gives the bytes it takes, or those it cost to see
/// that it is not there. The copy is checked, not the source, so that what was checked is what travels.
fn frame(
    source: &impl Source,
    checker: Checker,
    offset: usize,
    seq: u64,
    bounds: Bounds,
    out: &mut Vec<u8>,
) -> Result<usize, usize> {
    let size = source.word(offset + SIZE_AT) as usize;
    let bytes = span(size);
    if bytes > bounds.end - offset {
        return Err(0);
    }
    let start = out.len();
    source.copy(offset, bytes, out);
    if checker.holds(&out[start..], seq) {
        // The check does not cover the padding, and what travels is zeros there.
        out[start + FRAME_HEADER_BYTES + size..].fill(0);
        return Ok(bytes);
    }
    out.truncate(start);
    Err(bytes)
}

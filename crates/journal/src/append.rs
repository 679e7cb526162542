//! The hot path: reserve, copy, commit. No lock, no allocation, no system call but the keeper's wake-up at a new segment.

use crate::crc::{self, Tail};
use crate::frame::{CHECK_AT, FLAG_IMPORTANT, FRAME_HEADER_BYTES, SEQ_AT, SIZE_AT, TIME_AT, span};
use crate::refusal::Refusal;
use crate::segment::Segment;
use crate::segment::commit::commit;
use crate::segment::reserve::{self, Reserved, Stop};
use crate::shared::Shared;
use crate::sync::Ordering;

/// A cache line that another core zeroed takes longer to come than an append does: it is asked for so many records before it is
/// written.
const EXPECTED_AHEAD: usize = 3;
/// Of a long record only the beginning is asked for.
const EXPECTED_MAX_BYTES: usize = 512;

/// Appends one frame and returns its number.
#[inline]
pub(crate) fn append(
    shared: &Shared,
    time_ns: u64,
    important: bool,
    body: &[u8],
) -> Result<u64, Refusal> {
    if body.len() > shared.body_max_bytes {
        return Err(Refusal::TooLarge);
    }
    if !shared.ours() {
        return Err(Refusal::Closed);
    }
    let flags = if important { FLAG_IMPORTANT } else { 0 };
    let record = Record::new(time_ns, flags, body);
    loop {
        let appended = shared.current.visit(|current| match current {
            Some(segment) => append_to(shared, segment, record),
            None => Err(Refusal::Closed),
        })?;
        if let Some(seq) = appended {
            return Ok(seq);
        }
    }
}

/// Appends to this segment; `None`: it moved on, or killed the frame, and the record is to be appended again.
#[inline]
fn append_to(
    shared: &Shared,
    segment: &Segment,
    record: Record<'_>,
) -> Result<Option<u64>, Refusal> {
    let (need, end) = (span(record.body.len()) as u64, segment.capacity());
    let important = record.flags & FLAG_IMPORTANT != 0;
    let open_end = if important { end } else { segment.open_end.load(Ordering::Relaxed) };
    match reserve::take(segment.reserve(), need, open_end, end) {
        Ok(before) => {
            let seq = segment.first_seq() + before.count;
            // The reader may have lost its patience meanwhile, if this thread was stopped for long: then append again,
            // so that nothing is ever accepted that was stepped over.
            Ok(write(segment, before.offset as usize, seq, record).then_some(seq))
        }
        Err(Stop::Kept) => Err(Refusal::Full),
        Err(Stop::Sealed(end)) => rotate(shared, segment, end).map(|()| None),
    }
}

/// What is appended, and what is known of its checksum before it has a number.
#[derive(Clone, Copy)]
struct Record<'a> {
    time_ns: u64,
    flags: u32,
    body: &'a [u8],
    tail: Tail<'a>,
}

impl<'a> Record<'a> {
    #[inline]
    fn new(time_ns: u64, flags: u32, body: &'a [u8]) -> Self {
        Self { time_ns, flags, body, tail: crc::tail(body) }
    }
}

/// Writes a frame into the place reserved for it, the commit last. False: the frame was killed.
#[inline]
fn write(segment: &Segment, at: usize, seq: u64, record: Record<'_>) -> bool {
    let Record { time_ns, flags, body, tail } = record;
    let (memory, size) = (&segment.memory, body.len() as u32);
    memory.u32_at(at + SIZE_AT).store(size, Ordering::Relaxed);
    memory.u64_at(at + TIME_AT).store(time_ns, Ordering::Relaxed);
    let seq_and_flags = u64::from(seq as u32) | u64::from(flags) << 32;
    memory.u64_at(at + SEQ_AT).store(seq_and_flags, Ordering::Relaxed);
    memory.store(at + FRAME_HEADER_BYTES, body);
    let check = segment.checker.check(seq, size, time_ns, flags, tail);
    let committed = commit(memory.u32_at(at + CHECK_AT), check);
    // The next records will be about as long as this one, and lie behind it.
    let span = span(body.len());
    memory.expect_stores(at + EXPECTED_AHEAD * span, span.min(EXPECTED_MAX_BYTES));
    committed
}

/// Moves on from a sealed segment to the one prepared behind it. Any number of threads may do this at once: they all store
/// the same first number, and one of them publishes. Holding the successor keeps it from being reused meanwhile.
#[cold]
fn rotate(shared: &Shared, segment: &Segment, end: Reserved) -> Result<(), Refusal> {
    let Some(next) = segment.next.get() else {
        // Either it is not prepared yet, or this thread was stopped here for so long that all others have moved on.
        return if shared.current.is(segment) { Err(Refusal::Full) } else { Ok(()) };
    };
    next.install(segment.first_seq() + end.count, &shared.refused);
    if shared.current.exchange(segment, next) {
        shared.wake_keeper();
    }
    Ok(())
}

#[cfg(test)]
mod tests;

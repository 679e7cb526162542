//! A frame's bytes: sizes, offsets and the salted check. It knows no file and no thread. spec/wire.md draws the frame.

use crate::crc::{self, Tail};
use crate::segment::commit::{TORN, UNCOMMITTED};
use crate::stream::StreamId;

/// Bytes before the body.
pub(crate) const FRAME_HEADER_BYTES: usize = 24;
pub(crate) const ALIGNMENT: usize = 8;
/// Offsets inside a frame.
pub(crate) const SIZE_AT: usize = 0;
pub(crate) const CHECK_AT: usize = 4;
pub(crate) const TIME_AT: usize = 8;
pub(crate) const SEQ_AT: usize = 16;
pub(crate) const FLAGS_AT: usize = 20;

/// A bit of the flags, which are written together with the zeros behind them.
pub(crate) const FLAG_IMPORTANT: u32 = 1;

/// Bytes that a frame takes, padding included.
#[inline]
pub(crate) fn span(body_bytes: usize) -> usize {
    (FRAME_HEADER_BYTES + body_bytes).next_multiple_of(ALIGNMENT)
}

/// The full number behind 32 low bits: the smallest one from `least` on.
pub(crate) fn widen(low: u32, least: u64) -> u64 {
    least + u64::from(low.wrapping_sub(least as u32))
}

/// What is mixed into every check of one segment, so that no other bytes pass for its frames: neither those of another
/// segment, nor what a message contains, nor what lay on the disk before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checker {
    seed: u32,
}

impl Checker {
    pub(crate) fn new(salt: u64, stream: &StreamId) -> Self {
        Self { seed: crc::append(crc::append(0, &salt.to_le_bytes()), &stream.bytes()) }
    }

    /// The check of a frame, computed over its source; never one of the two values with a meaning of their own.
    #[inline]
    pub(crate) fn check(
        self,
        seq: u64,
        size: u32,
        time_ns: u64,
        flags: u32,
        body: Tail<'_>,
    ) -> u32 {
        // The header's fields behind one another, as bytes.
        let words = [seq, u64::from(size) | time_ns << 32, time_ns >> 32 | u64::from(flags) << 32];
        match crc::join(self.seed, words, body) {
            UNCOMMITTED => UNCOMMITTED + 1,
            TORN => TORN - 1,
            check => check,
        }
    }

    /// Whether `frame`, padding included, is what was written as number `seq`.
    pub(crate) fn holds(self, frame: &[u8], seq: u64) -> bool {
        let Some((head, rest)) = frame.split_first_chunk::<FRAME_HEADER_BYTES>() else {
            return false;
        };
        let size = u32_in(head, SIZE_AT);
        let Some(body) = rest.get(..size as usize) else { return false };
        u32_in(head, SEQ_AT) == seq as u32
            && u32_in(head, CHECK_AT)
                == self.check(
                    seq,
                    size,
                    u64_in(head, TIME_AT),
                    u32_in(head, FLAGS_AT),
                    crc::tail(body),
                )
    }
}

/// The little-endian word at `at`; 0 where the bytes end.
#[inline]
pub(crate) fn u32_in(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u32::from_le_bytes(*word))
}

/// As [`u32_in`], 8 bytes wide.
#[inline]
pub(crate) fn u64_in(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u64::from_le_bytes(*word))
}

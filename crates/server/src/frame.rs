//! Frames as spec/wire.md draws them: walking them, and the check of each.

use dlogs_record::limits::MAX_RECORD_BYTES;

use crate::stream_id::StreamId;

/// Bytes before a frame's body.
pub const FRAME_HEAD_BYTES: usize = 24;

/// One frame, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The checksum as it was written.
    pub check: u32,
    /// The record's time, nanoseconds since 1970 UTC.
    pub time_ns: u64,
    /// Low 32 bits of the sequence number.
    pub seq_low: u32,
    /// Bit 0: important.
    pub flags: u16,
    /// Zero on the wire. In batches that the server normalised: which client block speaks for it.
    pub reserved: u16,
    /// The encoded record.
    pub body: &'a [u8],
}

/// Walks frames. `Err` (with the offset) once, where bytes are no frame; then nothing more.
#[derive(Debug, Clone)]
pub struct Frames<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Frames<'a> {
    /// The frames that start at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Offset of the next frame.
    pub fn at(&self) -> usize {
        self.at
    }

    fn step(&mut self) -> Option<Frame<'a>> {
        let (head, rest) = self.bytes.get(self.at..)?.split_first_chunk::<FRAME_HEAD_BYTES>()?;
        let word = |i: usize| u32::from_le_bytes([head[i], head[i + 1], head[i + 2], head[i + 3]]);
        let size = word(0) as usize;
        let body = rest.get(..size)?;
        let padded = FRAME_HEAD_BYTES + size.next_multiple_of(8);
        self.bytes.get(self.at..self.at + padded)?;
        self.at += padded;
        Some(Frame {
            check: word(4),
            time_ns: u64::from(word(8)) | u64::from(word(12)) << 32,
            seq_low: word(16),
            flags: word(20) as u16,
            reserved: (word(20) >> 16) as u16,
            body,
        })
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = Result<Frame<'a>, usize>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let at = self.at;
        Some(self.step().ok_or_else(|| {
            self.at = self.bytes.len();
            at
        }))
    }
}

impl Frame<'_> {
    /// The full number: the smallest one from `first_seq` on with these low bits.
    pub fn seq(&self, first_seq: u64) -> Option<u64> {
        first_seq.checked_add(u64::from(self.seq_low.wrapping_sub(first_seq as u32)))
    }

    /// Longer than a record may be.
    pub fn is_too_large(&self) -> bool {
        self.body.len() > MAX_RECORD_BYTES
    }
}

/// Appends a frame to normalised batches; `check` is left 0, the queue's own check covers it.
pub(crate) fn write_frame(out: &mut Vec<u8>, time_ns: i64, seq: u64, origin: u16, body: &[u8]) {
    let start = out.len();
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&time_ns.to_le_bytes());
    out.extend_from_slice(&(seq as u32).to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    out.extend_from_slice(&origin.to_le_bytes());
    out.extend_from_slice(body);
    out.resize(start + (out.len() - start).next_multiple_of(8), 0);
}

/// Computes checks of one batch; what all frames share is folded in once.
#[derive(Debug, Clone, Copy)]
pub struct Checker {
    seed: u32,
}

impl Checker {
    /// For frames of this stream, written to a segment with this salt.
    pub fn new(salt: u64, stream: StreamId) -> Self {
        let seed = crc32c::crc32c(&salt.to_le_bytes());
        let seed = crc32c::crc32c_append(seed, &stream.instance);
        Self { seed: crc32c::crc32c_append(seed, &stream.lane.to_le_bytes()) }
    }

    /// The check that a frame with this sequence number must carry.
    pub fn check(&self, frame: &Frame<'_>, seq: u64) -> u32 {
        let mut head = [0; 24];
        head[..8].copy_from_slice(&seq.to_le_bytes());
        head[8..12].copy_from_slice(&(frame.body.len() as u32).to_le_bytes());
        head[12..20].copy_from_slice(&frame.time_ns.to_le_bytes());
        head[20..22].copy_from_slice(&frame.flags.to_le_bytes());
        head[22..].copy_from_slice(&frame.reserved.to_le_bytes());
        match crc32c::crc32c_append(crc32c::crc32c_append(self.seed, &head), frame.body) {
            0 => 1,
            u32::MAX => u32::MAX - 1,
            check => check,
        }
    }
}

//! A look at a stream's directory from outside, for `dlogs journal` and `dlogs ship`. Looking changes nothing, and never fails
//! on what it finds.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use crate::frame::{
    Checker, FLAG_IMPORTANT, FLAGS_AT, FRAME_HEADER_BYTES, SIZE_AT, TIME_AT, u32_in, u64_in,
};
use crate::segment::header::{Header, Parsed};
use crate::segment::layout::{HEADER_BYTES, STATE_ENDED, STATE_EXPIRED};
use crate::segment::reserve::MAX_COUNT;
use crate::survey::{self, Found};
use crate::walk::{self, Bounds, Position, Step};
use crate::{LossReason, OpenError, Reader, RefusedReason, StreamId, adopt as adoption, remove};

/// Adopts the stream in `dir`, if its process is gone, as the keeper would. `Ok(None)`: it lives, somebody else has it, it
/// holds nothing, or it is of a version that we do not know.
pub fn adopt(dir: &Path) -> Result<Option<Reader>, OpenError> {
    adoption::adopt(dir, SystemTime::now(), Duration::MAX, Arc::new(()))
}

/// Reads all segments of the stream in `dir`, in the order of their names. A file that cannot be read is told as bad.
pub fn stream(dir: &Path) -> Result<Vec<SegmentView>, OpenError> {
    let paths = remove::segments_in(dir).map_err(OpenError::io("read", dir))?;
    Ok(paths.into_iter().map(SegmentView::read).collect())
}

/// What a segment's file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// A segment with frames, or with room for them.
    Good,
    /// Prepared and never used.
    Unused,
    /// Given up for its age; only the header is left.
    Expired,
    /// A format of the future.
    Version(u32),
    /// Not a segment, or its header is damaged; the text says which.
    Bad(&'static str),
}

/// One segment's file, as it was when it was read.
pub struct SegmentView {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is. Unless it is `Good` or `Expired`, the fields below are empty.
    pub verdict: Verdict,
    /// The stream that it belongs to.
    pub stream: StreamId,
    /// Its place in the stream, from 1.
    pub number: u64,
    /// The first frame's sequence number.
    pub first_seq: u64,
    /// What its frames' checks are salted with.
    pub salt: u64,
    /// Who wrote it.
    pub owner_pid: u32,
    /// When it was prepared, ms since 1970.
    pub created_ms: u64,
    /// The client's block.
    pub label: Vec<u8>,
    /// Takes no more frames.
    pub sealed: bool,
    /// Places given out.
    pub reserved: u64,
    /// Everything through here is done with.
    pub released: u64,
    /// The stream was closed in good order and ends here.
    pub ended: bool,
    /// Refused records of the stream so far, in the order of [`RefusedReason::ALL`].
    pub refused: [u64; RefusedReason::COUNT],
    bytes: Vec<u8>,
}

/// What lies in a segment, in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry<'a> {
    /// A committed frame whose check is right.
    Frame {
        /// Its sequence number.
        seq: u64,
        /// Where it begins in the file, in bytes.
        offset: usize,
        /// The record's time, ns since 1970.
        time_ns: u64,
        /// WARNING or above.
        important: bool,
        /// The record.
        body: &'a [u8],
    },
    /// Numbers without a frame.
    Gap {
        /// The first one.
        from: u64,
        /// The last one.
        to: u64,
        /// Where the frames would begin in the file, in bytes.
        offset: usize,
        /// `Torn`: reserved, and not committed. `Corrupt`: damaged.
        reason: LossReason,
    },
}

impl SegmentView {
    fn read(path: PathBuf) -> Self {
        // The header's reader refuses what is not a file of ours, before the contents are read.
        let bytes = survey::file(path.clone()).and_then(|found| fs::read(found.path));
        match bytes {
            Ok(bytes) => Self::of_bytes(path, bytes),
            Err(_) => Self {
                verdict: Verdict::Bad("it cannot be read"),
                ..Self::of_bytes(path, Vec::new())
            },
        }
    }

    /// Looks at bytes as if they were the file `path`.
    pub fn of_bytes(path: PathBuf, bytes: Vec<u8>) -> Self {
        let header = &bytes[..bytes.len().min(HEADER_BYTES)];
        let found = survey::of_bytes(path, SystemTime::UNIX_EPOCH, header);
        let (verdict, header) = match &found.parsed {
            Parsed::Installed(header) if found.state & STATE_EXPIRED == STATE_EXPIRED => {
                (Verdict::Expired, Some(header))
            }
            Parsed::Installed(header) => (Verdict::Good, Some(header)),
            Parsed::Unused => (Verdict::Unused, None),
            Parsed::Version(version) => (Verdict::Version(*version), None),
            Parsed::Bad(why) => (Verdict::Bad(why), None),
        };
        match header.cloned() {
            Some(header) => Self::of_header(found, verdict, header, bytes),
            None => Self::empty(found.path, verdict),
        }
    }

    fn of_header(found: Found, verdict: Verdict, header: Header, bytes: Vec<u8>) -> Self {
        Self {
            path: found.path,
            verdict,
            stream: header.stream,
            number: header.number,
            first_seq: header.first_seq,
            salt: header.salt,
            owner_pid: header.owner.pid,
            created_ms: header.created_ms,
            label: header.label,
            sealed: found.reserved.sealed,
            reserved: found.reserved.count,
            released: found.released,
            ended: found.state & STATE_ENDED == STATE_ENDED,
            refused: found.refused,
            bytes,
        }
    }

    fn empty(path: PathBuf, verdict: Verdict) -> Self {
        Self {
            path,
            verdict,
            stream: StreamId { instance: [0; 16], lane: 0 },
            number: 0,
            first_seq: 0,
            salt: 0,
            owner_pid: 0,
            created_ms: 0,
            label: Vec::new(),
            sealed: false,
            reserved: 0,
            released: 0,
            ended: false,
            refused: [0; RefusedReason::COUNT],
            bytes: Vec::new(),
        }
    }

    /// Everything in the segment. Numbers ascend strictly; a gap at the end reaches as far as places were reserved.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = Vec::new();
        if self.verdict != Verdict::Good || self.first_seq > u64::MAX / 2 {
            return entries;
        }
        let checker = Checker::new(self.salt, &self.stream);
        let bounds = Bounds { end: self.bytes.len(), next_seq: self.first_seq + MAX_COUNT };
        let mut at = Position { offset: HEADER_BYTES, seq: self.first_seq };
        let mut scratch = Vec::new();
        while at.seq < bounds.next_seq {
            scratch.clear();
            match walk::step(&self.bytes, checker, at, bounds, false, &mut scratch) {
                Step::Frame(next) => {
                    entries.push(self.frame(at));
                    at = next;
                }
                Step::Gap(next, reason) => {
                    let last = next.seq == bounds.next_seq;
                    let to = if last { self.first_seq + self.reserved } else { next.seq };
                    if to > at.seq {
                        entries.push(Entry::Gap {
                            from: at.seq,
                            to: to - 1,
                            offset: at.offset,
                            reason,
                        });
                    }
                    at = next;
                }
                Step::Wait => break,
            }
        }
        entries
    }

    fn frame(&self, at: Position) -> Entry<'_> {
        let frame = &self.bytes[at.offset..];
        let size = u32_in(frame, SIZE_AT) as usize;
        Entry::Frame {
            seq: at.seq,
            offset: at.offset,
            time_ns: u64_in(frame, TIME_AT),
            important: u32_in(frame, FLAGS_AT) & FLAG_IMPORTANT != 0,
            body: &frame[FRAME_HEADER_BYTES..FRAME_HEADER_BYTES + size],
        }
    }
}

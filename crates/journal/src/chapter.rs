//! One segment as the reader sees it: mapped and being written, left behind by the dead, or given up.

use std::{
    fs::{self, File},
    io,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::frame::{Checker, u32_in};
use crate::segment::Segment;
use crate::segment::commit;
use crate::segment::layout::{
    HEADER_BYTES, RELEASED_AT, RELEASED_INVERSE_AT, STATE_AT, STATE_EXPIRED,
};
use crate::sync::Ordering;
use crate::walk::{Bounds, Source};
use crate::{file, pool};

pub(crate) struct Chapter {
    pub(crate) number: u64,
    pub(crate) first_seq: u64,
    pub(crate) salt: u64,
    pub(crate) checker: Checker,
    /// Its frames are given up; it is stepped over.
    pub(crate) given_up: bool,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    Living {
        segment: Arc<Segment>,
        /// When the reader first saw that it takes no more frames.
        sealed_at: Option<Instant>,
    },
    Dead(Dead),
}

/// A segment's file whose process is gone, or whose mapping was given back.
pub(crate) struct Dead {
    /// `None` where it lay in memory.
    pub(crate) path: Option<PathBuf>,
    pub(crate) next_seq: u64,
    /// Older than it may become.
    pub(crate) expired: bool,
    /// The file's bytes, while the reader is in it.
    pub(crate) bytes: Vec<u8>,
}

impl Chapter {
    pub(crate) fn living(segment: Arc<Segment>) -> Self {
        Self {
            number: segment.number,
            first_seq: segment.first_seq(),
            salt: segment.salt,
            checker: segment.checker,
            given_up: false,
            body: Body::Living { segment, sealed_at: None },
        }
    }

    pub(crate) fn bounds(&self) -> Bounds {
        match &self.body {
            Body::Living { segment, .. } => {
                let reserved = segment.reserved();
                Bounds { end: reserved.offset as usize, next_seq: self.first_seq + reserved.count }
            }
            Body::Dead(dead) => {
                Bounds { end: dead.bytes.len().max(HEADER_BYTES), next_seq: dead.next_seq }
            }
        }
    }

    /// Whether it takes no more frames and is older than `max_age`.
    pub(crate) fn is_old(&self, now: Instant, max_age: Duration) -> bool {
        match &self.body {
            Body::Living { sealed_at, .. } => {
                sealed_at.is_some_and(|since| now.saturating_duration_since(since) > max_age)
            }
            Body::Dead(dead) => dead.expired,
        }
    }

    /// Makes the frames readable.
    pub(crate) fn load(&mut self) -> io::Result<()> {
        if let Body::Dead(Dead { path: Some(path), bytes, .. }) = &mut self.body
            && bytes.is_empty()
        {
            *bytes = fs::read(path)?;
        }
        Ok(())
    }

    /// Lets go of what `load` took.
    pub(crate) fn unload(&mut self) {
        if let Body::Dead(dead) = &mut self.body {
            dead.bytes = Vec::new();
        }
    }

    /// The value, then its complement: if they disagree after a crash, the segment is sent again.
    pub(crate) fn set_released(&self, through: u64) {
        match &self.body {
            Body::Living { segment, .. } => segment.set_released(through),
            Body::Dead(dead) => {
                if let Some(opened) = dead.open() {
                    let put = |word: u64, at: usize| {
                        file::write_at(&opened, &word.to_le_bytes(), at as u64)
                    };
                    let _ =
                        put(through, RELEASED_AT).and_then(|()| put(!through, RELEASED_INVERSE_AT));
                }
            }
        }
    }

    /// Gives the frames up: marks the header, so that a crash does not bring them back, and cuts the file to the header.
    pub(crate) fn give_up(self) -> Self {
        let next_seq = self.bounds().next_seq;
        let body = match self.body {
            Body::Living { segment, sealed_at } => {
                segment.set_state(STATE_EXPIRED);
                match Arc::try_unwrap(segment) {
                    Ok(Segment { file, .. }) => {
                        Body::Dead(Dead { path: file, next_seq, expired: true, bytes: Vec::new() })
                    }
                    // A writer is still in there, so that its file keeps its length until it is released.
                    Err(segment) => Body::Living { segment, sealed_at },
                }
            }
            Body::Dead(dead) => {
                dead.mark_expired();
                Body::Dead(Dead { bytes: Vec::new(), ..dead })
            }
        };
        if let Body::Dead(Dead { path: Some(path), .. }) = &body {
            let _ = pool::truncate(path, HEADER_BYTES as u64);
        }
        Self { given_up: true, body, ..self }
    }
}

impl Dead {
    fn open(&self) -> Option<File> {
        file::options().read(true).write(true).open(self.path.as_ref()?).ok()
    }

    fn mark_expired(&self) {
        if let Some(opened) = self.open() {
            let mut word = [0; 4];
            let _ = file::read_at(&opened, &mut word, STATE_AT as u64).and_then(|()| {
                let marked = u32::from_le_bytes(word) | STATE_EXPIRED;
                file::write_at(&opened, &marked.to_le_bytes(), STATE_AT as u64)
            });
        }
    }
}

impl Source for Chapter {
    fn word(&self, at: usize) -> u32 {
        match &self.body {
            Body::Living { segment, .. } => segment.memory.u32_at(at).load(Ordering::Acquire),
            Body::Dead(dead) => dead.bytes.word(at),
        }
    }

    fn kill(&self, at: usize) -> Result<(), u32> {
        match &self.body {
            Body::Living { segment, .. } => commit::kill(segment.memory.u32_at(at)),
            Body::Dead(dead) => dead.bytes.kill(at),
        }
    }

    fn copy(&self, at: usize, bytes: usize, out: &mut Vec<u8>) {
        match &self.body {
            Body::Living { segment, .. } => segment.memory.load(at, bytes, out),
            Body::Dead(dead) => dead.bytes.copy(at, bytes, out),
        }
    }

    fn lives(&self) -> bool {
        matches!(self.body, Body::Living { .. })
    }
}

/// The bytes of a dead process's segment: nothing in them changes any more.
impl Source for Vec<u8> {
    fn word(&self, at: usize) -> u32 {
        u32_in(self, at)
    }

    fn kill(&self, at: usize) -> Result<(), u32> {
        match self.word(at) {
            commit::UNCOMMITTED => Ok(()),
            word => Err(word),
        }
    }

    fn copy(&self, at: usize, bytes: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(self.get(at..at + bytes).unwrap_or_default());
    }

    fn lives(&self) -> bool {
        false
    }
}

use std::{
    path::PathBuf,
    sync::{Arc, atomic::fence},
};

use arc_swap::ArcSwapOption;

use super::header::{Header, crc_with_first_seq};
use super::layout::*;
use super::map::Memory;
use super::reserve::{self, Reserved};
use crate::frame::Checker;
use crate::refusal::RefusedReason;
use crate::sync::{AtomicU64, Ordering};
use crate::visit::{Link, Linked};

/// A prepared or installed segment. It is unmapped when the last one who holds it lets go, and reused only by the keeper,
/// only when the keeper is that last one.
pub(crate) struct Segment {
    pub(crate) memory: Memory,
    pub(crate) number: u64,
    pub(crate) salt: u64,
    pub(crate) checker: Checker,
    /// Where frames that are not important must end, in bytes from the start.
    pub(crate) open_end: AtomicU64,
    /// The segment that follows, put here by the keeper before anybody needs it.
    pub(crate) next: Next,
    link: Link<Segment>,
    /// `None` in memory.
    pub(crate) file: Option<PathBuf>,
}

// SAFETY: the field is only used here.
unsafe impl Linked for Segment {
    fn link(&self) -> &Link<Segment> {
        &self.link
    }
}

impl Segment {
    /// Writes the header of a segment whose memory is zeros, the magic last, so that a half-written header is no header.
    pub(crate) fn prepare(memory: Memory, header: &Header, file: Option<PathBuf>) -> Self {
        let bytes = header.fixed_bytes();
        memory.store(LABEL_AT, &header.label);
        let start = Reserved { sealed: false, count: 0, offset: HEADER_BYTES as u64 };
        memory.u64_at(RESERVE_AT).store(start.pack(), Ordering::Relaxed);
        memory.u64_at(RELEASED_INVERSE_AT).store(!0, Ordering::Relaxed);
        memory.store(MAGIC.len(), &bytes[MAGIC.len()..]);
        memory.u64_at(0).store(u64::from_le_bytes(MAGIC), Ordering::Release);
        Self {
            open_end: AtomicU64::new(memory.len() as u64),
            memory,
            number: header.number,
            salt: header.salt,
            checker: Checker::new(header.salt, &header.stream),
            next: Next::default(),
            link: Link::default(),
            file,
        }
    }

    /// Gives the segment its first number. Whoever needs the segment does it; all of them store the same words.
    pub(crate) fn install(&self, first_seq: u64, refused: &[AtomicU64; RefusedReason::COUNT]) {
        let mut prepared = [0; CRC_AT];
        for (word, at) in prepared.chunks_exact_mut(8).zip((0..).step_by(8)) {
            word.copy_from_slice(&self.memory.u64_at(at).load(Ordering::Relaxed).to_le_bytes());
        }
        let crc = crc_with_first_seq(prepared, first_seq);
        for (index, count) in refused.iter().enumerate() {
            self.count_refused(index, count.load(Ordering::Relaxed));
        }
        self.memory.u64_at(FIRST_SEQ_AT).store(first_seq, Ordering::Release);
        self.memory.u32_at(CRC_AT).store(crc, Ordering::Release);
    }

    #[inline]
    pub(crate) fn first_seq(&self) -> u64 {
        self.memory.u64_at(FIRST_SEQ_AT).load(Ordering::Relaxed)
    }

    #[inline]
    pub(crate) fn capacity(&self) -> u64 {
        self.memory.len() as u64
    }

    #[inline]
    pub(crate) fn reserve(&self) -> &AtomicU64 {
        self.memory.u64_at(RESERVE_AT)
    }

    pub(crate) fn reserved(&self) -> Reserved {
        reserve::look(self.reserve())
    }

    pub(crate) fn set_released(&self, through: u64) {
        self.memory.u64_at(RELEASED_AT).store(through, Ordering::Release);
        self.memory.u64_at(RELEASED_INVERSE_AT).store(!through, Ordering::Release);
    }

    pub(crate) fn set_state(&self, bits: u32) {
        self.memory.u32_at(STATE_AT).fetch_or(bits, Ordering::Release);
    }

    /// Raises a counter to `total`; the counters are cumulative over the stream, and every segment keeps the latest.
    pub(crate) fn count_refused(&self, index: usize, total: u64) {
        self.memory.u64_at(REFUSED_AT + 8 * index).fetch_max(total, Ordering::Relaxed);
    }

    /// Makes a segment that everybody has left blank again: nothing of it is valid from the first store on.
    pub(crate) fn blank(self) -> (Memory, Option<PathBuf>) {
        let Self { mut memory, file, .. } = self;
        memory.u64_at(0).store(0, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        memory.zero(0);
        (memory, file)
    }
}

/// The link to the segment that follows: set once by the keeper, cut when the reader is done with this one, so that a writer
/// who is stopped in here keeps this segment and no other.
#[derive(Default)]
pub(crate) struct Next(ArcSwapOption<Segment>);

impl Next {
    pub(crate) fn get(&self) -> Option<Arc<Segment>> {
        self.0.load_full()
    }

    pub(crate) fn set(&self, segment: Arc<Segment>) {
        self.0.store(Some(segment));
    }

    pub(crate) fn cut(&self) {
        self.0.store(None);
    }
}

impl Drop for Next {
    /// Lets go of the chain one by one, because dropping it whole would recurse as deep as it is long.
    fn drop(&mut self) {
        let mut next = self.0.swap(None);
        while let Some(segment) = next {
            next = Arc::into_inner(segment).and_then(|segment| segment.next.0.swap(None));
        }
    }
}

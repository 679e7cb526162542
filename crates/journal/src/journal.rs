use std::{fs, sync::Arc};

use crate::segment::layout::STATE_ENDED;
use crate::segment::reserve;
use crate::shared::Shared;
use crate::sync::Ordering;
use crate::{
    Keeper, Medium, OpenError, Reader, Refusal, RefusedReason, Settings, StreamId, append, open,
    pool,
};

/// The three ends of a journal that was just opened.
pub struct Opened {
    /// For everyone who logs.
    pub journal: Journal,
    /// For the one who sends.
    pub reader: Reader,
    /// For the one who does the disk's work.
    pub keeper: Keeper,
}

/// The writers' end. Cloning is cheap, and all clones write into one stream.
///
/// In a child of a fork it is closed, and neither it nor the other ends touch what is the parent's.
#[derive(Clone)]
pub struct Journal {
    pub(crate) shared: Arc<Shared>,
}

impl Journal {
    /// Makes a new stream and its first segment, so that the first append is as fast as the millionth.
    pub fn open(settings: Settings) -> Result<Opened, OpenError> {
        open::open(settings)
    }

    /// Takes a body over; when it has returned `Ok`, the frame survives the death of the process. Returns its sequence
    /// number, from 1, dense. No lock, no allocation, no system call, except that the first append into a new segment wakes
    /// the keeper. `important` frames (WARNING and above) may use the last tenth of the room. `time_ns` since 1970, UTC.
    #[inline]
    pub fn append(&self, time_ns: u64, important: bool, body: &[u8]) -> Result<u64, Refusal> {
        append::append(&self.shared, time_ns, important, body)
    }

    /// Counts one record that the caller gave up, for whatever reason: also one that `append` refused (it counts nothing).
    pub fn refuse(&self, reason: RefusedReason) {
        if !self.shared.ours() {
            return;
        }
        let total = self.shared.refused[reason as usize].fetch_add(1, Ordering::Relaxed) + 1;
        self.shared.current.visit(|current| {
            if let Some(segment) = current {
                segment.count_refused(reason as usize, total);
            }
        });
    }

    /// Refused records since the stream began, in the order of [`RefusedReason::ALL`].
    pub fn refused(&self) -> [u64; RefusedReason::COUNT] {
        self.shared.refused_counts()
    }

    /// The highest sequence number given out: records accepted, and those that were torn.
    pub fn accepted(&self) -> u64 {
        self.shared.accepted()
    }

    /// Everything up to here is stored or told as lost.
    pub fn released(&self) -> u64 {
        self.shared.released.load(Ordering::Relaxed)
    }

    /// The stream's name.
    pub fn stream(&self) -> StreamId {
        self.shared.stream
    }

    /// What the segments rest on.
    pub fn medium(&self) -> Medium {
        self.shared.medium
    }

    /// Room in use, in bytes: all files below the root when the keeper last counted, or this journal's own memory.
    pub fn bytes(&self) -> u64 {
        self.shared.used_bytes.load(Ordering::Relaxed)
    }

    /// The room's cap in bytes.
    pub fn max_bytes(&self) -> u64 {
        self.shared.max_bytes
    }

    /// What the keeper last failed at, in words, until it succeeds again.
    pub fn trouble(&self) -> Option<String> {
        self.shared.trouble()
    }

    /// No append succeeds after this returned. The reader goes on to the end. May be called again. The last segment's file is
    /// cut to what it holds, and those prepared behind it are removed.
    pub fn close(&self) {
        if !self.shared.ours() {
            return;
        }
        // From here on nobody finds the segment, and whoever had found it before finds it sealed.
        let Some(last) = self.shared.current.put(None) else { return };
        let end = reserve::seal(last.reserve());
        last.set_state(STATE_ENDED);
        for (index, count) in self.shared.refused_counts().into_iter().enumerate() {
            last.count_refused(index, count);
        }
        self.shared.final_seq.store(last.first_seq() + end.count - 1, Ordering::Release);
        if let Some(path) = &last.file {
            let _ = pool::truncate(path, end.offset);
        }
        let mut next = last.next.get();
        while let Some(unused) = next {
            if let Some(path) = &unused.file {
                let _ = fs::remove_file(path);
            }
            next = unused.next.get();
        }
        self.shared.current.sweep();
        self.shared.wake_keeper();
    }
}

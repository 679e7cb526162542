//! What the three ends of a living journal share. It holds no thread and starts none.

use std::{
    ops::Deref,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::lock::Lock;
use crate::place::Medium;
use crate::refusal::RefusedReason;
use crate::segment::Segment;
use crate::settings::Wake;
use crate::stream::StreamId;
use crate::sync::{AtomicU64, Ordering};
use crate::visit::Visited;

#[repr(C)]
pub(crate) struct Shared {
    /// Where appends go; `None` once the journal is closed.
    pub(crate) current: Visited<Segment>,
    /// The fork generation that opened the journal; in every other one it is closed.
    pub(crate) generation: u64,
    pub(crate) body_max_bytes: usize,
    pub(crate) stream: StreamId,
    pub(crate) medium: Medium,
    pub(crate) home: Option<Home>,
    pub(crate) refused: [AtomicU64; RefusedReason::COUNT],
    /// Written by the reader and the keeper all the time.
    pub(crate) released: Apart<AtomicU64>,
    /// The last number of the stream once it is closed; until then [`OPEN`].
    pub(crate) final_seq: AtomicU64,
    /// The number of the segment that the reader is in.
    pub(crate) reading: AtomicU64,
    pub(crate) used_bytes: AtomicU64,
    pub(crate) max_bytes: u64,
    /// Released segments, on their way from the reader to the keeper.
    retired: Mutex<Vec<Arc<Segment>>>,
    trouble: Mutex<Option<String>>,
    wake: Option<Wake>,
}

/// Begins on a cache line of its own (a pair of them is fetched at once), away from what every append reads.
#[repr(align(128))]
pub(crate) struct Apart<T>(T);

impl<T> Deref for Apart<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The directory of a stream on disk.
pub(crate) struct Home {
    pub(crate) directory: PathBuf,
    pub(crate) lock: Lock,
}

/// `final_seq` of a stream that is not closed.
pub(crate) const OPEN: u64 = u64::MAX;

/// What a new `Shared` needs to know.
pub(crate) struct Start {
    pub(crate) first: Arc<Segment>,
    pub(crate) stream: StreamId,
    pub(crate) medium: Medium,
    pub(crate) home: Option<Home>,
    pub(crate) body_max_bytes: usize,
    pub(crate) used_bytes: u64,
    pub(crate) max_bytes: u64,
    pub(crate) wake: Option<Wake>,
}

impl Shared {
    pub(crate) fn new(start: Start) -> Self {
        let (reading, current) = (AtomicU64::new(start.first.number), Visited::nothing());
        current.put(Some(start.first));
        Self {
            reading,
            current,
            stream: start.stream,
            medium: start.medium,
            home: start.home,
            generation: crate::fork::generation(),
            body_max_bytes: start.body_max_bytes,
            refused: [const { AtomicU64::new(0) }; RefusedReason::COUNT],
            released: Apart(AtomicU64::new(0)),
            final_seq: AtomicU64::new(OPEN),
            used_bytes: AtomicU64::new(start.used_bytes),
            max_bytes: start.max_bytes,
            retired: Mutex::default(),
            trouble: Mutex::default(),
            wake: start.wake,
        }
    }

    /// Whether this is the process that opened the journal, rather than a fork of it.
    #[inline]
    pub(crate) fn ours(&self) -> bool {
        crate::fork::generation() == self.generation
    }

    pub(crate) fn closed(&self) -> bool {
        self.final_seq.load(Ordering::Acquire) != OPEN
    }

    /// The highest number given out.
    pub(crate) fn accepted(&self) -> u64 {
        self.current.visit(|current| match current {
            Some(segment) => segment.first_seq() + segment.reserved().count - 1,
            None => match self.final_seq.load(Ordering::Acquire) {
                // Between the two steps of `close`, which takes no time.
                OPEN => self.released.load(Ordering::Relaxed),
                last => last,
            },
        })
    }

    pub(crate) fn refused_counts(&self) -> [u64; RefusedReason::COUNT] {
        std::array::from_fn(|index| self.refused[index].load(Ordering::Relaxed))
    }

    pub(crate) fn wake_keeper(&self) {
        if let Some(wake) = &self.wake {
            wake();
        }
    }

    pub(crate) fn retire(&self, segment: Arc<Segment>) {
        lock(&self.retired).push(segment);
        self.wake_keeper();
    }

    /// Takes the retired segments that everybody has left; the others stay for the next time.
    pub(crate) fn left_segments(&self) -> Vec<Segment> {
        self.current.sweep();
        let mut retired = lock(&self.retired);
        let (left, held) =
            retired.drain(..).map(Arc::try_unwrap).partition::<Vec<_>, _>(Result::is_ok);
        retired.extend(held.into_iter().filter_map(Result::err));
        left.into_iter().filter_map(Result::ok).collect()
    }

    pub(crate) fn trouble(&self) -> Option<String> {
        lock(&self.trouble).clone()
    }

    pub(crate) fn set_trouble(&self, trouble: Option<String>) {
        *lock(&self.trouble) = trouble;
    }
}

/// Nothing that is done under these locks can fail half-way, so that a poisoned one is as good as any.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! What queries see: batches in the order of the queue, and parts. A snapshot is cheap and never changes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::batch::Batch;
use crate::parts::Parts;

/// Batches a chunk. A snapshot copies one open chunk and a pointer for each full one.
const CHUNK_BATCHES: usize = 256;

/// Batches that lie next to each other in the queue.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// In the order of their offsets.
    pub batches: Vec<Arc<Batch>>,
    /// Time of the newest record in them.
    pub max_time_ns: i64,
}

/// What a query sees.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Oldest first.
    pub chunks: Vec<Arc<Chunk>>,
    /// What has left the chunks, and nothing that is still in them.
    pub parts: Parts,
}

/// The memory of the store.
#[derive(Debug, Default)]
pub struct Memtable {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    full: VecDeque<Arc<Chunk>>,
    open: Chunk,
    batches: u64,
    parts: Parts,
}

impl Memtable {
    /// Adds a batch behind all others.
    pub fn push(&self, batch: Arc<Batch>) {
        let mut inner = self.lock();
        let inner = &mut *inner;
        inner.batches += 1;
        let fresh = inner.open.batches.is_empty();
        let newest = batch.summary.max_time_ns;
        inner.open.max_time_ns = if fresh { newest } else { newest.max(inner.open.max_time_ns) };
        inner.open.batches.push(batch);
        if inner.open.batches.len() == CHUNK_BATCHES {
            inner.full.push_back(Arc::new(std::mem::take(&mut inner.open)));
        }
    }

    /// The batches below the offset, oldest first.
    pub fn below(&self, offset: u64) -> Vec<Arc<Batch>> {
        let inner = self.lock();
        let all = inner.full.iter().flat_map(|chunk| &chunk.batches).chain(&inner.open.batches);
        all.take_while(|batch| batch.offset < offset).cloned().collect()
    }

    /// In one step the batches below the offset go and these parts are what queries see.
    pub fn swap(&self, offset: u64, parts: Parts) {
        let mut inner = self.lock();
        let inner = &mut *inner;
        let mut gone = 0;
        while let Some(chunk) = inner.full.front_mut() {
            let keep_from = chunk.batches.partition_point(|batch| batch.offset < offset);
            if keep_from == 0 {
                break;
            }
            let emptied = keep_from == chunk.batches.len();
            gone += Arc::make_mut(chunk).batches.drain(..keep_from).len();
            if !emptied {
                break;
            }
            inner.full.pop_front();
        }
        if inner.full.is_empty() {
            let keep_from = inner.open.batches.partition_point(|batch| batch.offset < offset);
            gone += inner.open.batches.drain(..keep_from).len();
        }
        inner.batches -= gone as u64;
        inner.parts = parts;
    }

    /// The parts that queries see now.
    pub fn parts(&self) -> Parts {
        self.lock().parts.clone()
    }

    /// What is there now.
    pub fn snapshot(&self) -> Snapshot {
        let inner = self.lock();
        let mut chunks: Vec<_> = inner.full.iter().cloned().collect();
        if !inner.open.batches.is_empty() {
            chunks.push(Arc::new(inner.open.clone()));
        }
        Snapshot { chunks, parts: inner.parts.clone() }
    }

    /// Number of batches.
    pub fn batches(&self) -> u64 {
        self.lock().batches
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

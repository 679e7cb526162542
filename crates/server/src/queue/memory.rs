//! The queue in memory: what a queue is, without a disk.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use super::{Appended, Done, Found, Queue, QueueTrouble, Replay};

/// What outlives a [`MemoryQueue`], as a disk outlives a process.
#[derive(Debug, Default)]
pub struct MemoryLog {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    entries: VecDeque<Found>,
    next: u64,
    aside: BTreeMap<u64, Bytes>,
}

/// A log that goes with the process.
#[derive(Debug)]
pub struct MemoryQueue {
    log: Arc<MemoryLog>,
    closed: AtomicBool,
}

impl MemoryQueue {
    /// Opens the log, forgets entries below `from` and hands back every entry from there on.
    pub fn open(log: Arc<MemoryLog>, from: u64) -> (Self, Replay) {
        let found = {
            let mut inner = log.lock();
            inner.next = inner.next.max(from);
            inner.entries.retain(|entry| entry.offset >= from);
            inner.entries.iter().cloned().collect()
        };
        (Self { log, closed: AtomicBool::new(false) }, Replay { found, damage: Vec::new() })
    }
}

impl MemoryLog {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue for MemoryQueue {
    fn append(&self, parts: [Bytes; 2], done: Done) {
        // Told under the lock, so that answers come in the order of the offsets.
        let mut inner = self.log.lock();
        if self.closed.load(Ordering::Relaxed) {
            return done(Err(QueueTrouble::Stopping));
        }
        let payload = Bytes::from(parts.concat());
        let offset = inner.next;
        // An entry of nothing has a place of its own all the same.
        let next = offset + payload.len() as u64 + 1;
        inner.next = next;
        inner.entries.push_back(Found { offset, next, payload });
        done(Ok(Appended { offset, next }));
    }

    fn trim(&self, below: u64) -> io::Result<()> {
        self.log.lock().entries.retain(|entry| entry.next > below);
        Ok(())
    }

    fn set_aside(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.log.lock().aside.entry(offset).or_insert_with(|| Bytes::copy_from_slice(bytes));
        Ok(())
    }

    fn bytes(&self) -> u64 {
        self.log.lock().entries.iter().map(|entry| entry.payload.len() as u64).sum()
    }

    fn close(&self) {
        let _answers_are_out = self.log.lock();
        self.closed.store(true, Ordering::Relaxed);
    }
}

//! How a log call wakes the sender, and only when there is a reason: one load where there is none.
//!
//! The sender arms the bell with a sequence number before it sleeps; the append that reaches it rings once. Whoever knocks
//! leaves a mark that the sender takes away before it looks, so that nothing between its look and its sleep is slept over.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering, fence};
use std::thread::Thread;

/// Nobody sleeps: nothing rings.
const AWAKE: u64 = u64::MAX;

#[derive(Debug, Default)]
pub(crate) struct Doorbell {
    /// The sequence number that rings. 0 before the threads live: the first record starts them.
    rings_at: AtomicU64,
    knocked: AtomicBool,
    urgent: AtomicBool,
    sleeper: OnceLock<Thread>,
}

impl Doorbell {
    /// Is this append a reason to ring? The hot path's only question.
    #[inline]
    pub(crate) fn wants(&self, seq: u64) -> bool {
        seq >= self.rings_at.load(Ordering::Relaxed)
    }

    /// Rings for a count that was reached; of many who see it, one wakes.
    pub(crate) fn ring(&self) {
        if self.rings_at.swap(AWAKE, Ordering::SeqCst) != AWAKE {
            self.knock();
        }
    }

    /// Rings for an ERROR; of a burst, the first one wakes.
    #[inline]
    pub(crate) fn ring_urgent(&self) {
        if !self.urgent.load(Ordering::Relaxed) && !self.urgent.swap(true, Ordering::SeqCst) {
            self.knock();
        }
    }

    /// Wakes the sender, whatever it waits for.
    pub(crate) fn knock(&self) {
        self.knocked.store(true, Ordering::SeqCst);
        if let Some(sleeper) = self.sleeper.get() {
            sleeper.unpark();
        }
    }

    /// The sender says who it is.
    pub(crate) fn belongs_to(&self, sleeper: Thread) {
        let _ = self.sleeper.set(sleeper);
        self.disarm();
    }

    /// The sender is about to look: what was knocked for so far, it will see.
    pub(crate) fn answer(&self) {
        self.knocked.store(false, Ordering::SeqCst);
    }

    /// The sender is about to sleep until this sequence number is accepted. It must look once more after this.
    pub(crate) fn arm(&self, seq: u64) {
        self.rings_at.store(seq, Ordering::SeqCst);
        fence(Ordering::SeqCst);
    }

    pub(crate) fn disarm(&self) {
        self.rings_at.store(AWAKE, Ordering::SeqCst);
    }

    /// Somebody knocked since the sender last answered.
    pub(crate) fn is_knocked(&self) -> bool {
        self.knocked.load(Ordering::SeqCst)
    }

    pub(crate) fn is_urgent(&self) -> bool {
        self.urgent.load(Ordering::SeqCst)
    }

    /// What is urgent is about to be sent. Called before the frames are taken, so that none is overlooked.
    pub(crate) fn calm(&self) {
        self.urgent.store(false, Ordering::SeqCst);
    }
}

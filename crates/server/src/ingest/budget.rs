//! One budget for all bodies in flight: what is taken is given back when the request ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that requests may hold together.
#[derive(Debug)]
pub(crate) struct Budget {
    max_bytes: u64,
    taken: AtomicU64,
}

/// A request's share; grows with its body.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Arc<Budget>,
    bytes: u64,
}

impl Budget {
    pub(crate) fn new(max_bytes: u64) -> Self {
        Self { max_bytes, taken: AtomicU64::new(0) }
    }

    pub(crate) fn share(self: &Arc<Self>) -> Share {
        Share { budget: self.clone(), bytes: 0 }
    }
}

impl Share {
    /// False when there is no room: the request is answered with 429.
    pub(crate) fn grow(&mut self, bytes: u64) -> bool {
        let taken = &self.budget.taken;
        let grown = |now: u64| now.checked_add(bytes).filter(|sum| *sum <= self.budget.max_bytes);
        let fits = taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, grown).is_ok();
        self.bytes += if fits { bytes } else { 0 };
        fits
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

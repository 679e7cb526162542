//! How long records took from their own time to the store: a histogram since the start, for those who scrape it.

use crate::delay::{BUCKETS, bound_ms, bucket};

/// Delays of records since the start.
pub struct Delays {
    counts: [u64; BUCKETS],
    sum_ms: u64,
}

impl Default for Delays {
    fn default() -> Self {
        Self { counts: [0; BUCKETS], sum_ms: 0 }
    }
}

impl Delays {
    /// Notes `n` records of one delay.
    pub fn note(&mut self, delay_ms: u64, n: u64) {
        self.counts[usize::from(bucket(delay_ms))] += n;
        self.sum_ms = self.sum_ms.saturating_add(delay_ms.saturating_mul(n));
    }

    /// Records whose delay was at most `limit_ms`, since the start (to the bucket's precision).
    pub fn at_most(&self, limit_ms: u64) -> u64 {
        let all = self.counts.iter().enumerate();
        all.filter(|(place, _)| bound_ms(*place as u8) <= limit_ms).map(|(_, n)| n).sum()
    }

    /// All records noted since the start, and the sum of their delays in milliseconds.
    pub fn count_and_sum_ms(&self) -> (u64, u64) {
        (self.counts.iter().sum(), self.sum_ms)
    }
}

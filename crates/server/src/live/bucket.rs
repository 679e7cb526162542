//! A token bucket on an injected clock: how much may be shown now.

use std::time::Instant;

/// Fills with `per_second` tokens a second, up to one second's worth.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    per_second: u32,
    tokens: f64,
    filled_at: Instant,
}

impl Bucket {
    /// A full bucket: the first burst after silence is shown at once.
    pub(super) fn full(per_second: u32, now: Instant) -> Self {
        Self { per_second, tokens: f64::from(per_second), filled_at: now }
    }

    /// Whole tokens there are at `now`.
    pub(super) fn available(&mut self, now: Instant) -> usize {
        let passed = now.saturating_duration_since(self.filled_at);
        self.filled_at = self.filled_at.max(now);
        let filled = self.tokens + passed.as_secs_f64() * f64::from(self.per_second);
        self.tokens = filled.min(f64::from(self.per_second));
        self.tokens as usize
    }

    /// Takes up to `n` tokens; more than there are leave the bucket empty.
    pub(super) fn spend(&mut self, n: usize) {
        self.tokens = (self.tokens - n as f64).max(0.0);
    }

    /// The largest number of tokens the bucket can hold.
    pub(super) fn capacity(&self) -> usize {
        self.per_second as usize
    }
}

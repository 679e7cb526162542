//! How long records took from their own time to the store: a histogram of recent delays.

/// Buckets grow by a quarter: 96 of them reach from 1 ms to more than 20 days, each quantile within 25 %.
const BUCKETS: usize = 96;
const GROWTH: f64 = 1.25;

/// Quantiles look back at least this long, and at most twice as long.
const WINDOW_MS: u64 = 30_000;

/// A batch's records are spread over at most this many delays.
const SPREAD_STEPS: u64 = 16;

/// Delays of records since the start, and the quantiles of the last half to whole minute.
pub struct Delays {
    counts: [u64; BUCKETS],
    sum_ms: u64,
    /// What `counts` was when the present window and the one before it began.
    began: [u64; BUCKETS],
    began_before: [u64; BUCKETS],
    window_from_ms: u64,
}

impl Default for Delays {
    fn default() -> Self {
        let zero = [0; BUCKETS];
        Self { counts: zero, sum_ms: 0, began: zero, began_before: zero, window_from_ms: 0 }
    }
}

impl Delays {
    /// Notes `n` records of one delay. A clock that runs ahead gives a negative delay, which counts as 0.
    pub fn note(&mut self, delay_ms: i64, n: u64) {
        let delay_ms = delay_ms.max(0) as u64;
        self.counts[bucket(delay_ms)] += n;
        self.sum_ms = self.sum_ms.saturating_add(delay_ms.saturating_mul(n));
    }

    /// Notes the `n` records of a batch whose newest and oldest record had these delays, as if the others lay evenly
    /// between: their own times are inside the packed body, which nobody unpacks for a statistic.
    pub fn note_spread(&mut self, newest_ms: i64, oldest_ms: i64, n: u64) {
        let steps = n.min(SPREAD_STEPS);
        for step in 0..steps {
            let share = (n + step) / steps;
            let width = i128::from(oldest_ms) - i128::from(newest_ms);
            let place = width * i128::from(step) / i128::from((steps - 1).max(1));
            self.note(newest_ms.saturating_add(place as i64), share);
        }
    }

    /// Moves the window on; called about once a second.
    pub fn tick(&mut self, now_ms: u64) {
        let age_ms = now_ms.saturating_sub(self.window_from_ms);
        if age_ms >= WINDOW_MS {
            // After a long silence both windows are over.
            self.began_before = if age_ms >= 2 * WINDOW_MS { self.counts } else { self.began };
            self.began = self.counts;
            self.window_from_ms = now_ms;
        }
    }

    /// The delay in milliseconds that the share `q` (0 to 1) of recent records did not exceed; 0 when none came.
    pub fn quantile_ms(&self, q: f64) -> u64 {
        let recent = |i: usize| self.counts[i] - self.began_before[i];
        let total: u64 = (0..BUCKETS).map(recent).sum();
        let wanted = ((total as f64 * q).ceil() as u64).max(1);
        let mut seen = 0;
        for i in 0..BUCKETS {
            seen += recent(i);
            if total > 0 && seen >= wanted {
                return bound_ms(i);
            }
        }
        0
    }

    /// Records whose delay was at most `limit_ms`, since the start (to the bucket's precision).
    pub fn at_most(&self, limit_ms: u64) -> u64 {
        (0..BUCKETS).filter(|i| bound_ms(*i) <= limit_ms).map(|i| self.counts[i]).sum()
    }

    /// All records noted since the start, and the sum of their delays in milliseconds.
    pub fn count_and_sum_ms(&self) -> (u64, u64) {
        (self.counts.iter().sum(), self.sum_ms)
    }
}

/// The bucket of a delay: 0 and 1 ms share the first one.
fn bucket(delay_ms: u64) -> usize {
    if delay_ms <= 1 {
        return 0;
    }
    let place = ((delay_ms as f64).ln() / GROWTH.ln()).ceil() as usize;
    // Rounding bounds to whole milliseconds may put a delay one bucket off.
    let place = place.min(BUCKETS - 1);
    if place > 0 && bound_ms(place - 1) >= delay_ms { place - 1 } else { place }
}

/// The largest delay of a bucket, in whole milliseconds.
fn bound_ms(bucket: usize) -> u64 {
    GROWTH.powi(bucket as i32).floor() as u64
}

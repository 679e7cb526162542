//! Durations in logarithmic buckets of 1.6 %, without an allocation after the first.

const MANTISSA_BITS: u32 = 6;
const MANTISSAS: usize = 1 << MANTISSA_BITS;

/// Counts of durations in nanoseconds.
pub struct Histogram {
    buckets: Vec<u32>,
    count: u64,
    over_1ms: u64,
    max_ns: u64,
}

impl Histogram {
    /// An empty one.
    pub fn new() -> Self {
        Self { buckets: vec![0; MANTISSAS * 64], count: 0, over_1ms: 0, max_ns: 0 }
    }

    /// Adds one duration.
    pub fn add(&mut self, ns: u64) {
        self.buckets[bucket(ns)] += 1;
        self.count += 1;
        self.over_1ms += u64::from(ns > 1_000_000);
        self.max_ns = self.max_ns.max(ns);
    }

    /// The duration that the given share of all stays below or at.
    pub fn quantile(&self, share: f64) -> u64 {
        let wanted = (self.count as f64 * share).ceil() as u64;
        let mut seen = 0;
        for (index, count) in self.buckets.iter().enumerate() {
            seen += u64::from(*count);
            if seen >= wanted {
                return floor(index).min(self.max_ns);
            }
        }
        self.max_ns
    }

    /// Durations above 1 ms.
    pub fn over_1ms(&self) -> u64 {
        self.over_1ms
    }

    /// The longest.
    pub fn max_ns(&self) -> u64 {
        self.max_ns
    }
}

fn bucket(ns: u64) -> usize {
    let exponent = (64 - ns.leading_zeros()).saturating_sub(MANTISSA_BITS + 1);
    exponent as usize * MANTISSAS + (ns >> exponent) as usize
}

fn floor(index: usize) -> u64 {
    if index < 2 * MANTISSAS {
        return index as u64;
    }
    let exponent = index / MANTISSAS - 1;
    ((index - exponent * MANTISSAS) as u64) << exponent
}

#[cfg(test)]
mod tests {
    use super::{Histogram, bucket, floor};

    #[test]
    fn buckets_are_narrow_and_in_order() {
        for ns in (0..100_000).chain([1 << 40, u64::MAX / 2]) {
            let low = floor(bucket(ns));
            assert!(low <= ns && ns - low <= ns / 32, "{ns} fell into the bucket of {low}");
        }
    }

    #[test]
    fn quantiles() {
        let mut histogram = Histogram::new();
        (1..=100).for_each(|ns| histogram.add(ns));
        assert_eq!(histogram.quantile(0.5), 50);
        assert_eq!(histogram.quantile(0.99), 99);
    }
}

//! Repeatable chance: the numbers follow from a seed, which is printed, so that a failed run can be run again.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, and good enough to choose moments.
pub struct Chance {
    state: u64,
}

impl Chance {
    /// From the environment variable `SEED`, else from the clock.
    pub fn new() -> (Self, u64) {
        let given = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());
        let clock =
            || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |t| t.as_nanos() as u64);
        let seed = given.unwrap_or_else(clock);
        (Self { state: seed }, seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between both ends, inclusive.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.number() % (high - low + 1)
    }

    /// A pause of `low_ms` to `high_ms`.
    pub fn pause(&mut self, low_ms: u64, high_ms: u64) -> Duration {
        Duration::from_micros(self.between(low_ms * 1000, high_ms * 1000))
    }
}

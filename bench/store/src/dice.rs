//! Repeatable chance: what a record's dice show follows from its number alone.

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn of(number: u64) -> Self {
        // Neighbours must not walk through the same states.
        Self { state: number.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ 0x5DEE_CE66_D0B1_2E37 }
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to, but not including, `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.number()) * u128::from(end)) >> 64) as u64
    }

    /// In [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A rank from 1 to `last`; rank r comes about 1/r as often as rank 1 (Zipf).
    pub(crate) fn zipf(&mut self, last: u64) -> u64 {
        (((last + 1) as f64).powf(self.unit()) as u64).clamp(1, last)
    }

    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

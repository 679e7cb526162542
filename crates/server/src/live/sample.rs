//! A fair sample of bounded size from a stream of unknown length.

/// Keeps at most `capacity` items, each of those offered with equal chance (reservoir sampling, Vitter's algorithm R,
/// "Random Sampling with a Reservoir", 1985), and remembers the order in which they came.
#[derive(Debug)]
pub(super) struct Sample<T> {
    kept: Vec<(u64, T)>,
    offered: u64,
    random: u64,
}

impl<T> Sample<T> {
    /// An empty sample. The seed makes the choice repeatable.
    pub(super) fn new(seed: u64) -> Self {
        Self { kept: Vec::new(), offered: 0, random: seed | 1 }
    }

    /// Offers an item, which is made only if it is kept; `order` is its place among everything that is offered
    /// anywhere. Returns the item that had to go for it.
    pub(super) fn offer(
        &mut self,
        capacity: usize,
        order: u64,
        item: impl FnOnce() -> T,
    ) -> Option<T> {
        self.offered += 1;
        if self.kept.len() < capacity {
            self.kept.push((order, item()));
            return None;
        }
        let place = self.next_random() % self.offered;
        let kept = self.kept.get_mut(usize::try_from(place).ok()?)?;
        Some(std::mem::replace(kept, (order, item())).1)
    }

    /// Takes at most `n` of the kept items, again with equal chance, in no order, and begins anew.
    pub(super) fn take(&mut self, n: usize) -> Vec<(u64, T)> {
        let mut taken = std::mem::take(&mut self.kept);
        self.offered = 0;
        while taken.len() > n {
            let place = self.next_random() as usize % taken.len();
            taken.swap_remove(place);
        }
        taken
    }

    /// Items kept now.
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    /// xorshift64: no quality is needed here but that neighbours do not stick together.
    fn next_random(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }
}

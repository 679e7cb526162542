//! A set of sequence numbers as sorted ranges: what a stream holds, and what it lacks.

/// Inclusive ranges, ascending, never touching each other. Normally one range a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    /// The set of the one range; empty when `from > to`.
    pub fn of(from: u64, to: u64) -> Self {
        Self(if from <= to { vec![(from, to)] } else { Vec::new() })
    }

    /// The ranges, ascending, inclusive.
    pub fn as_slice(&self) -> &[(u64, u64)] {
        &self.0
    }

    /// No number is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many numbers are in the set (saturating: the full range of `u64` counts as `u64::MAX`).
    pub fn count(&self) -> u64 {
        self.0
            .iter()
            .fold(0, |sum: u64, &(from, to)| sum.saturating_add((to - from).saturating_add(1)))
    }

    /// Whether the number is in the set.
    pub fn contains(&self, number: u64) -> bool {
        let at = self.0.partition_point(|&(_, to)| to < number);
        self.0.get(at).is_some_and(|&(from, _)| from <= number)
    }

    /// Whether any number of the set lies in `from..=to`.
    pub fn meets(&self, from: u64, to: u64) -> bool {
        let at = self.0.partition_point(|&(_, end)| end < from);
        self.0.get(at).is_some_and(|&(start, _)| start <= to)
    }

    /// Adds `from..=to`, joining what it touches. Appending behind the last range is O(1).
    pub fn insert(&mut self, from: u64, to: u64) {
        if from > to {
            return;
        }
        if let Some(last) = self.0.last_mut()
            && from > last.1
        {
            match last.1.checked_add(1) == Some(from) {
                true => last.1 = to,
                false => self.0.push((from, to)),
            }
            return;
        }
        let start = self.0.partition_point(|&(_, end)| end.saturating_add(1) < from);
        let stop = self.0.partition_point(|&(begin, _)| begin <= to.saturating_add(1));
        if start == stop {
            self.0.insert(start, (from, to));
            return;
        }
        let joined = (self.0[start].0.min(from), self.0[stop - 1].1.max(to));
        self.0.splice(start..stop, [joined]);
    }

    /// Takes `from..=to` out.
    pub fn remove(&mut self, from: u64, to: u64) {
        if from > to || !self.meets(from, to) {
            return;
        }
        let start = self.0.partition_point(|&(_, end)| end < from);
        let stop = self.0.partition_point(|&(begin, _)| begin <= to);
        let (first, last) = (self.0[start].0, self.0[stop - 1].1);
        let mut rest = Vec::with_capacity(2);
        if first < from {
            rest.push((first, from - 1));
        }
        if last > to {
            rest.push((to + 1, last));
        }
        self.0.splice(start..stop, rest);
    }

    /// Adds every number of the other set.
    pub fn add(&mut self, other: &Ranges) {
        other.0.iter().for_each(|&(from, to)| self.insert(from, to));
    }

    /// Takes every number of the other set out.
    pub fn subtract(&mut self, other: &Ranges) {
        let (Some(&(first, _)), Some(&(_, last))) = (self.0.first(), self.0.last()) else { return };
        let near = other.0.partition_point(|&(_, end)| end < first);
        other.0[near..]
            .iter()
            .take_while(|&&(from, _)| from <= last)
            .for_each(|&(from, to)| self.remove(from, to));
    }

    /// What both sets hold.
    pub fn intersection(&self, other: &Ranges) -> Ranges {
        let mut both = Ranges::default();
        for &(from, to) in &self.0 {
            let near = other.0.partition_point(|&(_, end)| end < from);
            for &(start, end) in other.0[near..].iter().take_while(|&&(start, _)| start <= to) {
                both.insert(start.max(from), end.min(to));
            }
        }
        both
    }

    /// What lies in `from..=to` and not in the set.
    pub fn missing(&self, from: u64, to: u64) -> Ranges {
        let mut rest = Ranges::of(from, to);
        rest.subtract(self);
        rest
    }
}

#[cfg(test)]
mod tests;

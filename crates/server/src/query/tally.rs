//! Counts by value, of a bounded number of values.

use std::collections::HashMap;

/// Counts of the values of one field, and of what had no place.
pub(super) struct Tally<T> {
    counts: HashMap<String, T>,
    max: usize,
    /// Of values that came when the table was full.
    pub(super) beyond: Option<T>,
}

impl<T: Default> Tally<T> {
    /// At most `max` values are told apart.
    pub(super) fn new(max: usize) -> Self {
        Self { counts: HashMap::new(), max, beyond: None }
    }

    /// The count of a value.
    pub(super) fn of(&mut self, value: &str) -> &mut T {
        if !self.counts.contains_key(value) {
            if self.counts.len() >= self.max {
                return self.beyond.get_or_insert_default();
            }
            self.counts.insert(value.to_owned(), T::default());
        }
        // It is there now; a copy of the name for the entry would cost more than a second look.
        match self.counts.get_mut(value) {
            Some(count) => count,
            None => self.beyond.get_or_insert_default(),
        }
    }

    /// Values that are told apart.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// Values by weight, the heaviest first; equal ones by name.
    pub(super) fn sorted(self, weight: impl Fn(&T) -> u64) -> (Vec<(String, T)>, Option<T>) {
        let mut all: Vec<(String, T)> = self.counts.into_iter().collect();
        all.sort_by(|(a, x), (b, y)| weight(y).cmp(&weight(x)).then_with(|| a.cmp(b)));
        (all, self.beyond)
    }
}

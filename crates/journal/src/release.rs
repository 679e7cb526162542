//! What of a stream is done with: stored, or lost and told. A pure ledger of sequence numbers; it knows no file.

use crate::{Loss, LossReason};

/// Everything through `released` is stored, or lost and acknowledged as lost.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    released: u64,
    /// What the server has, as far as it was said: `released` follows as the losses in the way are acknowledged.
    stored: u64,
    /// Found and not yet acknowledged, ascending, apart from each other.
    pending: Vec<Loss>,
    /// Acknowledged and not yet behind `released`.
    told: Vec<Loss>,
}

impl Ledger {
    pub(crate) fn new(released: u64) -> Self {
        Self { released, stored: released, ..Self::default() }
    }

    pub(crate) fn released(&self) -> u64 {
        self.released
    }

    pub(crate) fn pending(&self) -> &[Loss] {
        &self.pending
    }

    /// Notes a range as lost, as far as it is not known already.
    pub(crate) fn lose(&mut self, from: u64, to: u64, reason: LossReason) {
        let mut from = from.max(self.released + 1);
        let mut known: Vec<Loss> = self.pending.iter().chain(&self.told).copied().collect();
        known.sort_by_key(|loss| loss.from);
        for loss in known.into_iter().filter(|loss| loss.from <= to) {
            if loss.to < from {
                continue;
            }
            if loss.from > from {
                self.pending.push(Loss { from, to: loss.from - 1, reason });
            }
            from = from.max(loss.to + 1);
        }
        if from <= to {
            self.pending.push(Loss { from, to, reason });
        }
        self.pending.sort_by_key(|loss| loss.from);
    }

    /// The server knows of these losses.
    pub(crate) fn forget(&mut self, acked: &[Loss]) {
        let told = &mut self.told;
        self.pending.retain(|loss| {
            let acked = acked.contains(loss);
            if acked {
                told.push(*loss);
            }
            !acked
        });
        self.told.sort_by_key(|loss| loss.from);
        self.settle();
    }

    /// The server has everything through `through` that is not lost.
    pub(crate) fn store(&mut self, through: u64) {
        self.stored = self.stored.max(through);
        self.settle();
    }

    /// Whether everything through `seq` is released, stored, or found to be lost: nothing before it is on its way.
    pub(crate) fn settled(&self, seq: u64) -> bool {
        let mut through = self.stored.max(self.released);
        let mut losses: Vec<&Loss> = self.pending.iter().chain(&self.told).collect();
        losses.sort_by_key(|loss| loss.from);
        for loss in losses.into_iter().filter(|loss| loss.from <= loss.to) {
            if loss.from <= through + 1 {
                through = through.max(loss.to);
            }
        }
        through >= seq
    }

    /// Nothing behind a loss that was not acknowledged is released, so that a crash cannot forget it.
    fn settle(&mut self) {
        let bound = self.pending.first().map_or(u64::MAX, |loss| loss.from - 1);
        self.released = self.released.max(self.stored.min(bound));
        let mut left = Vec::new();
        for loss in self.told.drain(..) {
            if loss.from <= self.released + 1 && loss.from <= bound {
                self.released = self.released.max(loss.to).max(self.stored.min(bound));
            } else {
                left.push(loss);
            }
        }
        self.told = left;
    }
}

#[cfg(test)]
mod tests;

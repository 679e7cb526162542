//! The law of one stream, over sequence numbers: released = stored + lost(reason). Pure; counts, never decides.

/// Why a record that had a sequence number will not come. The order is that of spec/losses.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LostReason {
    /// Its writer died in the middle of the append.
    Torn,
    /// Older than `journal_max_age_days`.
    Expired,
    /// The server will never keep it.
    Rejected,
    /// The server refuses the batch because of it.
    SetAside,
    /// Its bytes were damaged on disk.
    Corrupt,
}

impl LostReason {
    /// Every reason.
    pub(crate) const ALL: [LostReason; 5] = [
        LostReason::Torn,
        LostReason::Expired,
        LostReason::Rejected,
        LostReason::SetAside,
        LostReason::Corrupt,
    ];

    /// The word on the wire and in statistics.
    #[must_use]
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            LostReason::Torn => "torn",
            LostReason::Expired => "expired",
            LostReason::Rejected => "rejected",
            LostReason::SetAside => "set_aside",
            LostReason::Corrupt => "corrupt",
        }
    }
}

/// A run of lost records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lost {
    /// First lost sequence number.
    pub from: u64,
    /// Last lost sequence number, inclusive.
    pub to: u64,
    /// Why.
    pub reason: LostReason,
}

/// The counters of a stream.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    through: u64,
    stored: u64,
    lost: [u64; 5],
    /// Lost runs, not merged: few, and each is needed to not count it twice.
    runs: Vec<Lost>,
}

impl Ledger {
    /// Begins after what an earlier owner released (0 for a new stream).
    #[must_use]
    pub(crate) fn after(through: u64) -> Ledger {
        Ledger { through, ..Ledger::default() }
    }

    /// Counts a loss. The same run may be reported any number of times; a run that overlaps a counted one counts the rest.
    pub(crate) fn lose(&mut self, from: u64, to: u64, reason: LostReason) -> u64 {
        let mut fresh = 0;
        // What is released was stored or counted already.
        let mut begin = from.max(self.through + 1);
        let mut known: Vec<(u64, u64)> = self
            .runs
            .iter()
            .filter(|run| run.to >= from && run.from <= to)
            .map(|run| (run.from, run.to))
            .collect();
        known.sort_unstable();
        for (known_from, known_to) in known {
            if known_from > begin {
                fresh += self.note(begin, known_from - 1, reason);
            }
            begin = begin.max(known_to + 1);
        }
        if begin <= to {
            fresh += self.note(begin, to, reason);
        }
        fresh
    }

    fn note(&mut self, from: u64, to: u64, reason: LostReason) -> u64 {
        let count = to - from + 1;
        self.lost[reason as usize] += count;
        self.runs.push(Lost { from, to, reason });
        count
    }

    /// Everything through this number was acknowledged: what is not lost is stored.
    pub(crate) fn release(&mut self, through: u64) {
        if through <= self.through {
            return;
        }
        let from = self.through + 1;
        let lost: u64 = self
            .runs
            .iter()
            .filter(|run| run.to >= from && run.from <= through)
            .map(|run| run.to.min(through) - run.from.max(from) + 1)
            .sum();
        self.stored += through - self.through - lost;
        self.through = through;
        self.runs.retain(|run| run.to > through);
    }

    /// Released so far.
    #[cfg(test)]
    pub(crate) fn through(&self) -> u64 {
        self.through
    }

    /// Acknowledged and kept by the server.
    #[must_use]
    pub(crate) fn stored(&self) -> u64 {
        self.stored
    }

    /// Lost for this reason.
    #[must_use]
    pub(crate) fn lost(&self, reason: LostReason) -> u64 {
        self.lost[reason as usize]
    }

    /// Lost for any reason.
    #[cfg(test)]
    pub(crate) fn lost_in_all(&self) -> u64 {
        self.lost.iter().sum()
    }

    /// Of `accepted` records, so many are neither stored nor lost yet.
    #[cfg(test)]
    pub(crate) fn waiting(&self, accepted: u64) -> u64 {
        accepted.saturating_sub(self.stored + self.lost_in_all())
    }
}

#[cfg(test)]
mod tests;

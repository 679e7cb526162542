//! The law of one stream: which numbers are stored, rejected, lost. Pure: same claims, same outcome.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::entry::{Claim, Reason};
use crate::observe::Law;
use crate::ranges::Ranges;

/// Gaps that a law shows; a stream normally has none.
const GAPS_SHOWN: usize = 64;

/// What the server holds of a stream.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Stream {
    pub(crate) stored: Ranges,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) rejected: Vec<(Reason, Ranges)>,
    /// Declared losses. A number that comes after all is stored and leaves this set.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) lost: BTreeMap<String, Ranges>,
    pub(crate) through: u64,
    #[serde(default)]
    pub(crate) ended: bool,
    #[serde(default)]
    pub(crate) digest: u64,
    /// Arrival of the last batch.
    pub(crate) last_ns: i64,
}

/// What a claim came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Outcome {
    /// Numbers to store now.
    pub(crate) kept: Ranges,
    /// Records that were stored before.
    pub(crate) duplicates: u64,
    /// Records of the batch that the server keeps, now or before.
    pub(crate) accepted: u64,
    /// All rejects of the batch, now or before, ascending: the same for every repetition.
    pub(crate) rejected: Vec<(u64, Reason)>,
    /// How many of them are new.
    pub(crate) newly_rejected: BTreeMap<&'static str, u64>,
    /// Another batch has used the same `Idempotency-Key`: nothing was done.
    pub(crate) conflict: bool,
}

impl Stream {
    /// Takes a batch in.
    pub(crate) fn apply(&mut self, claim: &Claim) -> Outcome {
        if self.digest != 0 && self.digest != claim.digest {
            return Outcome { conflict: true, ..Outcome::default() };
        }
        self.digest = claim.digest;
        let mut outcome = Outcome { kept: claim.present.clone(), ..Outcome::default() };
        outcome.kept.subtract(&self.stored);
        self.rejected.iter().for_each(|(_, ranges)| outcome.kept.subtract(ranges));
        for &(seq, reason) in &claim.rejected {
            if !self.stored.contains(seq) && self.reason_of(seq).is_none() {
                self.reject(seq, reason);
                *outcome.newly_rejected.entry(reason.0.as_str()).or_default() += 1;
            }
        }
        outcome.rejected = self.rejects_among(claim);
        let offered = claim.present.count() + claim.rejected.len() as u64;
        outcome.accepted = offered - outcome.rejected.len() as u64;
        outcome.duplicates = outcome.accepted - outcome.kept.count();
        self.stored.add(&outcome.kept);
        self.lose(claim);
        self.through = self.through.max(claim.last_seq);
        self.ended |= claim.end_of_stream;
        self.last_ns = self.last_ns.max(claim.received_ns);
        outcome
    }

    fn reason_of(&self, seq: u64) -> Option<Reason> {
        self.rejected.iter().find(|(_, ranges)| ranges.contains(seq)).map(|(reason, _)| *reason)
    }

    fn reject(&mut self, seq: u64, reason: Reason) {
        match self.rejected.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, ranges)) => ranges.insert(seq, seq),
            None => self.rejected.push((reason, Ranges::of(seq, seq))),
        }
    }

    fn rejects_among(&self, claim: &Claim) -> Vec<(u64, Reason)> {
        if self.rejected.is_empty() {
            return Vec::new();
        }
        let mut offered = claim.present.clone();
        claim.rejected.iter().for_each(|&(seq, _)| offered.insert(seq, seq));
        let mut rejects: Vec<(u64, Reason)> = self
            .rejected
            .iter()
            .flat_map(|(reason, ranges)| {
                let both = ranges.intersection(&offered);
                let numbers = both.as_slice().iter().flat_map(|&(from, to)| from..=to);
                numbers.map(|seq| (seq, *reason)).collect::<Vec<_>>()
            })
            .collect();
        rejects.sort_unstable_by_key(|&(seq, _)| seq);
        rejects
    }

    fn lose(&mut self, claim: &Claim) {
        for loss in &claim.losses {
            let mut lost = Ranges::of(loss.from, loss.to);
            self.lost.values().for_each(|known| lost.subtract(known));
            self.lost.entry(loss.reason.clone()).or_default().add(&lost);
        }
        // What is held is not lost, whichever was told first.
        for lost in self.lost.values_mut() {
            lost.subtract(&self.stored);
            self.rejected.iter().for_each(|(_, ranges)| lost.subtract(ranges));
        }
        self.lost.retain(|_, lost| !lost.is_empty());
    }

    /// The server's clock when the last batch arrived, nanoseconds since 1970 UTC.
    pub fn last_ns(&self) -> i64 {
        self.last_ns
    }

    /// The account of every number up to the highest one that was covered.
    pub(crate) fn law(&self) -> Law {
        let mut told = self.stored.clone();
        self.rejected.iter().for_each(|(_, ranges)| told.add(ranges));
        self.lost.values().for_each(|ranges| told.add(ranges));
        let mut gaps = told.missing(1, self.through).as_slice().to_vec();
        gaps.truncate(GAPS_SHOWN);
        Law {
            stored: self.stored.count(),
            rejected: self.rejected.iter().map(|(_, ranges)| ranges.count()).sum(),
            lost: self.lost.iter().map(|(name, ranges)| (name.clone(), ranges.count())).collect(),
            gaps,
            through: self.through,
            ended: self.ended,
        }
    }
}

#[cfg(test)]
mod tests;

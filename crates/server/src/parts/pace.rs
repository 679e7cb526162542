//! How many records of each level a row group has over time, so that a chart need not read it. Counts only.

use serde::{Deserialize, Serialize};

/// Slots of a row group at most: about 15 KiB.
const SLOTS_MAX: usize = 512;
/// Lengths of a slot. A group that covers more time than the longest allows has no pace.
const STEPS_S: [i64; 3] = [1, 60, 3600];
const SECOND_NS: i64 = 1_000_000_000;

/// Counts by level, TRACE to CRITICAL, in slots of equal length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pace {
    /// Length of a slot, seconds; 0 when there are no counts.
    step_s: i64,
    /// The number of a slot (its time divided by the step) and its counts, ascending.
    slots: Vec<(i64, [u64; 6])>,
    /// The end of the last slot, nanoseconds since 1970 UTC.
    #[serde(skip)]
    ends_ns: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { step_s: STEPS_S[0], slots: Vec::new(), ends_ns: 0 }
    }
}

impl Pace {
    /// Counts a record that is not older than the last one.
    pub(crate) fn count(&mut self, level: u8, time_ns: i64) {
        if self.step_s == 0 {
            return;
        }
        let level = usize::from(level).min(5);
        // Most lie in the slot of the one before, which a comparison tells; a division takes longer.
        if let Some((_, counts)) = self.slots.last_mut().filter(|_| time_ns < self.ends_ns) {
            counts[level] += 1;
            return;
        }
        let mut counts = [0; 6];
        counts[level] = 1;
        self.add(time_ns.div_euclid(self.step_s * SECOND_NS), counts);
        while self.slots.len() > SLOTS_MAX {
            self.coarsen();
        }
        let end = self.slots.last().map_or(0, |(slot, _)| slot + 1);
        self.ends_ns = end.saturating_mul(self.step_s * SECOND_NS);
    }

    /// Every slot with its start, nanoseconds since 1970 UTC; none when slots would not lie in one bucket each of
    /// a chart whose buckets begin at multiples of this step.
    pub(crate) fn slots(&self, step_ns: i64) -> Option<impl Iterator<Item = (i64, &[u64; 6])>> {
        let own_ns = self.step_s * SECOND_NS;
        let fits = own_ns > 0 && step_ns % own_ns == 0;
        fits.then(|| self.slots.iter().map(move |(slot, counts)| (slot * own_ns, counts)))
    }

    fn add(&mut self, slot: i64, counts: [u64; 6]) {
        match self.slots.last_mut() {
            Some((last, sums)) if *last == slot => {
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
            _ => self.slots.push((slot, counts)),
        }
    }

    fn coarsen(&mut self) {
        let fine = std::mem::take(&mut self.slots);
        let longer = STEPS_S.into_iter().find(|step| *step > self.step_s);
        let (step_s, ratio) = longer.map_or((0, 0), |step| (step, step / self.step_s));
        self.step_s = step_s;
        if ratio > 0 {
            fine.into_iter().for_each(|(slot, counts)| self.add(slot.div_euclid(ratio), counts));
        }
    }
}

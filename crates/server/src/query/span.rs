//! A stretch of time in equal steps. Pure, but for the snapshot that tells where the records begin.

use super::asked::Asked;
use super::filter::Filter;
use crate::memtable::Snapshot;
use crate::refusal::Refusal;

const BUCKETS_DEFAULT: usize = 60;
const BUCKETS_MAX: usize = 1000;
const MS: i64 = 1_000_000;
const SECOND: i64 = 1000 * MS;
/// Steps that people count in.
const STEPS: &[i64] = &[
    MS,
    10 * MS,
    100 * MS,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    60 * SECOND,
    120 * SECOND,
    300 * SECOND,
    600 * SECOND,
    900 * SECOND,
    1800 * SECOND,
    3600 * SECOND,
    7200 * SECOND,
    10_800 * SECOND,
    21_600 * SECOND,
    43_200 * SECOND,
    86_400 * SECOND,
    7 * 86_400 * SECOND,
];

/// `buckets` steps of `step_ns` from `start_ns` on, which is a multiple of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start_ns: i64,
    pub(super) step_ns: i64,
    pub(super) buckets: usize,
}

impl Span {
    /// From the parameters `from`, `to`, `step` and `buckets`; where `from` is not given, from the oldest record on.
    pub(super) fn asked(
        asked: &Asked,
        filter: &Filter,
        snapshot: &Snapshot,
        now_ns: i64,
    ) -> Result<Self, Refusal> {
        let batches = snapshot.chunks.iter().flat_map(|chunk| &chunk.batches);
        let held = batches.map(|batch| &batch.summary);
        let held = held.chain(snapshot.parts.iter().map(|part| &part.meta.summary));
        let (oldest, newest) = held.fold((i64::MAX, i64::MIN), |(oldest, newest), summary| {
            (oldest.min(summary.min_time_ns), newest.max(summary.max_time_ns))
        });
        let to_ns = if filter.to_ns == i64::MAX { now_ns.max(newest) } else { filter.to_ns };
        let from_ns = if filter.from_ns == i64::MIN { oldest.min(to_ns) } else { filter.from_ns };
        let wanted = asked.number("buckets", BUCKETS_DEFAULT, BUCKETS_MAX)?;
        let step_ns = asked.get("step").map(step).transpose()?;
        Self::over(from_ns, to_ns, wanted, step_ns)
    }

    fn over(
        from_ns: i64,
        to_ns: i64,
        wanted: usize,
        step_ns: Option<i64>,
    ) -> Result<Self, Refusal> {
        let length_ns = to_ns.saturating_sub(from_ns).max(0);
        let fits = |step: i64| length_ns / step < wanted as i64;
        let chosen = STEPS.iter().copied().find(|step| fits(*step));
        // Years in few buckets: as many weeks as it takes.
        let week = 7 * 86_400 * SECOND;
        let step_ns = step_ns.or(chosen).unwrap_or((length_ns / wanted as i64 / week + 1) * week);
        let start_ns = from_ns.div_euclid(step_ns).saturating_mul(step_ns);
        let buckets = (to_ns.saturating_sub(start_ns).max(0) / step_ns) as usize + 1;
        if buckets > BUCKETS_MAX + 1 {
            return Err(Refusal::bad(
                "parameter",
                format!(
                    "step makes {buckets} buckets, {BUCKETS_MAX} are the limit; take a longer step or less time."
                ),
            ));
        }
        Ok(Self { start_ns, step_ns, buckets })
    }

    /// The bucket of this time; none outside.
    pub(super) fn bucket(&self, time_ns: i64) -> Option<usize> {
        let at = time_ns.checked_sub(self.start_ns).filter(|at| *at >= 0)? / self.step_ns;
        usize::try_from(at).ok().filter(|at| *at < self.buckets)
    }
}

fn step(text: &str) -> Result<i64, Refusal> {
    let ns = super::when::age(text).filter(|ns| *ns >= MS);
    ns.ok_or_else(|| {
        Refusal::bad(
            "parameter",
            format!("step={text:?} is no step; write 500ms, 10s, 5m, 1h or 1d."),
        )
    })
}

#[cfg(test)]
mod tests;

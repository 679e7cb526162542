//! What will be shown next: a bounded sample of rows, and exact counts of what matched, is shown and was skipped.

use std::time::Instant;

use dlogs_record::Level;

use super::bucket::Bucket;
use super::sample::Sample;

/// Rows a second a viewer is shown unless it asks for another number.
pub const BUDGET_DEFAULT: u32 = 200;

/// The most rows a second a viewer may ask for.
pub const BUDGET_MAX: u32 = 1_000;

/// ERROR and CRITICAL rows are kept beyond the budget, up to this many times the budget.
const ERRORS_PER_BUDGET: u32 = 5;

/// Rows are not kept beyond this many bytes: a slot is bounded in memory, whatever records weigh.
const SLOT_MAX_BYTES: usize = 4 * 1024 * 1024;

/// Levels of a record.
pub const LEVELS: usize = 6;

/// What one audience is shown next. Bounded: at most one second's budget of rows below ERROR, five times as many from ERROR on.
#[derive(Debug)]
pub struct Slot<T> {
    matched: u64,
    matched_by_level: [u64; LEVELS],
    bytes: usize,
    ordinary: Sample<(Level, T)>,
    errors: Sample<(Level, T)>,
    /// What may be shown of any level.
    budget: Bucket,
    /// The hard bound, which also holds for errors.
    bound: Bucket,
}

/// What is shown at once. `matched = rows.len() + skipped`, always.
#[derive(Debug)]
pub struct Frame<T> {
    /// In the order in which they were stored.
    pub rows: Vec<T>,
    /// Records that matched since the last frame.
    pub matched: u64,
    /// `matched` by level, indexed by the level's number.
    pub matched_by_level: [u64; LEVELS],
    /// Records that matched and are not among `rows`.
    pub skipped: u64,
    /// `skipped` by level, indexed by the level's number.
    pub skipped_by_level: [u64; LEVELS],
}

impl<T: AsRef<str>> Slot<T> {
    /// An empty slot; `budget` in rows a second, held within 1 and [`BUDGET_MAX`].
    pub fn new(budget: u32, now: Instant, seed: u64) -> Self {
        let budget = budget.clamp(1, BUDGET_MAX);
        Self {
            matched: 0,
            matched_by_level: [0; LEVELS],
            bytes: 0,
            ordinary: Sample::new(seed),
            errors: Sample::new(seed.rotate_left(32)),
            budget: Bucket::full(budget, now),
            bound: Bucket::full(budget * ERRORS_PER_BUDGET, now),
        }
    }

    /// Counts a record that matched, and may keep its row. Never blocks, never grows beyond the bound.
    pub fn offer(&mut self, level: Level, row: impl FnOnce() -> T) {
        let order = self.matched;
        self.matched += 1;
        self.matched_by_level[level as usize] += 1;
        if self.bytes >= SLOT_MAX_BYTES {
            return;
        }
        let mut made_bytes = 0;
        let row = || {
            let row = row();
            made_bytes = row.as_ref().len();
            (level, row)
        };
        let gone = if level >= Level::Error {
            self.errors.offer(self.bound.capacity(), order, row)
        } else {
            self.ordinary.offer(self.budget.capacity(), order, row)
        };
        self.bytes += made_bytes;
        self.bytes -= gone.map_or(0, |(_, row)| row.as_ref().len());
    }

    /// What is to be sent now, or `None` when nothing matched since the last time.
    ///
    /// Errors go first, within the hard bound; what they leave of the budget is for the rest.
    pub fn take(&mut self, now: Instant) -> Option<Frame<T>> {
        if self.matched == 0 {
            return None;
        }
        self.bytes = 0;
        let allowed_errors = self.bound.available(now);
        let mut taken = self.errors.take(allowed_errors);
        let allowed = self.budget.available(now).saturating_sub(taken.len());
        let allowed = allowed.min(allowed_errors - taken.len());
        taken.append(&mut self.ordinary.take(allowed));
        self.bound.spend(taken.len());
        self.budget.spend(taken.len());
        taken.sort_unstable_by_key(|(order, _)| *order);

        let matched = std::mem::take(&mut self.matched);
        let matched_by_level = std::mem::take(&mut self.matched_by_level);
        let mut skipped_by_level = matched_by_level;
        for (_, (level, _)) in &taken {
            skipped_by_level[*level as usize] -= 1;
        }
        let skipped = matched - taken.len() as u64;
        let rows = taken.into_iter().map(|(_, (_, row))| row).collect();
        Some(Frame { rows, matched, matched_by_level, skipped, skipped_by_level })
    }

    /// Records that matched since the last frame.
    pub fn matched(&self) -> u64 {
        self.matched
    }

    /// Rows kept now.
    pub fn kept(&self) -> usize {
        self.ordinary.len() + self.errors.len()
    }
}

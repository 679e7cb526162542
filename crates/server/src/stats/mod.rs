//! Counts of what was stored, by language, service and level, for charts and cards. It never looks at a record.

pub mod delay;
pub mod delay_seconds;
pub mod languages;
pub mod rollup;
mod report;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dlogs_record::Level;

use crate::batch::{Batch, Summary};
use crate::client_block::ClientBlock;
use crate::clock::ms;
use crate::delay::{bucket, spread};
use crate::observe::{Observer, Sighting};

use delay::Delays;
use delay_seconds::DelaySeconds;
use languages::Languages;
use rollup::Rollup;

pub use report::Surroundings;

/// Rates are means over this many whole seconds: clients send every 5 s, so a shorter window would flicker.
pub const RATE_WINDOW_S: u64 = 5;

/// The clock of the statistics: nanoseconds since 1970 UTC.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// All counts, fed by the writer.
pub struct Stats {
    clock: Clock,
    started_ms: u64,
    counts: Mutex<Counts>,
}

/// What is counted.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) rollup: Rollup,
    pub(crate) delays: Delays,
    pub(crate) delay_seconds: DelaySeconds,
    pub(crate) languages: Languages,
    pub(crate) levels: [u64; 6],
    pub(crate) stored: u64,
    pub(crate) rejected: BTreeMap<&'static str, u64>,
    pub(crate) duplicates: u64,
    pub(crate) expired: u64,
}

impl Stats {
    /// Nothing counted yet; time comes from `clock`.
    pub fn new(clock: Clock) -> Self {
        let started_ms = ms(clock());
        Self { clock, started_ms, counts: Mutex::default() }
    }

    /// Milliseconds since 1970 on the clock of the statistics.
    pub fn now_ms(&self) -> u64 {
        ms((self.clock)())
    }

    /// When the counting began, ms since 1970.
    pub(crate) fn started_ms(&self) -> u64 {
        self.started_ms
    }

    /// Records rejected one by one, by reason.
    pub(crate) fn rejects(&self) -> BTreeMap<&'static str, u64> {
        self.lock().rejected.clone()
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Stats {
    fn stored(&self, batch: &Arc<Batch>, replay: bool) {
        let now_ns = (self.clock)();
        // A live batch counts in the second in which it becomes visible, so that a second that is over never changes;
        // a replayed one in the second in which it had arrived.
        let at_ns = if replay { batch.received_ns } else { now_ns };
        let mut counts = self.lock();
        counts.store(batch, ms(at_ns), ms(now_ns));
        let summary = &batch.summary;
        let delays = spread(at_ns, summary.max_time_ns, summary.min_time_ns, summary.records);
        for (delay_ms, n) in delays {
            counts.delay_seconds.count(ms(at_ns) / 1000, bucket(delay_ms), n);
            // What is scraped counts since the start; a start is no arrival.
            if !replay {
                counts.delays.note(delay_ms, n);
            }
        }
    }

    fn seen(&self, sighting: &Sighting) {
        let language = &sighting.client.language;
        if sighting.stream.is_some() && !language.is_empty() {
            self.lock().languages.seen(language, ms(sighting.received_ns));
        }
    }

    fn rejected(&self, _: &ClientBlock, reason: &'static str, count: u64) {
        *self.lock().rejected.entry(reason).or_default() += count;
    }

    fn duplicates(&self, _: &ClientBlock, count: u64) {
        self.lock().duplicates += count;
    }

    fn held(&self, summary: &Summary) {
        let now_ms = ms((self.clock)());
        // Too long ago for the charts of the last minutes: only the totals know them.
        let seen_ms = ms(summary.max_time_ns).min(now_ms);
        self.lock().count(summary, seen_ms, false);
    }

    fn counted(&self, at_s: u64, language: &str, service: &str, level: Level, n: u64) {
        self.lock().rollup.count(at_s, language, service, level, n);
    }

    fn delayed(&self, at_s: u64, bucket: u8, n: u64) {
        self.lock().delay_seconds.count(at_s, bucket, n);
    }

    fn expired(&self, records: u64) {
        self.lock().expired += records;
    }
}

impl Counts {
    fn store(&mut self, batch: &Batch, at_ms: u64, now_ms: u64) {
        self.count(&batch.summary, at_ms, at_ms / 1000 + rollup::SECONDS_KEPT > now_ms / 1000);
    }

    fn count(&mut self, summary: &Summary, at_ms: u64, recent: bool) {
        self.stored += summary.records;
        for group in &summary.groups {
            self.languages.count(&group.language, &group.levels, at_ms);
            for (level, n) in group.levels.iter().enumerate().filter(|(_, n)| **n > 0) {
                self.levels[level] += n;
                let level = Level::from_u8(level as u8).unwrap_or(Level::Info);
                if recent {
                    self.rollup.count(at_ms / 1000, &group.language, &group.service, level, *n);
                }
            }
        }
    }
}

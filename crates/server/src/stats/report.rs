//! The statistics as JSON: the `stats` frame of the live socket and the answer of `/api/stats`.

use std::collections::{BTreeMap, HashMap};

use dlogs_record::Level;
use serde::Serialize;

use crate::clients::presence::Presence;
use crate::store_state::StoreState;

use super::delay_seconds::Quantiles;
use super::rollup::Count;
use super::{RATE_WINDOW_S, Stats};

/// What the report says beside the counts.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// The state of the store.
    pub store: StoreState,
    /// Clients by language and presence.
    pub census: HashMap<String, HashMap<Presence, u64>>,
    /// Declared losses by reason.
    pub lost: Vec<(String, u64)>,
    /// Viewers of the live hub.
    pub viewers: usize,
}

#[derive(Serialize)]
struct Report<'a> {
    r#type: &'static str,
    now_ms: u64,
    uptime_ms: u64,
    totals: Totals,
    rate: u64,
    second: Second<'a>,
    languages: Vec<LanguageCard<'a>>,
    levels: BTreeMap<&'static str, u64>,
    ingest_delay_ms: Delay,
    queue: Queue,
    disk: Disk,
    viewers: usize,
    trouble: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<Vec<Second<'a>>>,
    /// Second, p50, p99.
    #[serde(skip_serializing_if = "Option::is_none")]
    delays: Option<Vec<(u64, u64, u64)>>,
}

#[derive(Serialize)]
struct Totals {
    stored: u64,
    rejected: u64,
    duplicates: u64,
    lost: u64,
    expired: u64,
}

#[derive(Serialize)]
struct Second<'a> {
    at: u64,
    counts: Vec<(&'a str, &'a str, &'static str, u64)>,
}

#[derive(Serialize)]
struct LanguageCard<'a> {
    language: &'a str,
    count: u64,
    rate: f64,
    errors: u64,
    last_seen_ms: u64,
    clients: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
struct Delay {
    p50: Option<u64>,
    p99: Option<u64>,
}

#[derive(Serialize)]
struct Queue {
    bytes: u64,
    max_bytes: u64,
    batches: u64,
}

#[derive(Serialize)]
struct Disk {
    free_bytes: u64,
}

impl Stats {
    /// The `stats` frame at `now_ms`, about the last second that is over.
    pub fn frame(&self, now_ms: u64, around: &Surroundings) -> String {
        self.report(now_ms, around, false)
    }

    /// The same with the counts and delays of every second of the last 15 minutes.
    pub fn answer(&self, now_ms: u64, around: &Surroundings) -> String {
        self.report(now_ms, around, true)
    }

    fn report(&self, now_ms: u64, around: &Surroundings, with_seconds: bool) -> String {
        let now_s = now_ms / 1000;
        let counts = self.lock();
        let delay = counts.delay_seconds.at(now_s);
        let (rate, rates) = counts.rollup.rates(now_s, RATE_WINDOW_S);
        // A language that only some JSON record has is known to the counts; one whose clients only sent heartbeats so
        // far to both: `seen` told of it.
        let languages = counts.languages.iter().map(|(language, total)| LanguageCard {
            language,
            count: total.records(),
            rate: rates.get(language).copied().unwrap_or(0.0),
            errors: total.errors(),
            last_seen_ms: total.last_seen_ms,
            clients: presences(around.census.get(language)),
        });
        let report = Report {
            r#type: "stats",
            now_ms,
            uptime_ms: now_ms.saturating_sub(self.started_ms),
            totals: Totals {
                // Expired before this start: they were stored once, and no replay tells of them.
                stored: counts.stored + around.store.expired_records.saturating_sub(counts.expired),
                rejected: counts.rejected.values().sum(),
                duplicates: counts.duplicates,
                lost: around.lost.iter().map(|(_, n)| n).sum(),
                expired: around.store.expired_records,
            },
            rate: rate.round() as u64,
            second: second(now_s.saturating_sub(1), counts.rollup.second(now_s.saturating_sub(1))),
            languages: languages.collect(),
            levels: by_level(&counts.levels),
            ingest_delay_ms: Delay {
                p50: delay.map(|delay| delay.p50),
                p99: delay.map(|delay| delay.p99),
            },
            queue: Queue {
                bytes: around.store.queue_bytes,
                max_bytes: around.store.queue_max_bytes,
                batches: around.store.queue_batches,
            },
            disk: Disk { free_bytes: around.store.disk_free_bytes },
            viewers: around.viewers,
            trouble: around.store.trouble.as_deref(),
            seconds: with_seconds.then(|| {
                let seconds = counts.rollup.seconds(now_s).filter(|(at, _)| *at < now_s);
                seconds.map(|(at, rows)| second(at, rows)).collect()
            }),
            delays: with_seconds.then(|| {
                let all = counts.delay_seconds.all(now_s).into_iter();
                all.map(|(at, Quantiles { p50, p99 })| (at, p50, p99)).collect()
            }),
        };
        // Keys are strings and numbers are finite, so there is nothing that could fail.
        serde_json::to_string(&report).unwrap_or_default()
    }
}

fn second<'a>(at: u64, rows: Vec<Count<'a>>) -> Second<'a> {
    let counts = rows
        .into_iter()
        .map(|(language, service, level, n)| (language, service, level.as_str(), n))
        .collect();
    Second { at, counts }
}

fn by_level(levels: &[u64; 6]) -> BTreeMap<&'static str, u64> {
    let named = levels.iter().enumerate().filter(|(_, n)| **n > 0);
    named.filter_map(|(level, n)| Some((Level::from_u8(level as u8)?.as_str(), *n))).collect()
}

fn presences(census: Option<&HashMap<Presence, u64>>) -> BTreeMap<&'static str, u64> {
    let all = [Presence::Connected, Presence::Silent, Presence::Failed, Presence::Gone];
    let count = |presence| census.and_then(|census| census.get(&presence)).copied().unwrap_or(0);
    all.into_iter().map(|presence| (presence.as_str(), count(presence))).collect()
}

//! The counts and delays of what one seal took out of the queue, by second: what charts of the last minutes need after a restart. Pure.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::batch::{Batch, OTHER, Summary};
use crate::delay::{bucket, spread};

/// Counts kept by name; what comes after them is counted under [`OTHER`], so that a commit stays small.
const ROWS_MAX: usize = 20_000;

/// How far back a chart of seconds reaches.
pub(crate) const SECONDS_KEPT: u64 = 900;

/// Records by second of arrival (s since 1970), language, service and level; and by second and delay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seconds {
    /// Language and service.
    names: Vec<(String, String)>,
    /// Second, place in `names`, level (TRACE 0 to CRITICAL 5), records. Ascending.
    rows: Vec<(u64, u32, u8, u64)>,
    /// Second, and bucket of the delay with its records. Ascending. A catalog of before has none.
    #[serde(default)]
    delays: Vec<(u64, Vec<(u8, u64)>)>,
}

/// One count: second, language, service, level, records.
pub(crate) type SecondCount<'a> = (u64, &'a str, &'a str, u8, u64);

impl Seconds {
    /// The counts of these batches, as far as they are younger than 15 minutes.
    pub(crate) fn of<'a>(batches: impl IntoIterator<Item = &'a Batch>, now_ns: i64) -> Self {
        let now_s = second(now_ns);
        let mut seconds = Self::default();
        let mut places = HashMap::new();
        let mut counts: BTreeMap<(u64, u32, u8), u64> = BTreeMap::new();
        let mut delays: BTreeMap<u64, BTreeMap<u8, u64>> = BTreeMap::new();
        for batch in batches {
            let at_s = second(batch.received_ns);
            if at_s + SECONDS_KEPT <= now_s {
                continue;
            }
            let Summary { max_time_ns, min_time_ns, records, .. } = batch.summary;
            let buckets = delays.entry(at_s).or_default();
            for (delay_ms, n) in spread(batch.received_ns, max_time_ns, min_time_ns, records) {
                *buckets.entry(bucket(delay_ms)).or_default() += n;
            }
            for group in &batch.summary.groups {
                let named = match counts.len() < ROWS_MAX {
                    true => Some(seconds.place(&mut places, &group.language, &group.service)),
                    // No name is added beyond the bound, but those that are known go on.
                    false => places.get(&(group.language.clone(), group.service.clone())).copied(),
                };
                for (level, n) in group.levels.iter().enumerate().filter(|(_, n)| **n > 0) {
                    let level = level as u8;
                    let fits = |place: &u32| {
                        counts.len() < ROWS_MAX || counts.contains_key(&(at_s, *place, level))
                    };
                    let place = match named.filter(fits) {
                        Some(place) => place,
                        None => seconds.place(&mut places, OTHER, OTHER),
                    };
                    *counts.entry((at_s, place, level)).or_default() += n;
                }
            }
        }
        seconds.rows =
            counts.into_iter().map(|((at, name, level), n)| (at, name, level, n)).collect();
        seconds.delays =
            delays.into_iter().map(|(at, buckets)| (at, buckets.into_iter().collect())).collect();
        seconds
    }

    /// The last second that has a count; none where there is nothing.
    pub fn last_s(&self) -> Option<u64> {
        self.rows.last().map(|row| row.0)
    }

    /// All counts, oldest first.
    pub(crate) fn counts(&self) -> impl Iterator<Item = SecondCount<'_>> {
        self.rows.iter().filter_map(|(at_s, place, level, n)| {
            let (language, service) = self.names.get(*place as usize)?;
            Some((*at_s, language.as_str(), service.as_str(), *level, *n))
        })
    }

    /// Second, bucket of the delay, records; oldest first.
    pub(crate) fn delays(&self) -> impl Iterator<Item = (u64, u8, u64)> {
        self.delays
            .iter()
            .flat_map(|(at_s, buckets)| buckets.iter().map(move |(bucket, n)| (*at_s, *bucket, *n)))
    }

    fn place(
        &mut self,
        places: &mut HashMap<(String, String), u32>,
        language: &str,
        service: &str,
    ) -> u32 {
        *places.entry((language.to_owned(), service.to_owned())).or_insert_with(|| {
            self.names.push((language.to_owned(), service.to_owned()));
            self.names.len() as u32 - 1
        })
    }
}

fn second(time_ns: i64) -> u64 {
    u64::try_from(time_ns / 1_000_000_000).unwrap_or(0)
}

#[cfg(test)]
mod tests;

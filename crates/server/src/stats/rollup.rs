//! Records counted per second and per (language, service, level), for the last 15 minutes.

use std::collections::{HashMap, VecDeque};

use dlogs_record::Level;

use crate::batch::OTHER;

/// How far back the seconds reach: 15 minutes.
pub(crate) use crate::catalog::SECONDS_KEPT;

/// Distinct (language, service) pairs counted by name. Names come from clients, so their number needs a bound;
/// what comes after it is counted under [`OTHER`], never dropped.
const PAIRS_MAX: usize = 2_000;

/// A pair's number in [`Rollup::pairs`].
type Pair = u32;

/// One row of a second: language, service, level, count.
pub type Count<'a> = (&'a str, &'a str, Level, u64);

/// The counts of the last 15 minutes, one small map a second.
#[derive(Default)]
pub struct Rollup {
    pairs: Vec<(Box<str>, Box<str>)>,
    numbers: HashMap<Box<str>, HashMap<Box<str>, Pair>>,
    /// Oldest first. A second in which nothing came has no entry.
    seconds: VecDeque<Second>,
}

struct Second {
    at_s: u64,
    counts: HashMap<(Pair, u8), u64>,
}

impl Rollup {
    /// Counts `n` records that were stored in second `at_s` (seconds since 1970).
    ///
    /// A second older than the newest one is found again, so a replay in any order gives the same counts;
    /// one older than 15 minutes is ignored.
    pub fn count(&mut self, at_s: u64, language: &str, service: &str, level: Level, n: u64) {
        let newest = self.seconds.back().map_or(at_s, |second| second.at_s.max(at_s));
        if at_s + SECONDS_KEPT <= newest {
            return;
        }
        while self.seconds.front().is_some_and(|second| second.at_s + SECONDS_KEPT <= newest) {
            self.seconds.pop_front();
        }
        let pair = self.pair(language, service);
        let found = self.seconds.binary_search_by_key(&at_s, |second| second.at_s);
        let place = found.unwrap_or_else(|place| {
            self.seconds.insert(place, Second { at_s, counts: HashMap::new() });
            place
        });
        *self.seconds[place].counts.entry((pair, level as u8)).or_default() += n;
    }

    /// The counts of one second, in a stable order; empty when nothing came in it.
    pub fn second(&self, at_s: u64) -> Vec<Count<'_>> {
        match self.seconds.binary_search_by_key(&at_s, |second| second.at_s) {
            Ok(place) => self.rows(&self.seconds[place]),
            Err(_) => Vec::new(),
        }
    }

    /// Every second that has counts and is younger than 15 minutes at `now_s`, oldest first.
    pub fn seconds(&self, now_s: u64) -> impl Iterator<Item = (u64, Vec<Count<'_>>)> {
        self.seconds
            .iter()
            .filter(move |second| second.at_s + SECONDS_KEPT > now_s)
            .map(|second| (second.at_s, self.rows(second)))
    }

    /// Records a second over the `window_s` whole seconds before `now_s`, in all and by language.
    pub fn rates(&self, now_s: u64, window_s: u64) -> (f64, HashMap<&str, f64>) {
        let from_s = now_s.saturating_sub(window_s);
        let mut total = 0;
        let mut languages: HashMap<&str, u64> = HashMap::new();
        for second in self.seconds.iter().rev().take_while(|second| second.at_s >= from_s) {
            if second.at_s >= now_s {
                continue;
            }
            for ((pair, _), n) in &second.counts {
                total += n;
                *languages.entry(&self.pairs[*pair as usize].0).or_default() += n;
            }
        }
        let per_second = |n: u64| n as f64 / window_s as f64;
        (per_second(total), languages.into_iter().map(|(name, n)| (name, per_second(n))).collect())
    }

    fn rows(&self, second: &Second) -> Vec<Count<'_>> {
        let mut rows: Vec<Count<'_>> = second
            .counts
            .iter()
            .map(|((pair, level), n)| {
                let (language, service) = &self.pairs[*pair as usize];
                (&**language, &**service, Level::from_u8(*level).unwrap_or(Level::Info), *n)
            })
            .collect();
        rows.sort_unstable();
        rows
    }

    fn pair(&mut self, language: &str, service: &str) -> Pair {
        let known = self.numbers.get(language).and_then(|services| services.get(service));
        if let Some(pair) = known {
            return *pair;
        }
        if self.pairs.len() >= PAIRS_MAX && (language, service) != (OTHER, OTHER) {
            return self.pair(OTHER, OTHER);
        }
        let pair = self.pairs.len() as Pair;
        self.pairs.push((language.into(), service.into()));
        self.numbers.entry(language.into()).or_default().insert(service.into(), pair);
        pair
    }
}

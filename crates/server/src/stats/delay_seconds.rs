//! Delays of records by the second in which they came, for the last 15 minutes: what a chart of them begins with.

use std::collections::{BTreeMap, VecDeque};

use crate::catalog::SECONDS_KEPT;
use crate::delay::{BUCKETS, quantile_ms};

/// A second's quantiles are those of so many seconds up to it: clients send every 5 s, so one second alone would say
/// now this client's delay and now that one's.
const WINDOW_S: u64 = 30;

/// The delays of half of the records and of 99 in 100, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantiles {
    /// Half of the records took no longer.
    pub p50: u64,
    /// 99 of 100 took no longer.
    pub p99: u64,
}

/// Records by second and bucket, oldest first. A second in which nothing came has no entry.
#[derive(Default)]
pub struct DelaySeconds {
    seconds: VecDeque<Second>,
}

struct Second {
    at_s: u64,
    buckets: BTreeMap<u8, u64>,
}

impl DelaySeconds {
    /// Counts `n` records of one bucket that came in second `at_s` (seconds since 1970), in any order of seconds; those
    /// of 15 minutes before the newest are ignored.
    pub fn count(&mut self, at_s: u64, bucket: u8, n: u64) {
        let newest = self.seconds.back().map_or(at_s, |second| second.at_s.max(at_s));
        if at_s + SECONDS_KEPT <= newest {
            return;
        }
        while self.seconds.front().is_some_and(|second| second.at_s + SECONDS_KEPT <= newest) {
            self.seconds.pop_front();
        }
        let found = self.seconds.binary_search_by_key(&at_s, |second| second.at_s);
        let place = found.unwrap_or_else(|place| {
            self.seconds.insert(place, Second { at_s, buckets: BTreeMap::new() });
            place
        });
        *self.seconds[place].buckets.entry(bucket.min(BUCKETS as u8 - 1)).or_default() += n;
    }

    /// The quantiles of the seconds up to `at_s`; nothing where no record came in them.
    pub fn at(&self, at_s: u64) -> Option<Quantiles> {
        let mut window = [0; BUCKETS];
        let since = self.seconds.iter().filter(|second| second.at_s + WINDOW_S > at_s);
        since.filter(|second| second.at_s <= at_s).for_each(|second| second.add_to(&mut window));
        quantiles(&window)
    }

    /// The same for every second that is over at `now_s` and younger than 15 minutes, oldest first; seconds of which
    /// there is nothing to tell are left out.
    pub fn all(&self, now_s: u64) -> Vec<(u64, Quantiles)> {
        let mut window = [0; BUCKETS];
        let (mut coming, mut leaving) =
            (self.seconds.iter().peekable(), self.seconds.iter().peekable());
        let mut all = Vec::new();
        for at_s in now_s.saturating_sub(SECONDS_KEPT - 1)..now_s {
            while let Some(second) = coming.next_if(|second| second.at_s <= at_s) {
                second.add_to(&mut window);
            }
            while let Some(second) = leaving.next_if(|second| second.at_s + WINDOW_S <= at_s) {
                second.buckets.iter().for_each(|(bucket, n)| window[usize::from(*bucket)] -= n);
            }
            all.extend(quantiles(&window).map(|found| (at_s, found)));
        }
        all
    }
}

impl Second {
    fn add_to(&self, window: &mut [u64; BUCKETS]) {
        self.buckets.iter().for_each(|(bucket, n)| window[usize::from(*bucket)] += n);
    }
}

fn quantiles(window: &[u64; BUCKETS]) -> Option<Quantiles> {
    Some(Quantiles { p50: quantile_ms(window, 0.5)?, p99: quantile_ms(window, 0.99)? })
}

//! Which records of a seal lie in one part. Pure.

use std::collections::BTreeMap;

use crate::parts::name::{LATE, day_of, folder_of};

/// Day parts of a seal; what is in more days goes into one `late` part.
const DAYS_MAX: usize = 4;

/// The folder of every record's day, for records of these times.
pub(crate) struct Days {
    /// The days with most records.
    own: Vec<i64>,
}

impl Days {
    pub(crate) fn of(times_ns: impl Iterator<Item = i64>) -> Self {
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        // Times come in order: most are of the same day as the one before.
        let (mut day, mut count) = (i64::MIN, 0);
        for time_ns in times_ns {
            let next = day_of(time_ns);
            if next != day {
                *counts.entry(day).or_default() += std::mem::take(&mut count);
                day = next;
            }
            count += 1;
        }
        *counts.entry(day).or_default() += count;
        counts.retain(|_, count| *count > 0);
        let mut days: Vec<(i64, u64)> = counts.into_iter().collect();
        days.sort_by_key(|&(day, count)| (std::cmp::Reverse(count), std::cmp::Reverse(day)));
        Self { own: days.into_iter().take(DAYS_MAX).map(|(day, _)| day).collect() }
    }

    /// Place of the part that takes a record: a day's, or the last for the late ones.
    pub(crate) fn place(&self, time_ns: i64) -> usize {
        let day = day_of(time_ns);
        self.own.iter().position(|own| *own == day).unwrap_or(self.own.len())
    }

    /// The folders by place, `late` behind the days.
    pub(crate) fn folders(&self) -> Vec<String> {
        let days = self.own.iter().map(|day| folder_of(*day));
        days.chain([LATE.to_owned()]).collect()
    }
}

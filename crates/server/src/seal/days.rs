//! Which records of a seal lie in one part. Pure.

use std::cmp::Reverse;

use crate::parts::name::{LATE, day_of, folder_of};

/// Day parts of a seal; what is in more days goes into one `late` part.
const DAYS_MAX: usize = 4;

/// The folders of records that ascend in time, each with its records, ascending: the days with most of them, and
/// `late` for all others.
pub(crate) fn folders<T>(records: &[T], time_ns: impl Fn(&T) -> i64) -> Vec<(String, Vec<&[T]>)> {
    let day = |record: &T| day_of(time_ns(record));
    let (mut days, mut rest) = (Vec::new(), records);
    while let Some(first) = rest.first().map(day) {
        // They are in order: the end of a day is found without a look at each record.
        let end = rest.partition_point(|record| day(record) == first);
        let (own, later) = rest.split_at(end);
        days.push((first, own));
        rest = later;
    }
    let mut best: Vec<(usize, i64)> = days.iter().map(|(day, own)| (own.len(), *day)).collect();
    best.sort_unstable_by_key(|most| Reverse(*most));
    best.truncate(DAYS_MAX);
    let is_own = |day: i64| best.iter().any(|(_, own)| *own == day);
    let late = days.iter().filter(|(day, _)| !is_own(*day)).map(|(_, records)| *records);
    let late: Vec<&[T]> = late.collect();
    let own = days.iter().filter(|(day, _)| is_own(*day));
    let mut folders: Vec<_> = own.map(|(day, own)| (folder_of(*day), vec![*own])).collect();
    if !late.is_empty() {
        folders.push((LATE.to_owned(), late));
    }
    folders
}

//! Which station belongs to this process: one a fork generation, each made by the first call of its process.

use std::sync::{Arc, OnceLock};

use dlogs_journal::fork;

use super::Logger;
use crate::station::Station;

/// A link of the chain. A parent's station stays in its child's chain, untouched: its threads are not there, its locks may
/// be held for ever, and its data is the parent's.
pub(super) struct Generation {
    number: u64,
    station: Option<Arc<Station>>,
    next: OnceLock<Box<Generation>>,
}

impl Generation {
    pub(super) fn first(station: Arc<Station>) -> Generation {
        Generation { number: fork::generation(), station: Some(station), next: OnceLock::new() }
    }

    /// The station of this process, if it has one already.
    pub(super) fn of_this_process(&self) -> Option<&Arc<Station>> {
        let now = fork::generation();
        let mut link = self;
        while link.number != now {
            link = link.next.get()?;
        }
        link.station.as_ref()
    }
}

impl Logger {
    /// The station of this process. In a fork the first call makes it. `None`: the fork could not open a journal.
    #[inline]
    pub(super) fn station(&self) -> Option<&Arc<Station>> {
        let first = &self.shared.first;
        if first.number == fork::generation() {
            return first.station.as_ref();
        }
        self.station_after_fork()
    }

    #[cold]
    fn station_after_fork(&self) -> Option<&Arc<Station>> {
        let now = fork::generation();
        let mut link = &self.shared.first;
        while link.number != now {
            link = match link.next.get() {
                Some(next) => next,
                None => {
                    let options = Arc::clone(&self.shared.options);
                    let make = Arc::clone(&self.shared.make_transport);
                    let station = Station::open(options, make).ok();
                    let made = Generation { number: now, station, next: OnceLock::new() };
                    // Two threads of a fork may race; the loser's station is closed by its drop, empty.
                    if let Err(lost) = link.next.set(Box::new(made))
                        && let Some(station) = lost.station
                    {
                        station.close(std::time::Duration::ZERO);
                    }
                    link.next.get()?
                }
            };
        }
        link.station.as_ref()
    }
}

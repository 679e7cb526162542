//! Ships one dead process's stream in the calling thread, for `dlogs ship`: the sender's own turns, no thread, no records
//! of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use dlogs_journal::Reader;

use super::{Next, Sender};
use crate::events::Event;
use crate::options::{JournalChoice, OptionError, Options};
use crate::sender::stream::Stream;
use crate::set_aside::SetAside;
use crate::station::Station;
use crate::transport::Http;

/// How [`ship`] ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipped {
    /// Records that the server has acknowledged.
    pub acked: u64,
    /// Records that nobody will see, by reason; those that were set aside among them.
    pub lost: Vec<(&'static str, u64)>,
    /// Records that still wait, because the time was over.
    pub waiting: u64,
    /// The stream is done, and its directory is gone.
    pub finished: bool,
    /// The last failure, if there was one.
    pub last_error: Option<String>,
}

/// Ships an adopted stream under its own id, until nothing waits or `give_up_after` is over. Retries as every sender
/// does. Records that the server refuses are set aside in `set_aside`.
///
/// # Errors
/// The options do not make a connection possible.
pub fn ship(
    reader: Reader,
    options: &Options,
    set_aside: &Path,
    give_up_after: Duration,
) -> Result<Shipped, OptionError> {
    let deadline = Instant::now() + give_up_after;
    // The station has a stream of its own, in memory, in which nothing is ever written: it names the adopter.
    let options = Options { journal: JournalChoice::Memory, ..options.clone() };
    let transport = Box::new(Http::new(&options)?);
    let station = Station::open(Arc::new(options), Arc::new(crate::logger::http))?;
    let Some(own) = station.take_reader() else {
        return Err(OptionError::unusable("journal", "memory", "gives no reader"));
    };
    let mut sender = Sender::new(Arc::clone(&station), own, transport);
    sender.aside = SetAside::new(Some(set_aside.to_owned()));
    sender.adopt(reader);
    let mut count = Count::default();
    while sender.backlog.is_some() && Instant::now() < deadline {
        if let Next::Sleep { until, .. } = sender.turn() {
            thread::sleep(until.min(deadline).saturating_duration_since(Instant::now()));
        }
        count.hear(&station);
    }
    let last_error = Some(sender.last_error.clone()).filter(|error| !error.is_empty());
    Ok(Shipped {
        acked: count.sent.saturating_sub(count.lost.get("rejected").copied().unwrap_or(0)),
        lost: count.lost.into_iter().collect(),
        waiting: sender.backlog.as_ref().map_or(0, Stream::waiting),
        finished: sender.backlog.is_none(),
        last_error,
    })
}

/// What the sender's events add up to.
#[derive(Default)]
struct Count {
    place: u64,
    sent: u64,
    lost: BTreeMap<&'static str, u64>,
}

impl Count {
    fn hear(&mut self, station: &Station) {
        while let Ok(Some(event)) = station.events.next(&mut self.place, Instant::now()) {
            match event {
                Event::BatchSent { count, .. } => self.sent += count,
                Event::RecordsLost { count, reason, .. } => {
                    *self.lost.entry(reason).or_default() += count;
                }
                _ => {}
            }
        }
    }
}

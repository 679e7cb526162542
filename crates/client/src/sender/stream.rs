//! One stream as the sender sees it: its reader, the window of its next batch, its ledger, its losses to report.

use std::collections::BTreeMap;
use std::time::Instant;

use dlogs_journal::{Limits, Loss, LossReason, Reader, RefusedReason, Taken};

use super::load::Load;
use super::parcel::Parcel;
use crate::events::Event;
use crate::ledger::{Ledger, Lost, LostReason};
use crate::set_aside::SetAside;
use crate::stats::Tally;
use crate::turns::Lane;
use crate::window::Window;

/// Losses in one header, so that it stays below the server's 64 KiB. The others come with the next batch.
const LOSSES_A_BATCH: usize = 400;

pub(crate) struct Stream {
    reader: Reader,
    id: String,
    pub(crate) window: Window,
    pub(crate) ledger: Ledger,
    /// Set aside and not yet told to the server.
    aside: Vec<Lost>,
}

impl Stream {
    pub(crate) fn live(reader: Reader, max_bytes: u64) -> Stream {
        Stream {
            id: reader.stream().to_string(),
            window: Window::new(max_bytes),
            ledger: Ledger::after(reader.released()),
            aside: Vec::new(),
            reader,
        }
    }

    /// A dead process's stream. What that process had set aside is told again: it may have died before it could.
    pub(crate) fn adopted(reader: Reader, max_bytes: u64, aside: &SetAside) -> Stream {
        let mut stream = Stream::live(reader, max_bytes);
        stream.aside = aside
            .of_stream(&stream.id)
            .into_iter()
            .filter(|seq| *seq <= stream.reader.released())
            .map(|seq| Lost { from: seq, to: seq, reason: LostReason::SetAside })
            .collect();
        stream
    }

    /// The one of two that a request is for.
    pub(crate) fn of<'a>(
        lane: Lane,
        live: &'a mut Stream,
        backlog: &'a mut Option<Stream>,
    ) -> &'a mut Stream {
        match (lane, backlog) {
            (Lane::Backlog, Some(stream)) => stream,
            _ => live,
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn label(&self) -> &[u8] {
        self.reader.label()
    }

    /// What this stream's process had refused, by reason.
    pub(crate) fn refused(&self) -> BTreeMap<&'static str, u64> {
        RefusedReason::ALL.iter().map(|reason| reason.name()).zip(self.reader.refused()).collect()
    }

    pub(crate) fn waiting(&self) -> u64 {
        self.reader.waiting()
    }

    pub(crate) fn released(&self) -> u64 {
        self.reader.released()
    }

    pub(crate) fn wants_proof(&self) -> bool {
        self.window.wants_proof()
    }

    pub(crate) fn has_losses(&self) -> bool {
        !self.aside.is_empty() || !self.reader.losses().is_empty()
    }

    /// Something to send, or to find out that there is nothing.
    pub(crate) fn has_something(&self) -> bool {
        self.waiting() > 0 || self.has_losses() || self.is_done()
    }

    pub(crate) fn is_done(&self) -> bool {
        self.reader.finished() && self.waiting() == 0 && !self.has_losses()
    }

    fn take(&mut self, now: Instant, frames: &mut Vec<u8>) -> Taken {
        let limits = Limits {
            max_records: usize::try_from(self.window.records().min(50_000)).unwrap_or(1).max(1),
            max_bytes: usize::try_from(self.window.bytes()).unwrap_or(usize::MAX),
        };
        self.reader.take(limits, now, frames)
    }

    /// Puts the next batch into a load; `ending`: nothing is logged any more. False: there is nothing that could travel.
    pub(crate) fn load(&mut self, now: Instant, ending: bool, load: &mut Load) -> bool {
        let taken = self.take(now, load.empty());
        load.parcel = match taken {
            Taken::Batch { first_seq, last_seq, count, salt } => {
                let (count, frame_bytes) = (count as u64, load.frames().len() as u64);
                Parcel {
                    first_seq,
                    last_seq,
                    count,
                    salt,
                    frame_bytes,
                    ..self.empty_parcel(ending)
                }
            }
            Taken::Nothing if self.has_losses() => self.empty_parcel(ending),
            Taken::Nothing | Taken::Uncommitted { .. } => return false,
        };
        true
    }

    /// Whether what waits behind these records fills a batch, if it is as long as they are.
    pub(crate) fn fills_another(&self, taken: &Parcel) -> bool {
        let behind = (self.released() + self.waiting()).saturating_sub(taken.last_seq);
        taken.count > 0 && behind * taken.frame_bytes >= self.window.bytes() * taken.count
    }

    /// A batch without frames, at the place where the stream stands.
    pub(crate) fn empty_parcel(&self, ending: bool) -> Parcel {
        let next = self.reader.next_seq();
        let own = self.reader.losses().iter().map(|loss| Lost {
            from: loss.from,
            to: loss.to,
            reason: reason(loss.reason),
        });
        Parcel {
            stream: self.id.clone(),
            first_seq: next,
            last_seq: next - 1,
            losses: own.chain(self.aside.iter().cloned()).take(LOSSES_A_BATCH).collect(),
            end_of_stream: ending && self.reader.finished(),
            ..Parcel::default()
        }
    }

    /// Counts what the journal has newly found to be lost.
    pub(crate) fn count_losses(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        for loss in self.reader.losses() {
            let reason = reason(loss.reason);
            let count = self.ledger.lose(loss.from, loss.to, reason);
            if count > 0 {
                events.push(Event::RecordsLost {
                    stream: self.id.clone(),
                    from: loss.from,
                    to: loss.to,
                    count,
                    reason: reason.as_str(),
                });
            }
        }
        events
    }

    pub(crate) fn lose(&mut self, seq: u64, reason: LostReason) -> Event {
        let count = self.ledger.lose(seq, seq, reason);
        Event::RecordsLost {
            stream: self.id.clone(),
            from: seq,
            to: seq,
            count,
            reason: reason.as_str(),
        }
    }

    /// The server has everything through here, and knows these losses.
    pub(crate) fn acknowledge(&mut self, through: u64, told: &[Lost]) {
        let known: Vec<Loss> = self
            .reader
            .losses()
            .iter()
            .copied()
            .filter(|loss| told.iter().any(|told| is_same(told, loss)))
            .collect();
        self.reader.forget_losses(&known);
        self.aside.retain(|lost| !told.contains(lost));
        self.reader.release(through);
        self.ledger.release(self.reader.released());
    }

    /// The record is in its file: the stream goes on behind it, and the server will be told.
    pub(crate) fn put_aside(&mut self, seq: u64) {
        self.aside.push(Lost { from: seq, to: seq, reason: LostReason::SetAside });
        self.window.set_aside();
        self.reader.release(seq);
        self.ledger.release(self.reader.released());
    }

    pub(crate) fn rewind(&mut self, to_seq: u64) {
        self.reader.rewind(to_seq);
    }

    pub(crate) fn count_into(&self, tally: &mut Tally) {
        tally.acked = self.ledger.stored();
        for reason in LostReason::ALL {
            tally.lost.insert(reason.as_str(), self.ledger.lost(reason));
        }
    }

    pub(crate) fn finish(self) {
        self.reader.finish();
    }
}

fn reason(reason: LossReason) -> LostReason {
    match reason {
        LossReason::Torn => LostReason::Torn,
        LossReason::Expired => LostReason::Expired,
        LossReason::Corrupt => LostReason::Corrupt,
    }
}

fn is_same(told: &Lost, loss: &Loss) -> bool {
    told.from == loss.from && told.to == loss.to && told.reason == reason(loss.reason)
}

//! The thread for the network: asks the engine, takes a batch, sends it, obeys the verdict. Decides nothing itself.

mod ahead;
mod answer;
mod load;
mod parcel;
mod run;
mod ship;
mod stream;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use dlogs_journal::Reader;
use serde_json::Value;

use self::load::{Load, Press};
pub(crate) use self::run::spawn;
pub use self::ship::{Shipped, ship};
use self::stream::Stream;
use crate::batch::{Cut, Queue};
use crate::clock::{Clock, SystemClock};
use crate::engine::{Action, Change, Engine, Heard, Input, Rules, View};
use crate::events::Event;
use crate::retry::{Backoff, Trouble, Wait};
use crate::set_aside::SetAside;
use crate::station::{Card, Station};
use crate::stats::Tally;
use crate::transport::Transport;
use crate::turns::Lane;

/// How soon to look again at a frame whose writer is in the middle of the append.
const WRITER_MS: u64 = 5;
/// How soon to look again at an adopted stream that gives nothing.
const BACKLOG_MS: u64 = 1000;

pub(crate) struct Sender {
    station: Arc<Station>,
    clock: Box<dyn Clock>,
    /// Zero of the engine's milliseconds.
    epoch: Instant,
    engine: Engine,
    live: Stream,
    backlog: Option<Stream>,
    transport: Box<dyn Transport>,
    press: Press,
    /// What is sent.
    load: Load,
    /// What follows it, and whose it is if it is packed.
    next: Load,
    ahead: Option<Lane>,
    aside: SetAside,
    tally: Tally,
    dice: u64,
    urgent_ms: Option<u64>,
    blocked_until_ms: Option<u64>,
    /// The adopted stream had nothing to take though something waits in it: not before then again.
    backlog_at_ms: u64,
    closing: Option<Instant>,
    farewell_said: bool,
    /// What the last failure was, for the events that the engine raises.
    last_error: String,
}

/// What the thread does after a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another turn at once.
    Turn,
    /// Sleep until then, or until this sequence number is accepted.
    Sleep { until: Instant, ring_seq: u64 },
    /// The thread's work is over.
    End,
}

impl Sender {
    pub(crate) fn new(
        station: Arc<Station>,
        reader: Reader,
        transport: Box<dyn Transport>,
    ) -> Sender {
        Sender::with_clock(station, reader, transport, Box::new(SystemClock))
    }

    pub(crate) fn with_clock(
        station: Arc<Station>,
        reader: Reader,
        transport: Box<dyn Transport>,
        clock: Box<dyn Clock>,
    ) -> Sender {
        let options = &station.options;
        let rules = Rules {
            cut: Cut { batch_size: options.batch_size, interval_ms: options.batch_interval_ms },
            backoff: Backoff {
                initial_ms: options.retry_initial_ms.min(options.retry_max_ms),
                max_ms: options.retry_max_ms,
            },
            failed_after: u32::try_from(options.failed_after).unwrap_or(u32::MAX),
            heartbeat_ms: options.heartbeat_ms,
        };
        let dice = clock.wall_ns().unsigned_abs() ^ (u64::from(std::process::id()) << 32);
        let mut sender = Sender {
            epoch: clock.now(),
            clock,
            engine: Engine::new(rules),
            live: Stream::live(reader, options.batch_max_bytes),
            backlog: None,
            transport,
            press: Press::new(options.compression),
            load: Load::new(),
            next: Load::new(),
            ahead: None,
            aside: SetAside::new(crate::station::set_aside_folder_of(&station)),
            tally: Tally::default(),
            dice: dice | 1,
            urgent_ms: None,
            blocked_until_ms: None,
            backlog_at_ms: 0,
            closing: None,
            farewell_said: false,
            last_error: String::new(),
            station,
        };
        sender.step(Input::Start);
        sender
    }

    /// One turn: look, and do what the engine says.
    pub(crate) fn turn(&mut self) -> Next {
        let view = self.look();
        for action in self.step(Input::Look(view)) {
            match action {
                Action::Tell(_) => {}
                Action::Send(lane) => self.send(lane, true),
                Action::Heartbeat => self.send(Lane::Live, false),
                Action::Sleep { until_ms, ring_at } => {
                    let until = self.epoch + Duration::from_millis(until_ms);
                    let ring_seq = self.live.released().saturating_add(ring_at);
                    return Next::Sleep { until, ring_seq };
                }
                Action::End => return Next::End,
            }
        }
        Next::Turn
    }

    /// What waits, and what the host's threads ask for.
    fn look(&mut self) -> View {
        let now_ms = self.now_ms();
        let (flush_through, close_by, mut adopted) = {
            let mut requests = self.station.requests();
            (requests.flush_through, requests.close_by, std::mem::take(&mut requests.adopted))
        };
        if let (Some(by), None) = (close_by, self.closing) {
            self.closing = Some(by);
            // Its header does not tell the end of the stream.
            self.put_back();
            let deadline_ms = self.ms_of(by);
            self.step(Input::Close { deadline_ms });
        }
        if let Some(reader) = adopted.pop() {
            self.adopt(reader);
        }
        if self.station.doorbell.is_urgent() {
            self.urgent_ms.get_or_insert(now_ms);
        }
        self.blocked_until_ms = self.blocked_until_ms.filter(|until| *until > now_ms);
        let waiting = self.live.waiting();
        View {
            live: Queue {
                waiting,
                urgent_ms: self.urgent_ms,
                flush: flush_through > self.live.released(),
                blocked_until_ms: self.blocked_until_ms,
            },
            backlog: now_ms >= self.backlog_at_ms
                && self.backlog.as_ref().is_some_and(Stream::has_something),
            proof: self.live.wants_proof()
                || self.backlog.as_ref().is_some_and(Stream::wants_proof),
            farewell_said: self.farewell_said,
        }
    }

    fn adopt(&mut self, reader: Reader) {
        let stream = Stream::adopted(reader, self.station.options.batch_max_bytes, &self.aside);
        let event = Event::Adopted { stream: stream.id().to_owned(), waiting: stream.waiting() };
        self.station.events.push(event);
        self.backlog = Some(stream);
        self.backlog_at_ms = 0;
    }

    /// Takes a batch of a stream and sends it. Without `records`: an empty one, which is every stream's heartbeat.
    fn send(&mut self, lane: Lane, records: bool) {
        if records && self.load_ahead(lane) {
            return self.dispatch(lane);
        }
        let now = self.clock.now();
        if !records {
            // An empty batch says where the stream stands.
            self.put_back();
        } else {
            self.calm(lane);
        }
        let ending = self.is_ending(lane);
        let stream = Stream::of(lane, &mut self.live, &mut self.backlog);
        let loaded = if records {
            stream.load(now, ending, &mut self.load)
        } else {
            self.load.empty();
            self.load.parcel = stream.empty_parcel(ending);
            true
        };
        self.count_losses(lane);
        if loaded {
            let client = self.client_block(lane);
            self.press.pack(&mut self.load, &client);
            return self.dispatch(lane);
        }
        if lane == Lane::Live {
            self.blocked_until_ms = Some(self.now_ms() + WRITER_MS);
        } else {
            self.backlog_at_ms = self.now_ms() + BACKLOG_MS;
            self.finish_backlog();
        }
        self.step(Input::Nothing);
    }

    /// Sends what is loaded, and does what the answer says.
    fn dispatch(&mut self, lane: Lane) {
        self.publish();
        let mut timeout = Duration::from_millis(self.station.options.request_timeout_ms);
        let begun = self.clock.now();
        if let Some(by) = self.closing {
            let left = by.saturating_duration_since(begun);
            timeout = timeout.min(left.max(Duration::from_millis(1)));
        }
        let (reply, took) = self.exchange(lane, begun, timeout);
        let parcel = std::mem::take(&mut self.load.parcel);
        self.answered(lane, &parcel, &reply, millis(took));
    }

    /// Before frames of a stream are taken: an ERROR that comes later rings anew.
    fn calm(&mut self, lane: Lane) {
        if lane == Lane::Live {
            self.station.doorbell.calm();
            self.urgent_ms = None;
        }
    }

    /// Whether nothing comes behind what waits in a stream, which its last batch tells.
    fn is_ending(&self, lane: Lane) -> bool {
        lane == Lane::Live && self.closing.is_some()
    }

    /// Counts what was found to be lost when a batch was taken.
    fn count_losses(&mut self, lane: Lane) {
        for event in self.stream(lane).count_losses() {
            self.station.events.push(event);
        }
    }

    /// What tells the server about the process whose records travel.
    fn client_block(&self, lane: Lane) -> Value {
        if let (Lane::Backlog, Some(stream)) = (lane, &self.backlog) {
            let card = Card::read(stream.label());
            return card.adopted_by(self.live.id(), &stream.refused(), stream.waiting());
        }
        let statistics = serde_json::to_value(self.station.stats()).unwrap_or_default();
        self.station.card.with(&[
            ("state", self.engine.state().as_str().into()),
            ("activity", self.engine.activity().map_or(Value::Null, |a| a.as_str().into())),
            ("statistics", statistics),
        ])
    }

    /// An adopted stream that has nothing more: its directory goes, and the keeper looks for the next one.
    fn finish_backlog(&mut self) {
        if self.backlog.as_ref().is_some_and(Stream::is_done) {
            if let Some(stream) = self.backlog.take() {
                stream.finish();
            }
            self.station.requests().wants_orphan = true;
            self.station.keeper_bell.ring();
        }
    }

    /// A step of the engine; its events go to the listeners.
    fn step(&mut self, input: Input) -> Vec<Action> {
        let actions = self.engine.step(input, self.now_ms());
        for action in &actions {
            if let Action::Tell(change) = action {
                self.tell(*change);
            }
        }
        if !actions.is_empty() {
            self.publish();
        }
        actions
    }

    fn tell(&mut self, change: Change) {
        let error = self.last_error.clone();
        let event = match change {
            Change::State { from, to } => Event::StateChanged { from, to },
            Change::ConnectionFailed { trouble } => {
                Event::ConnectionFailed { reason: trouble.as_str(), error }
            }
            Change::ConnectionRestored { outage_ms } => {
                self.tally.last_outage_ms = Some(outage_ms);
                Event::ConnectionRestored { outage_ms }
            }
            Change::Alert { trouble, failures } => Event::Alert {
                reason: trouble.as_str(),
                message: format!(
                    "{failures} failures in a row; records wait in the journal. Last: {error}"
                ),
            },
        };
        self.station.events.push(event);
    }

    /// Lets the host's threads see where the sender stands.
    fn publish(&mut self) {
        self.tally.state = self.engine.state();
        self.tally.activity = self.engine.activity();
        self.live.count_into(&mut self.tally);
        self.station.tally().clone_from(&self.tally);
        self.station.progress.reached(self.live.released());
    }

    fn roll(&mut self) -> u64 {
        // xorshift64 (Marsaglia 2003): enough for jitter.
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice
    }

    fn now_ms(&self) -> u64 {
        self.ms_of(self.clock.now())
    }

    fn ms_of(&self, instant: Instant) -> u64 {
        millis(instant.saturating_duration_since(self.epoch))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Nothing was acknowledged though the answer is ours: the same again at once would be a busy loop.
const STALLED: Heard = Heard::Again(Wait::Backoff, Trouble::Server);

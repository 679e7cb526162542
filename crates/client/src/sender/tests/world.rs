//! A sender with a scripted transport and a clock of its own: no thread, no socket, no waiting.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::clock::Clock;
use crate::options::Options;
use crate::outcome::Outcome;
use crate::retry::{OurAnswer, Reply};
use crate::sender::{Next, Sender, millis};
use crate::station::Station;
use crate::transport::{Outgoing, Transport};

#[derive(Clone)]
pub(super) struct TestClock {
    zero: Instant,
    ms: Arc<Mutex<u64>>,
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        self.zero + Duration::from_millis(*self.ms.lock().unwrap())
    }
}

type Script = Box<dyn FnMut(&Value) -> Option<Reply> + Send>;

/// Headers of what was sent; answers as the script says, else acknowledges.
#[derive(Clone)]
pub(super) struct Wire {
    pub(super) sent: Arc<Mutex<Vec<Value>>>,
    script: Arc<Mutex<Script>>,
}

impl Transport for Wire {
    fn send(&mut self, outgoing: &Outgoing<'_>) -> Reply {
        let plain = zstd::bulk::decompress(outgoing.body, 64 << 20).unwrap();
        let length = u32::from_le_bytes(plain[..4].try_into().unwrap()) as usize;
        let header: Value = serde_json::from_slice(&plain[4..4 + length]).unwrap();
        assert_eq!(
            seqs(&plain[4 + length..]),
            covered(&header),
            "the frames are what the header says"
        );
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        let reply = script(&header);
        let last = header["last_seq"].clone();
        self.sent.lock().unwrap().push(header);
        reply.unwrap_or_else(|| status(200, json!({"acked_through": last})))
    }
}

fn covered(header: &Value) -> Vec<u64> {
    (header["first_seq"].as_u64().unwrap()..=header["last_seq"].as_u64().unwrap()).collect()
}

fn seqs(mut frames: &[u8]) -> Vec<u64> {
    let mut seqs = Vec::new();
    while !frames.is_empty() {
        let number = |at: usize| u32::from_le_bytes(frames[at..at + 4].try_into().unwrap());
        seqs.push(u64::from(number(16)));
        frames = &frames[(24 + number(0) as usize).next_multiple_of(8)..];
    }
    seqs
}

pub(super) fn status(status: u16, mut body: Value) -> Reply {
    body["dlogs"] = 1.into();
    let ours = OurAnswer::read(body.to_string().as_bytes());
    Reply::Answer { status, ours, retry_after_ms: None }
}

pub(super) struct World {
    pub(super) station: Arc<Station>,
    pub(super) sender: Sender,
    pub(super) wire: Wire,
    pub(super) clock: TestClock,
}

impl World {
    pub(super) fn new(
        more: Value,
        script: impl FnMut(&Value) -> Option<Reply> + Send + 'static,
    ) -> World {
        let mut explicit = Map::from_iter([("journal".to_owned(), json!("memory"))]);
        if let Value::Object(more) = more {
            explicit.extend(more);
        }
        let options = Arc::new(Options::from_map(explicit).unwrap());
        let wire = Wire { sent: Arc::default(), script: Arc::new(Mutex::new(Box::new(script))) };
        let out = wire.clone();
        let station =
            Station::open(options, Arc::new(move |_: &Options| Box::new(out.clone()) as _))
                .unwrap();
        // The threads are never started: the test takes the turns.
        let reader = station.take_reader().unwrap();
        let clock = TestClock { zero: Instant::now(), ms: Arc::default() };
        let sender = Sender::with_clock(
            Arc::clone(&station),
            reader,
            Box::new(wire.clone()),
            Box::new(clock.clone()),
        );
        World { station, sender, wire, clock }
    }

    pub(super) fn log(&self, count: u64) {
        let mut body = Vec::new();
        dlogs_record::Encoder::new(&mut body, crate::Level::Info, crate::Kind::Log, 0, "m")
            .finish();
        for _ in 0..count {
            let outcome = self.station.append_checked(&body, false);
            assert!(matches!(outcome, Outcome::Accepted(_)));
        }
    }

    /// One turn, which is one request where something is to be sent.
    pub(super) fn turn(&mut self) {
        assert_eq!(self.sender.turn(), Next::Turn);
    }

    /// Turns and sleeps until nothing waits, or the sender's work is over.
    pub(super) fn finish(&mut self) {
        let mut wait = self.run();
        while wait != u64::MAX && self.station.stats().waiting > 0 {
            wait = self.pass(wait);
        }
    }

    /// As the host's close does it.
    pub(super) fn close(&self) {
        self.station.journal.close();
        self.station.requests().close_by = Some(self.clock.now() + Duration::from_secs(2));
    }

    /// What is packed ahead.
    pub(super) fn packed(&self) -> Option<(u64, u64)> {
        let parcel = &self.sender.next.parcel;
        self.sender.ahead.map(|_| (parcel.first_seq, parcel.last_seq))
    }

    /// The header of a request, counted from 0.
    pub(super) fn header(&self, place: usize) -> Value {
        self.wire.sent.lock().unwrap()[place].clone()
    }

    /// Turns until it wants to sleep; returns for how many milliseconds.
    pub(super) fn run(&mut self) -> u64 {
        for _ in 0..1000 {
            match self.sender.turn() {
                Next::Turn => {}
                Next::Sleep { until, .. } => {
                    return millis(until.saturating_duration_since(self.clock.now()));
                }
                Next::End => return u64::MAX,
            }
        }
        panic!("a busy loop");
    }

    pub(super) fn pass(&mut self, ms: u64) -> u64 {
        *self.clock.ms.lock().unwrap() += ms;
        self.run()
    }

    pub(super) fn sent(&self) -> Vec<(u64, u64)> {
        let number = |header: &Value, key: &str| header[key].as_u64().unwrap();
        let sent = self.wire.sent.lock().unwrap();
        sent.iter().map(|h| (number(h, "first_seq"), number(h, "last_seq"))).collect()
    }

    pub(super) fn law(&self) {
        let stats = self.station.stats();
        assert_eq!(stats.accepted, stats.acked + stats.lost_in_all() + stats.waiting);
    }
}

//! Turns of a sender with a scripted transport and a clock of its own: no thread, no socket, no waiting.
#![allow(clippy::unwrap_used, reason = "the functions of a test are tests")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::*;
use crate::options::Options;
use crate::outcome::Outcome;
use crate::retry::{Broken, OurAnswer, Reply};

#[derive(Clone)]
struct TestClock {
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
struct Wire {
    sent: Arc<Mutex<Vec<Value>>>,
    script: Arc<Mutex<Script>>,
}

impl Transport for Wire {
    fn send(&mut self, outgoing: &Outgoing<'_>) -> Reply {
        let plain = zstd::bulk::decompress(outgoing.body, 64 << 20).unwrap();
        let length = u32::from_le_bytes(plain[..4].try_into().unwrap()) as usize;
        let header: Value = serde_json::from_slice(&plain[4..4 + length]).unwrap();
        let reply = (self.script.lock().unwrap())(&header);
        let last = header["last_seq"].clone();
        self.sent.lock().unwrap().push(header);
        reply.unwrap_or_else(|| status(200, json!({"acked_through": last})))
    }
}

fn status(status: u16, mut body: Value) -> Reply {
    body["dlogs"] = 1.into();
    let ours = OurAnswer::read(body.to_string().as_bytes());
    Reply::Answer { status, ours, retry_after_ms: None }
}

struct World {
    station: Arc<Station>,
    sender: Sender,
    wire: Wire,
    clock: TestClock,
}

impl World {
    fn new(more: Value, script: impl FnMut(&Value) -> Option<Reply> + Send + 'static) -> World {
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

    fn log(&self, count: u64) {
        let mut body = Vec::new();
        dlogs_record::Encoder::new(&mut body, crate::Level::Info, crate::Kind::Log, 0, "m")
            .finish();
        for _ in 0..count {
            let outcome = self.station.append_checked(&body, false);
            assert!(matches!(outcome, Outcome::Accepted(_)));
        }
    }

    /// Turns until it wants to sleep; returns for how many milliseconds.
    fn run(&mut self) -> u64 {
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

    fn pass(&mut self, ms: u64) -> u64 {
        *self.clock.ms.lock().unwrap() += ms;
        self.run()
    }

    fn sent(&self) -> Vec<(u64, u64)> {
        let number = |header: &Value, key: &str| header[key].as_u64().unwrap();
        let sent = self.wire.sent.lock().unwrap();
        sent.iter().map(|h| (number(h, "first_seq"), number(h, "last_seq"))).collect()
    }

    fn law(&self) {
        let stats = self.station.stats();
        assert_eq!(stats.accepted, stats.acked + stats.lost_in_all() + stats.waiting);
    }
}

#[test]
fn batches_follow_the_interval_and_heartbeats_the_silence() {
    let mut world = World::new(json!({}), |_| None);
    assert_eq!(world.run(), 1000, "the first heartbeat comes soon");
    world.log(1);
    world.run();
    assert_eq!(world.sent(), [(1, 1)]);
    world.log(3);
    let wait = world.run();
    assert_eq!(wait, 5000);
    world.pass(4999);
    assert_eq!(world.sent().len(), 1);
    world.pass(1);
    assert_eq!(world.sent(), [(1, 1), (2, 4)]);
    world.pass(10_000);
    assert_eq!(world.sent().last(), Some(&(5, 4)), "a heartbeat");
    world.law();
}

#[test]
fn what_came_during_an_outage_joins_one_batch() {
    let mut down = 2;
    let mut world = World::new(json!({}), move |_| {
        down -= 1;
        (down >= 0).then(|| Reply::None(Broken::Connect, "refused".into()))
    });
    world.log(1);
    let wait = world.run();
    assert!((500..=1000).contains(&wait), "{wait}");
    world.log(200);
    let wait = world.pass(wait);
    assert!((1000..=2000).contains(&wait), "{wait}");
    world.pass(wait);
    assert_eq!(world.sent(), [(1, 1), (1, 201), (1, 201)]);
    assert_eq!(world.station.stats().acked, 201);
    world.law();
}

#[test]
fn a_batch_that_breaks_the_server_is_bisected_after_twenty_refusals() {
    let breaks = |header: &Value| {
        let empty = header["last_seq"].as_u64() < header["first_seq"].as_u64();
        (header["first_seq"] == 1 && !empty).then(|| status(500, json!({})))
    };
    let mut world = World::new(json!({"retry_max_ms": 1000}), breaks);
    world.log(3);
    let mut wait = world.run();
    while world.station.stats().waiting > 0 {
        wait = world.pass(wait);
        assert!(world.sent().len() < 200, "never set aside");
    }
    let stats = world.station.stats();
    assert_eq!((stats.acked, stats.lost["set_aside"]), (2, 1), "{stats:?}");
    assert!(stats.failed >= 20, "{}", stats.failed);
    world.law();
}

#[test]
fn nothing_acknowledged_is_no_busy_loop() {
    let mut world = World::new(json!({}), |_| Some(status(200, json!({"acked_through": 0}))));
    world.log(1);
    assert!(world.run() >= 500);
    assert_eq!(world.sent().len(), 1);
}

#[test]
fn close_sends_says_farewell_and_ends() {
    let mut world = World::new(json!({}), |_| None);
    world.run();
    world.log(3);
    world.station.journal.close();
    world.station.requests().close_by = Some(world.clock.now() + Duration::from_secs(2));
    assert_eq!(world.run(), u64::MAX);
    assert_eq!(world.sent(), [(1, 3)]);
    assert_eq!(world.wire.sent.lock().unwrap()[0]["end_of_stream"], true);
    assert_eq!(world.station.stats().waiting, 0);
}

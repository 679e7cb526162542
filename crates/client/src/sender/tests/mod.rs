//! Turns of a sender: what is sent when, and what becomes of it.
#![allow(clippy::unwrap_used, reason = "the functions of a test are tests")]

mod ahead;
mod world;

use serde_json::{Value, json};

use self::world::{World, status};
use crate::retry::{Broken, Reply};

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
    world.close();
    assert_eq!(world.run(), u64::MAX);
    assert_eq!(world.sent(), [(1, 3)]);
    assert_eq!(world.wire.sent.lock().unwrap()[0]["end_of_stream"], true);
    assert_eq!(world.station.stats().waiting, 0);
}

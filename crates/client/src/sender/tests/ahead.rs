//! What is packed while a request is in flight: sent when everything before it is stored, put back after any other answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dlogs_journal::{Journal, Settings};
use serde_json::{Value, json};

use super::world::{World, status};
use crate::retry::{Broken, Reply};
use crate::turns::Lane;

/// Of the records that a test logs, so many fill a batch.
const FULL: u64 = 21;
const RECORDS: u64 = 100;

/// A world with five batches in it, the first of which is answered by `first`, and the others are acknowledged.
fn world(first: impl Fn(&Value) -> Option<Reply> + Send + 'static) -> World {
    let mut first = Some(first);
    let mut world = World::new(json!({"batch_max_bytes": 1024, "batch_size": 10}), move |header| {
        first.take().and_then(|first| first(header))
    });
    world.log(RECORDS);
    world.turn();
    world
}

/// Everything arrives, in order, from `next` on: in batches that begin where the one before them ended.
fn the_rest_arrives(mut world: World, next: u64) {
    world.finish();
    let mut next = next;
    for (first, last) in world.sent().into_iter().skip(1) {
        assert_eq!(first, next);
        next = last + 1;
    }
    assert_eq!(next, RECORDS + 1);
    let stats = world.station.stats();
    assert_eq!((stats.acked, stats.waiting, stats.lost_in_all()), (RECORDS, 0, 0));
    world.law();
}

#[test]
fn what_follows_is_packed_and_sent_when_all_before_it_is_stored() {
    let mut world = world(|_| None);
    assert_eq!(world.sent(), [(1, FULL)]);
    assert_eq!(world.packed(), Some((FULL + 1, 2 * FULL)));
    // Even what the header says is of the time when it was packed: the first batch was not yet acknowledged.
    world.turn();
    let statistics = world.header(1)["client"]["statistics"].clone();
    assert_eq!((&statistics["acked"], &statistics["waiting"]), (&0.into(), &RECORDS.into()));
    the_rest_arrives(world, FULL + 1);
}

#[test]
fn less_than_a_full_batch_is_left_for_what_still_comes() {
    let mut world = World::new(json!({"batch_max_bytes": 1024, "batch_size": 10}), |_| None);
    world.log(2 * FULL - 1);
    world.turn();
    assert_eq!((world.sent(), world.packed()), (vec![(1, FULL)], None));
    world.log(1);
    world.turn();
    assert_eq!(world.sent(), [(1, FULL), (FULL + 1, 2 * FULL)]);
}

#[test]
fn a_busy_server_gets_the_same_batch_again() {
    let world = world(|_| Some(status(503, json!({}))));
    assert_eq!(world.packed(), None);
    the_rest_arrives(world, 1);
}

#[test]
fn no_answer_in_time_is_no_answer() {
    let world = world(|_| Some(Reply::None(Broken::Timeout, "no answer in time".into())));
    assert_eq!(world.packed(), None);
    the_rest_arrives(world, 1);
}

#[test]
fn too_large_is_halved_before_what_follows_is_sent() {
    let mut world = world(|_| Some(status(413, json!({}))));
    assert_eq!(world.packed(), None);
    world.turn();
    assert_eq!(world.sent(), [(1, FULL), (1, FULL / 2)]);
    the_rest_arrives(world, 1);
}

#[test]
fn poison_is_bisected_before_what_follows_is_sent() {
    let mut world = world(|_| Some(status(400, json!({}))));
    world.turn();
    assert_eq!(world.sent(), [(1, FULL), (1, FULL.div_ceil(2))]);
    the_rest_arrives(world, 1);
}

#[test]
fn what_was_not_acknowledged_comes_before_what_follows() {
    let world = world(|_| Some(status(200, json!({"acked_through": 7}))));
    assert_eq!((world.packed(), world.station.stats().acked), (None, 7));
    the_rest_arrives(world, 8);
}

#[test]
fn rejected_records_are_out_of_the_batch_that_was_in_flight() {
    let rejected = json!([{"seq": 3, "reason": "too_old"}]);
    let mut world =
        world(move |_| Some(status(200, json!({"acked_through": FULL, "rejected": rejected}))));
    world.finish();
    let stats = world.station.stats();
    assert_eq!((stats.acked, stats.lost["rejected"]), (RECORDS - 1, 1));
    world.law();
}

#[test]
fn a_panic_takes_nothing_with_it() {
    let mut panics = 1;
    let mut world = World::new(json!({"batch_max_bytes": 1024, "batch_size": 10}), move |_| {
        panics -= 1;
        assert_ne!(panics, 0, "as asked for");
        None
    });
    world.log(RECORDS);
    assert!(catch_unwind(AssertUnwindSafe(|| world.turn())).is_err());
    world.sender.start_over();
    assert_eq!(world.packed(), None);
    world.finish();
    assert_eq!((world.sent()[0], world.station.stats().acked), ((1, FULL), RECORDS));
    world.law();
}

#[test]
fn a_close_tells_the_end_of_the_stream_with_the_last_batch() {
    let mut world = world(|_| None);
    assert!(world.packed().is_some());
    world.close();
    world.finish();
    let ends: Vec<u64> = (0..world.sent().len())
        .map(|place| world.header(place))
        .filter(|header| header["end_of_stream"] == true)
        .map(|header| header["last_seq"].as_u64().unwrap())
        .collect();
    assert_eq!(ends, [RECORDS]);
    the_rest_arrives(world, FULL + 1);
}

#[test]
fn an_empty_batch_says_where_the_stream_stands_not_what_is_packed() {
    let mut world = world(|_| None);
    assert!(world.packed().is_some());
    world.sender.send(Lane::Live, false);
    assert_eq!(world.sent()[1], (FULL + 1, FULL));
    the_rest_arrives(world, FULL + 1);
}

#[test]
fn another_streams_turn_leaves_it_packed() {
    let mut world = world(|_| None);
    let dead = Journal::open(Settings::default()).unwrap();
    for _ in 0..3 {
        dead.journal.append(1, false, b"left behind").unwrap();
    }
    world.sender.adopt(dead.reader);
    let packed = world.packed();
    world.sender.send(Lane::Backlog, true);
    assert_eq!((world.sent()[1], world.packed()), ((1, 3), packed));
    world.sender.send(Lane::Live, true);
    assert_eq!(world.sent().last(), packed.as_ref());
    world.finish();
    assert_eq!(world.station.stats().acked, RECORDS);
}

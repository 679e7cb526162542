//! The inbox: counts stay exact, whatever a viewer does.

use std::sync::Arc;
use std::time::Instant;

use dlogs_record::Level;
use proptest::prelude::*;
use serde_json::Value;

use super::super::inbox::Inbox;
use super::super::shown::Shown;
use super::super::slot::Slot;

/// A frame of `n` errors, of which at most 50 are shown.
fn frame(n: usize) -> Arc<Shown> {
    let now = Instant::now();
    let mut slot = Slot::new(10, now, 1);
    for i in 0..n {
        slot.offer(Level::Error, || format!("{{\"i\":{i}}}").into());
    }
    Arc::new(Shown::of(&slot.take(now).unwrap()))
}

/// Rows of a message, and its counts.
fn read(shown: &Shown) -> (u64, u64, u64) {
    let said: Value = serde_json::from_str(&shown.message()).unwrap();
    let rows = said["rows"].as_array().unwrap().len() as u64;
    let number = |name: &str| said[name].as_u64().unwrap();
    assert_eq!(number("matched"), rows + number("skipped"), "matched = shown + skipped");
    let by_level = said["skipped_by_level"].as_object().unwrap();
    assert_eq!(by_level.values().map(|n| n.as_u64().unwrap()).sum::<u64>(), number("skipped"));
    assert_eq!(rows, shown.rows);
    (rows, number("matched"), number("skipped"))
}

#[test]
fn a_frame_goes_to_everybody_as_the_same_bytes() {
    let (mut one, mut other) = (Inbox::default(), Inbox::default());
    let shown = frame(3);
    one.put(&shown);
    other.put(&shown);
    let (one, other) = (one.take().unwrap().message(), other.take().unwrap().message());
    assert_eq!(one.as_ptr(), other.as_ptr());
}

#[test]
fn frames_that_waited_come_as_one() {
    let mut inbox = Inbox::default();
    [frame(3), frame(60), frame(1)].iter().for_each(|frame| inbox.put(frame));
    assert_eq!(read(&inbox.take().unwrap()), (54, 64, 10));
    assert!(inbox.take().is_none());
}

#[test]
fn a_viewer_that_takes_nothing_costs_little_and_is_told_how_much_it_missed() {
    let mut inbox = Inbox::default();
    (0..1_000).for_each(|_| inbox.put(&frame(3)));
    assert_eq!(read(&inbox.take().unwrap()), (30, 3_000, 2_970), "the newest ten frames");

    let now = Instant::now();
    let mut slot = Slot::new(1, now, 1);
    slot.offer(Level::Info, || format!("\"{}\"", "x".repeat(3 << 20)).into());
    let heavy = Arc::new(Shown::of(&slot.take(now).unwrap()));
    (0..10).for_each(|_| inbox.put(&heavy));
    assert_eq!(read(&inbox.take().unwrap()), (1, 10, 9), "the newest alone");
}

#[test]
fn a_pause_counts_and_shows_nothing() {
    let mut inbox = Inbox::default();
    inbox.put(&frame(3));
    inbox.pause();
    inbox.put(&frame(4));
    assert_eq!(read(&inbox.take().unwrap()), (0, 7, 7));
    inbox.resume();
    inbox.put(&frame(5));
    assert_eq!(read(&inbox.take().unwrap()), (5, 5, 0));
}

proptest! {
    #[test]
    fn everything_is_shown_or_counted(steps in prop::collection::vec((1usize..80, 0u8..6), 1..60)) {
        let mut inbox = Inbox::default();
        let (mut put, mut told) = (0, 0);
        for (n, act) in steps {
            put += n as u64;
            inbox.put(&frame(n));
            match act {
                0 => inbox.pause(),
                1 => inbox.resume(),
                2 => told += inbox.take().map_or(0, |shown| read(&shown).1),
                _ => {}
            }
        }
        told += inbox.take().map_or(0, |shown| read(&shown).1);
        prop_assert_eq!(told, put);
    }
}

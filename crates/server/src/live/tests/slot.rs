//! The slot and the sample, with time as a value.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dlogs_record::Level;
use proptest::prelude::*;

use super::super::slot::{BUDGET_DEFAULT, Frame, Slot};

type Row = Arc<str>;

fn offer(slot: &mut Slot<Row>, level: Level, n: usize) {
    for i in 0..n {
        slot.offer(level, || format!("{level} {i}").into());
    }
}

fn assert_law(frame: &Frame<Row>) {
    assert_eq!(frame.matched, frame.rows.len() as u64 + frame.skipped, "matched = shown + skipped");
    assert_eq!(frame.skipped, frame.skipped_by_level.iter().sum::<u64>());
    assert_eq!(frame.matched, frame.matched_by_level.iter().sum::<u64>());
}

#[test]
fn nothing_matched_is_no_frame() {
    let now = Instant::now();
    assert!(Slot::<Row>::new(200, now, 1).take(now).is_none());
}

#[test]
fn a_batch_within_the_budget_is_shown_whole_and_in_order() {
    let now = Instant::now();
    let mut slot = Slot::new(200, now, 1);
    offer(&mut slot, Level::Info, 100);
    let frame = slot.take(now).unwrap();
    assert_law(&frame);
    let wanted: Vec<Row> = (0..100).map(|i| format!("INFO {i}").into()).collect();
    assert_eq!(frame.rows, wanted);
}

#[test]
fn above_the_budget_a_sample_is_shown_and_the_rest_counted() {
    let now = Instant::now();
    let mut slot = Slot::new(200, now, 1);
    offer(&mut slot, Level::Info, 480);
    let frame = slot.take(now).unwrap();
    assert_law(&frame);
    assert_eq!((frame.rows.len(), frame.matched, frame.skipped), (200, 480, 280));
    assert_eq!(frame.skipped_by_level, [0, 0, 280, 0, 0, 0]);
}

#[test]
fn a_sample_is_of_the_whole_second_not_of_its_beginning() {
    let now = Instant::now();
    let mut slot = Slot::new(200, now, 7);
    offer(&mut slot, Level::Info, 20_000);
    let frame = slot.take(now).unwrap();
    let number = |row: &Row| row.split(' ').nth(1).unwrap().parse::<usize>().unwrap();
    let late = frame.rows.iter().filter(|row| number(row) >= 10_000).count();
    assert!((60..140).contains(&late), "{late} of 200 come from the second half");
    assert!(frame.rows.is_sorted_by_key(number), "rows are in the order of storage");
}

#[test]
fn the_budget_holds_over_time() {
    let mut now = Instant::now();
    let mut slot = Slot::new(200, now, 1);
    let mut shown = 0;
    // 10 s at 10 000 records a second, frames every 100 ms.
    for _ in 0..100 {
        offer(&mut slot, Level::Info, 1_000);
        now += Duration::from_millis(100);
        let frame = slot.take(now).unwrap();
        assert_law(&frame);
        shown += frame.rows.len();
    }
    // One second's worth is saved up at the beginning.
    assert!((1_990..=2_200).contains(&shown), "{shown} rows in 10 s");
}

#[test]
fn every_error_is_shown_beyond_the_budget() {
    let mut now = Instant::now();
    let mut slot = Slot::new(200, now, 1);
    for _ in 0..20 {
        offer(&mut slot, Level::Info, 500);
        offer(&mut slot, Level::Error, 40);
        offer(&mut slot, Level::Critical, 10);
        now += Duration::from_millis(100);
        let frame = slot.take(now).unwrap();
        assert_law(&frame);
        assert_eq!(frame.skipped_by_level[4..], [0, 0], "500 errors a second are within the bound");
    }
}

#[test]
fn the_hard_bound_holds_for_errors_too() {
    let mut now = Instant::now();
    let mut slot = Slot::new(200, now, 1);
    let mut shown = 0;
    for _ in 0..50 {
        offer(&mut slot, Level::Error, 5_000);
        offer(&mut slot, Level::Info, 100);
        now += Duration::from_millis(100);
        let frame = slot.take(now).unwrap();
        assert_law(&frame);
        shown += frame.rows.len();
    }
    assert!(shown <= 6_000, "{shown} rows in 5 s against 1000 a second and one second saved up");
}

#[test]
fn a_stalled_viewer_costs_a_bounded_slot() {
    let now = Instant::now();
    let mut slot: Slot<Row> = Slot::new(BUDGET_DEFAULT, now, 1);
    offer(&mut slot, Level::Info, 100_000);
    offer(&mut slot, Level::Error, 100_000);
    assert!(slot.kept() <= 1_200, "{} rows", slot.kept());

    let heavy: Row = "x".repeat(256 * 1024).into();
    for _ in 0..100_000 {
        slot.offer(Level::Critical, || heavy.clone());
    }
    let frame = slot.take(now + Duration::from_secs(60)).unwrap();
    assert_law(&frame);
    assert_eq!(frame.matched, 300_000);
    let bytes: usize = frame.rows.iter().map(|row| row.len()).sum();
    assert!(bytes <= 5 * 1024 * 1024, "{bytes} bytes");
}

proptest! {
    #[test]
    fn matched_is_shown_plus_skipped(
        budget in 0u32..3_000,
        steps in prop::collection::vec((0u8..6, 0usize..400, 0u64..300, prop::bool::ANY), 1..40),
    ) {
        let mut now = Instant::now();
        let mut slot = Slot::new(budget, now, 3);
        let (mut offered, mut matched, mut shown) = (0, 0, 0);
        for (level, n, passed_ms, is_taken) in steps {
            offer(&mut slot, Level::from_u8(level).unwrap(), n);
            offered += n as u64;
            now += Duration::from_millis(passed_ms);
            if is_taken && let Some(frame) = slot.take(now) {
                assert_law(&frame);
                matched += frame.matched;
                shown += frame.rows.len();
                prop_assert!(frame.rows.len() <= 5 * budget.clamp(1, 1_000) as usize);
            }
        }
        if let Some(frame) = slot.take(now) {
            assert_law(&frame);
            matched += frame.matched;
            shown += frame.rows.len();
        }
        prop_assert_eq!(matched, offered);
        prop_assert!(shown as u64 <= offered);
    }
}

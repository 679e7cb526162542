//! The four reasons for a cut, and the wait that none of them exceeds.

use super::*;

const CUT: Cut = Cut { batch_size: 100, interval_ms: 5000 };

fn queue(waiting: u64) -> Queue {
    Queue { waiting, ..Queue::default() }
}

#[test]
fn nothing_waits_nothing_is_due() {
    assert_eq!(CUT.due_ms(&queue(0), Some(0), 99_999), None);
}

#[test]
fn the_first_record_after_an_idle_interval_is_due_at_once() {
    assert_eq!(CUT.due_ms(&queue(1), None, 70), Some(70));
    assert!(CUT.due_ms(&queue(1), Some(1000), 6000).is_some_and(|due| due <= 6000));
}

#[test]
fn the_second_waits_for_the_interval() {
    assert_eq!(CUT.due_ms(&queue(1), Some(1000), 1001), Some(6000));
}

#[test]
fn a_hundred_are_due_at_once() {
    assert_eq!(CUT.due_ms(&queue(99), Some(1000), 1001), Some(6000));
    assert_eq!(CUT.due_ms(&queue(100), Some(1000), 1001), Some(1001));
}

#[test]
fn an_error_is_due_after_50_ms() {
    let errors = Queue { waiting: 1, urgent_ms: Some(1001), ..Queue::default() };
    assert_eq!(CUT.due_ms(&errors, Some(1000), 1001), Some(1051));
}

#[test]
fn a_flush_is_due_at_once_but_not_before_the_writer_is_done() {
    let flush = Queue { waiting: 1, flush: true, ..Queue::default() };
    assert_eq!(CUT.due_ms(&flush, Some(1000), 1001), Some(1001));
    let blocked = Queue { blocked_until_ms: Some(1010), ..flush };
    assert_eq!(CUT.due_ms(&blocked, Some(1000), 1001), Some(1010));
}

#[test]
fn an_idle_sender_is_woken_by_one_record_a_busy_one_by_a_hundred() {
    assert_eq!(CUT.ring_at(None, 0), 1);
    assert_eq!(CUT.ring_at(Some(1000), 1001), 100);
    assert_eq!(CUT.ring_at(Some(1000), 6000), 1);
}

proptest::proptest! {
    #[test]
    fn no_record_waits_longer_than_the_interval(
        waiting in 1u64..200, last in 0u64..10_000, wait in 0u64..10_000
    ) {
        let now = last + wait;
        let due = CUT.due_ms(&queue(waiting), Some(last), now);
        proptest::prop_assert!(due.is_some_and(|due| due <= now.max(last + 5000)));
    }
}

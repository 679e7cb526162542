//! The backlog's quarter.

use super::*;

#[test]
fn both_want_and_the_backlog_gets_a_quarter() {
    let mut turns = Turns::default();
    let backlog = (0..400).filter(|_| turns.pick(true, true) == Some(Lane::Backlog)).count();
    assert_eq!(backlog, 100);
}

#[test]
fn who_is_alone_goes_at_once() {
    let mut turns = Turns::default();
    assert_eq!(turns.pick(false, true), Some(Lane::Backlog));
    assert_eq!(turns.pick(true, false), Some(Lane::Live));
    assert_eq!(turns.pick(false, false), None);
}

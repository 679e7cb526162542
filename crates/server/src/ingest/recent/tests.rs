//! Ten minutes, bounded, and free again when the disk did not have it.

use super::*;

fn identity(number: u32) -> Identity {
    Identity::of("test", &[&number.to_le_bytes()])
}

#[test]
fn a_repeat_is_known_for_ten_minutes() {
    let recent = Arc::new(Recent::default());
    let mut first = Hold::new(recent.clone(), 0);
    assert_eq!(first.take(identity(1)), Known::New);
    assert_eq!(Hold::new(recent.clone(), 1).take(identity(1)), Known::InFlight);
    first.store();
    assert_eq!(Hold::new(recent.clone(), REMEMBERED_NS).take(identity(1)), Known::Stored);
    assert_eq!(Hold::new(recent, REMEMBERED_NS + 1).take(identity(1)), Known::New);
}

#[test]
fn what_was_not_stored_is_free_again() {
    let recent = Arc::new(Recent::default());
    let mut hold = Hold::new(recent.clone(), 0);
    hold.take(identity(1));
    drop(hold);
    assert_eq!(Hold::new(recent, 0).take(identity(1)), Known::New);
}

#[test]
fn memory_is_bounded() {
    let recent = Arc::new(Recent::default());
    let many: Vec<_> = (0..REMEMBERED_MAX as u32 + 10).map(identity).collect();
    recent.restore(5, &many);
    assert_eq!(recent.lock().known.len(), REMEMBERED_MAX);
    assert_eq!(Hold::new(recent.clone(), 5).take(identity(9)), Known::New);
    assert_eq!(Hold::new(recent, 5).take(identity(10)), Known::Stored);
}

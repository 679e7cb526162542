//! Listeners see every event once, or are told how many they missed.

use super::*;

fn event(outage_ms: u64) -> Event {
    Event::ConnectionRestored { outage_ms }
}

#[test]
fn two_listeners_see_all_and_a_late_one_is_told_what_it_missed() {
    let ring = Ring::default();
    let (mut fast, mut slow) = (0, 0);
    let now = Instant::now();
    assert_eq!(ring.next(&mut fast, now), Ok(None));
    ring.push(event(0));
    assert_eq!(ring.next(&mut fast, now), Ok(Some(event(0))));
    for n in 1..=KEPT as u64 + 5 {
        ring.push(event(n));
    }
    assert_eq!(ring.next(&mut slow, now), Ok(Some(Event::EventsMissed { count: 6 })));
    assert_eq!(ring.next(&mut slow, now), Ok(Some(event(6))));
    ring.end();
    while ring.next(&mut slow, now).is_ok() {}
    assert_eq!(slow, KEPT as u64 + 6);
}

use crate::parts::pace::Pace;

const SECOND: i64 = 1_000_000_000;

fn counted(pace: &Pace, step_s: i64) -> Option<(usize, u64)> {
    let slots: Vec<_> = pace.slots(step_s * SECOND)?.collect();
    Some((slots.len(), slots.iter().flat_map(|(_, counts)| *counts).sum()))
}

#[test]
fn slots_grow_longer_as_time_does() {
    let mut pace = Pace::default();
    for n in 0..512 {
        pace.count(2, n * SECOND);
        pace.count(9, n * SECOND + 1);
    }
    assert_eq!(counted(&pace, 1), Some((512, 1024)));
    pace.count(2, 512 * SECOND);
    assert_eq!((counted(&pace, 1), counted(&pace, 30)), (None, None), "minutes by now");
    assert_eq!(counted(&pace, 120), Some((9, 1025)));
    pace.count(0, 100 * 3600 * SECOND);
    let slots: Vec<_> = pace.slots(60 * SECOND).unwrap().map(|(at, c)| (at, *c)).collect();
    assert_eq!(slots[1], (60 * SECOND, [0, 0, 60, 0, 0, 60]));
    assert_eq!(slots[9], (100 * 3600 * SECOND, [1, 0, 0, 0, 0, 0]));
    for hour in 100..1000 {
        pace.count(0, hour * 3600 * SECOND);
    }
    assert_eq!(counted(&pace, 86_400), None, "too long a time");
}

#[test]
fn times_before_1970_lie_in_their_own_slots() {
    let mut pace = Pace::default();
    pace.count(2, -1);
    pace.count(2, 0);
    let starts: Vec<i64> = pace.slots(SECOND).unwrap().map(|(at, _)| at).collect();
    assert_eq!(starts, [-SECOND, 0]);
}

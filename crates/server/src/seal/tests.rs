use super::days::Days;
use super::{Limits, Load, due, portion};

const LIMITS: Limits = Limits { bytes: 1000, age_ns: 50, max_unsealed_bytes: 4000 };

#[test]
fn a_seal_is_due_by_size_room_or_age() {
    let load =
        |packed_bytes, unpacked_bytes, oldest_ns| Load { packed_bytes, unpacked_bytes, oldest_ns };
    assert!(!due(load(0, 0, None), LIMITS, 1_000_000), "nothing is never due");
    assert!(!due(load(999, 999, Some(100)), LIMITS, 149));
    assert!(due(load(1000, 999, Some(100)), LIMITS, 149), "a quarter of the room");
    assert!(due(load(999, 1000, Some(100)), LIMITS, 149), "the size");
    assert!(due(load(1, 1, Some(100)), LIMITS, 150), "the age");
    assert!(!due(load(1, 1, Some(100)), LIMITS, -5), "a clock that went back");
}

#[test]
fn four_days_have_parts_of_their_own() {
    const DAY: i64 = 86_400_000_000_000;
    let times = [0, 1, DAY, DAY + 1, 2 * DAY, 2 * DAY, 3 * DAY, 3 * DAY, 4 * DAY, -1];
    let days = Days::of(times.into_iter());
    assert_eq!(days.folders(), ["19700104", "19700103", "19700102", "19700101", "late"]);
    assert_eq!((days.place(DAY - 1), days.place(3 * DAY)), (3, 0));
    assert_eq!((days.place(4 * DAY), days.place(-1)), (4, 4));
    let one = Days::of([5].into_iter());
    assert_eq!((one.folders().len(), one.place(5), one.place(-5)), (2, 0, 1));
}

#[test]
fn what_has_piled_up_is_sealed_in_portions() {
    const MIB: u64 = 1 << 20;
    let limits = Limits { bytes: 4 * MIB, ..LIMITS };
    let of = |sizes: &[u64]| portion(sizes.iter().copied(), limits);
    assert_eq!(of(&[]), 0);
    assert_eq!(of(&[MIB; 9]), 4);
    assert_eq!(of(&[64 * MIB, 1]), 1, "one that is too large alone");
    assert_eq!(of(&[1, 64 * MIB]), 1);
    assert_eq!(portion([100; 50].into_iter(), LIMITS), 50, "small ones together");
}

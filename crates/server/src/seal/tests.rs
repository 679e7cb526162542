use super::days::folders;
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
    let times =
        [-1, 0, 1, 2 * DAY, 2 * DAY, 3 * DAY, 3 * DAY, 4 * DAY, 6 * DAY - 1, 6 * DAY - 1, 7 * DAY];
    let names = |times: &[i64]| {
        let named = folders(times, |time| *time).into_iter();
        named.map(|(folder, runs)| (folder, runs.concat())).collect::<Vec<_>>()
    };
    let [a, b, c, d] = ["19700101", "19700103", "19700104", "19700106"].map(str::to_owned);
    let late = vec![-1, 4 * DAY, 7 * DAY];
    assert_eq!(
        names(&times),
        [
            (a.clone(), vec![0, 1]),
            (b, vec![2 * DAY; 2]),
            (c, vec![3 * DAY; 2]),
            (d, vec![6 * DAY - 1; 2]),
            ("late".to_owned(), late),
        ]
    );
    assert_eq!(names(&[5]), [(a, vec![5])]);
    assert!(names(&[]).is_empty());
    let newest: Vec<String> =
        names(&[0, DAY, 2 * DAY, 3 * DAY, 4 * DAY]).into_iter().map(|(folder, _)| folder).collect();
    assert_eq!(
        newest,
        ["19700102", "19700103", "19700104", "19700105", "late"],
        "of equal days the newest"
    );
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

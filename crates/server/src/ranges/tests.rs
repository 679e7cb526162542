use std::collections::BTreeSet;

use proptest::prelude::*;

use super::Ranges;

const TOP: u64 = 40;

#[derive(Debug, Clone)]
enum Change {
    Insert(u64, u64),
    Remove(u64, u64),
    Add(Vec<(u64, u64)>),
    Subtract(Vec<(u64, u64)>),
}

fn range() -> impl Strategy<Value = (u64, u64)> {
    (1..TOP, 0..12_u64).prop_map(|(from, more)| (from, from + more))
}

fn change() -> impl Strategy<Value = Change> {
    let some = || proptest::collection::vec(range(), 0..4);
    prop_oneof![
        range().prop_map(|(from, to)| Change::Insert(from, to)),
        range().prop_map(|(from, to)| Change::Remove(from, to)),
        some().prop_map(Change::Add),
        some().prop_map(Change::Subtract),
    ]
}

fn ranges(of: &[(u64, u64)]) -> Ranges {
    let mut ranges = Ranges::default();
    of.iter().for_each(|&(from, to)| ranges.insert(from, to));
    ranges
}

fn numbers(ranges: &Ranges) -> BTreeSet<u64> {
    ranges.as_slice().iter().flat_map(|&(from, to)| from..=to).collect()
}

proptest! {
    #[test]
    fn ranges_are_a_set(changes in proptest::collection::vec(change(), 0..30), other in proptest::collection::vec(range(), 0..5)) {
        let mut ranges_now = Ranges::default();
        let mut model = BTreeSet::new();
        for change in changes {
            match change {
                Change::Insert(from, to) => {
                    ranges_now.insert(from, to);
                    model.extend(from..=to);
                }
                Change::Remove(from, to) => {
                    ranges_now.remove(from, to);
                    model.retain(|number| !(from..=to).contains(number));
                }
                Change::Add(some) => {
                    ranges_now.add(&ranges(&some));
                    model.extend(numbers(&ranges(&some)));
                }
                Change::Subtract(some) => {
                    ranges_now.subtract(&ranges(&some));
                    let gone = numbers(&ranges(&some));
                    model.retain(|number| !gone.contains(number));
                }
            }
            prop_assert_eq!(&numbers(&ranges_now), &model);
            prop_assert!(ranges_now.as_slice().windows(2).all(|two| two[0].1 + 1 < two[1].0), "they never touch");
            prop_assert_eq!(ranges_now.count(), model.len() as u64);
        }
        let other = ranges(&other);
        let both: BTreeSet<u64> = model.intersection(&numbers(&other)).copied().collect();
        prop_assert_eq!(numbers(&ranges_now.intersection(&other)), both);
        let lacking: BTreeSet<u64> = (5..=30).filter(|number| !model.contains(number)).collect();
        prop_assert_eq!(numbers(&ranges_now.missing(5, 30)), lacking);
        for number in 0..TOP + 15 {
            prop_assert_eq!(ranges_now.contains(number), model.contains(&number));
            let meets = (number..=number + 3).any(|one| model.contains(&one));
            prop_assert_eq!(ranges_now.meets(number, number + 3), meets);
        }
    }
}

#[test]
fn the_ends_of_the_number_line_do_not_overflow() {
    let mut all = Ranges::of(0, u64::MAX);
    assert_eq!(all.count(), u64::MAX);
    all.insert(u64::MAX, u64::MAX);
    all.insert(0, 0);
    all.remove(0, 0);
    all.remove(u64::MAX, u64::MAX);
    assert_eq!(all.as_slice(), [(1, u64::MAX - 1)]);
    all.remove(0, u64::MAX);
    assert!(all.is_empty());
    assert!(Ranges::of(5, 4).is_empty());
}

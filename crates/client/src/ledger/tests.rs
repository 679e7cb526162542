//! The law holds after any sequence of losses and releases.

use super::*;

#[test]
fn a_loss_is_counted_once() {
    let mut ledger = Ledger::default();
    assert_eq!(ledger.lose(3, 5, LostReason::Torn), 3);
    assert_eq!(ledger.lose(3, 5, LostReason::Torn), 0);
    assert_eq!(ledger.lose(1, 8, LostReason::Expired), 5);
    ledger.release(10);
    assert_eq!((ledger.stored(), ledger.lost_in_all(), ledger.waiting(12)), (2, 8, 2));
}

proptest::proptest! {
    #[test]
    fn accepted_is_stored_and_lost_and_waiting(
        steps in proptest::collection::vec((0u64..40, 0u64..10, 0usize..5, proptest::bool::ANY), 0..60)
    ) {
        let accepted = 60;
        let mut ledger = Ledger::default();
        let mut lost = std::collections::BTreeSet::new();
        for (at, length, reason, release) in steps {
            if release {
                ledger.release(at);
            } else {
                // A record that was released is gone: only later ones can be lost.
                let from = at.max(ledger.through() + 1);
                ledger.lose(from, from + length, LostReason::ALL[reason]);
                lost.extend(from..=from + length);
            }
            let stored = (1..=ledger.through()).filter(|seq| !lost.contains(seq)).count() as u64;
            proptest::prop_assert_eq!(ledger.stored(), stored);
            proptest::prop_assert_eq!(ledger.lost_in_all(), lost.len() as u64);
            proptest::prop_assert_eq!(
                ledger.stored() + ledger.lost_in_all() + ledger.waiting(accepted), accepted
            );
        }
    }
}

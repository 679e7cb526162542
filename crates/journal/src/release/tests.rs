use super::*;

fn loss(from: u64, to: u64, reason: LossReason) -> Loss {
    Loss { from, to, reason }
}

#[test]
fn nothing_is_released_behind_a_loss_that_nobody_acknowledged() {
    let mut ledger = Ledger::new(0);
    ledger.lose(5, 6, LossReason::Torn);
    ledger.store(10);
    assert_eq!(ledger.released(), 4);
    ledger.forget(&[loss(5, 6, LossReason::Torn)]);
    assert_eq!(ledger.released(), 10);
    assert!(ledger.pending().is_empty());
}

#[test]
fn an_acknowledged_loss_is_released_without_more() {
    let mut ledger = Ledger::new(0);
    ledger.store(4);
    ledger.lose(5, 6, LossReason::Torn);
    ledger.lose(7, 9, LossReason::Corrupt);
    ledger.forget(&[loss(7, 9, LossReason::Corrupt)]);
    assert_eq!(ledger.released(), 4);
    ledger.forget(&[loss(5, 6, LossReason::Torn)]);
    assert_eq!(ledger.released(), 9);
}

#[test]
fn a_range_is_lost_once() {
    let mut ledger = Ledger::new(2);
    ledger.lose(1, 4, LossReason::Torn);
    ledger.lose(4, 4, LossReason::Corrupt);
    ledger.lose(8, 8, LossReason::Corrupt);
    ledger.lose(3, 10, LossReason::Expired);
    let expected = [
        loss(3, 4, LossReason::Torn),
        loss(5, 7, LossReason::Expired),
        loss(8, 8, LossReason::Corrupt),
        loss(9, 10, LossReason::Expired),
    ];
    assert_eq!(ledger.pending(), expected);
    ledger.forget(&expected);
    assert_eq!(ledger.released(), 10);
    ledger.lose(3, 10, LossReason::Torn);
    assert!(ledger.pending().is_empty(), "it is done with");
}

#[test]
fn settled_means_that_nothing_is_on_its_way() {
    let mut ledger = Ledger::new(0);
    assert!(ledger.settled(0) && !ledger.settled(1));
    ledger.lose(1, 2, LossReason::Torn);
    assert!(ledger.settled(2) && !ledger.settled(3));
    ledger.store(3);
    assert!(ledger.settled(3) && !ledger.settled(4));
    assert_eq!(ledger.released(), 0);
}

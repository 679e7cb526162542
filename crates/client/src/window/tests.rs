//! Poison is found in few requests, nothing is set aside without proof, and halving always ends.

use super::*;

/// Sends `0..total` with poison at `poison` until all is through; returns what was set aside and the requests it took.
fn play(total: u64, poison: &[u64], why: Refusal) -> (Vec<u64>, u32) {
    let mut window = Window::new(1 << 20);
    let (mut next, mut aside, mut requests) = (0, Vec::new(), 0);
    while next < total {
        assert!(requests < 10_000, "halving does not end");
        requests += 1;
        if window.wants_proof() {
            window.proved();
            continue;
        }
        let count = window.records().min(total - next);
        if !poison.iter().any(|bad| (next..next + count).contains(bad)) {
            window.accepted(count);
            next += count;
            continue;
        }
        match window.refused(next, count, count * 100, why) {
            Next::Resend => window_gets_a_probe(&mut window, why),
            Next::Prove => window.proved(),
            Next::SetAside => {
                window.set_aside();
                aside.push(next);
                next += 1;
            }
        }
    }
    (aside, requests)
}

/// While a server is busy the engine sends probes on its own.
fn window_gets_a_probe(window: &mut Window, why: Refusal) {
    if why == Refusal::Busy {
        window.proved();
    }
}

#[test]
fn one_poison_record_among_a_hundred_costs_log_n_requests() {
    for poison in 0..100 {
        let (aside, requests) = play(100, &[poison], Refusal::Poison);
        assert_eq!(aside, [poison]);
        assert!(requests <= 2 * 7 + 4, "{requests} requests for {poison}");
    }
}

#[test]
fn a_record_alone_is_not_set_aside_before_something_was_accepted() {
    let mut window = Window::new(1000);
    assert_eq!(window.refused(1, 1, 50, Refusal::Poison), Next::Prove);
    assert!(window.wants_proof(), "nobody else would ask for it");
    assert_eq!(window.refused(1, 1, 50, Refusal::Poison), Next::Prove);
    window.proved();
    assert!(!window.wants_proof());
    assert_eq!(window.refused(1, 1, 50, Refusal::Poison), Next::SetAside);
}

#[test]
fn too_large_halves_the_bytes_and_grows_again() {
    let mut window = Window::new(1000);
    assert_eq!(window.refused(1, 10, 900, Refusal::Large), Next::Resend);
    assert_eq!(window.bytes(), 450);
    for _ in 0..GROW_AFTER {
        window.accepted(3);
    }
    assert_eq!(window.bytes(), 900);
}

#[test]
fn a_stuck_batch_is_bisected_only_with_proof_and_after_twenty() {
    let mut window = Window::new(1000);
    for _ in 0..50 {
        assert_eq!(window.refused(1, 8, 900, Refusal::Busy), Next::Resend);
        assert_eq!(window.records(), u64::MAX, "no proof, no blame");
    }
    window.proved();
    assert_eq!(window.refused(1, 8, 900, Refusal::Busy), Next::Resend);
    assert_eq!(window.records(), 4);
    assert!(window.wants_proof());
}

proptest::proptest! {
    #[test]
    fn exactly_the_poison_is_set_aside(
        total in 1u64..200,
        picks in proptest::collection::btree_set(0u64..200, 0..8),
        busy: bool,
    ) {
        let poison: Vec<u64> = picks.into_iter().filter(|pick| *pick < total).collect();
        let why = if busy { Refusal::Busy } else { Refusal::Poison };
        proptest::prop_assert_eq!(play(total, &poison, why).0, poison);
    }
}

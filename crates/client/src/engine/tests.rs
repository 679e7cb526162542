//! Every arrow of the state machine, and what holds after any sequence of inputs.

use super::*;
use crate::batch::Queue;
use crate::retry::{Trouble, Wait};

const RULES: Rules = Rules {
    cut: Cut { batch_size: 100, interval_ms: 5000 },
    backoff: Backoff { initial_ms: 1000, max_ms: 30_000 },
    failed_after: 5,
    heartbeat_ms: 10_000,
};

fn waiting(count: u64) -> View {
    View { live: Queue { waiting: count, ..Queue::default() }, ..View::default() }
}

fn running() -> Engine {
    let mut engine = Engine::new(RULES);
    engine.step(Input::Start, 0);
    engine
}

/// The one action that is not an event.
fn act(engine: &mut Engine, view: View, now_ms: u64) -> Action {
    let mut acts: Vec<Action> = engine.step(Input::Look(view), now_ms);
    acts.retain(|action| !matches!(action, Action::Tell(_)));
    assert_eq!(acts.len(), 1, "{acts:?}");
    acts[0]
}

fn hear(engine: &mut Engine, heard: Heard, now_ms: u64) -> Vec<Action> {
    engine.step(Input::Answered { heard, dice: 0 }, now_ms)
}

const DOWN: Heard = Heard::Again(Wait::Backoff, Trouble::Network);

#[test]
fn starting_leads_to_running_and_a_first_heartbeat() {
    let mut engine = Engine::new(RULES);
    assert_eq!(engine.state(), State::Stopped);
    engine.step(Input::Start, 0);
    assert_eq!(engine.state(), State::Starting);
    assert_eq!(act(&mut engine, waiting(0), 1), Action::Sleep { until_ms: 1000, ring_at: 1 });
    assert_eq!(act(&mut engine, waiting(0), 1000), Action::Heartbeat);
    assert_eq!((engine.state(), engine.activity()), (State::Running, Some(Activity::Sending)));
    hear(&mut engine, Heard::Well, 1002);
    assert_eq!(engine.activity(), Some(Activity::Batching));
    assert_eq!(act(&mut engine, waiting(0), 1003), Action::Sleep { until_ms: 11_002, ring_at: 1 });
}

#[test]
fn error_retrying_failed_and_back() {
    let mut engine = running();
    let mut now = 0;
    let mut alerts = 0;
    for failure in 1..=7u32 {
        let expected = if failure > 5 { Action::Heartbeat } else { Action::Send(Lane::Live) };
        assert_eq!(act(&mut engine, waiting(1), now), expected);
        let told = hear(&mut engine, DOWN, now);
        alerts += told.iter().filter(|a| matches!(a, Action::Tell(Change::Alert { .. }))).count();
        assert_eq!(engine.state(), if failure >= 5 { State::Failed } else { State::Retrying });
        let Action::Sleep { until_ms, .. } = act(&mut engine, waiting(1), now) else {
            panic!("no sleep after a failure")
        };
        assert_eq!(until_ms - now, (500u64 << (failure - 1)).min(15_000));
        now = until_ms;
    }
    assert_eq!(alerts, 1);
    assert_eq!(act(&mut engine, waiting(1), now), Action::Heartbeat);
    let told = hear(&mut engine, Heard::Well, now);
    assert!(told.contains(&Action::Tell(Change::ConnectionRestored { outage_ms: now })));
    assert_eq!(engine.state(), State::Running);
    assert_eq!(act(&mut engine, waiting(1), now), Action::Send(Lane::Live));
}

#[test]
fn the_first_failure_is_told_as_error_then_retrying() {
    let mut engine = running();
    act(&mut engine, waiting(1), 0);
    let told = hear(&mut engine, DOWN, 1);
    assert_eq!(
        told,
        [
            Action::Tell(Change::ConnectionFailed { trouble: Trouble::Network }),
            Action::Tell(Change::State { from: State::Running, to: State::Error }),
            Action::Tell(Change::State { from: State::Error, to: State::Retrying }),
        ]
    );
}

#[test]
fn a_bad_key_fails_at_once_and_waits_half_a_minute() {
    let mut engine = running();
    act(&mut engine, waiting(1), 0);
    hear(&mut engine, Heard::Again(Wait::Long, Trouble::Auth), 0);
    assert_eq!(engine.state(), State::Failed);
    assert_eq!(
        act(&mut engine, waiting(1), 5),
        Action::Sleep { until_ms: 30_000, ring_at: u64::MAX }
    );
}

#[test]
fn retry_after_is_obeyed_and_zero_is_not_a_busy_loop() {
    let mut engine = running();
    act(&mut engine, waiting(1), 0);
    hear(&mut engine, Heard::Again(Wait::Said(7000), Trouble::Server), 0);
    assert!(matches!(act(&mut engine, waiting(1), 1), Action::Sleep { until_ms: 7000, .. }));
    act(&mut engine, waiting(1), 7000);
    hear(&mut engine, Heard::Again(Wait::Said(0), Trouble::Server), 7000);
    assert!(matches!(act(&mut engine, waiting(1), 7001), Action::Sleep { until_ms: 7500, .. }));
}

#[test]
fn close_sends_what_waits_says_farewell_and_ends() {
    let mut engine = running();
    act(&mut engine, waiting(0), 0);
    hear(&mut engine, Heard::Well, 0);
    engine.step(Input::Close { deadline_ms: 2000 }, 10);
    assert_eq!(engine.state(), State::Stopping);
    assert_eq!(act(&mut engine, waiting(3), 11), Action::Send(Lane::Live));
    hear(&mut engine, Heard::Well, 12);
    assert_eq!(act(&mut engine, waiting(0), 12), Action::Heartbeat);
    hear(&mut engine, Heard::Well, 13);
    assert_eq!(act(&mut engine, waiting(0), 13), Action::End);
    assert_eq!(engine.state(), State::Stopped);
}

#[test]
fn close_ends_when_no_attempt_fits_before_the_deadline() {
    let mut engine = running();
    act(&mut engine, waiting(3), 0);
    hear(&mut engine, Heard::Again(Wait::Said(60_000), Trouble::Server), 0);
    engine.step(Input::Close { deadline_ms: 2000 }, 10);
    assert_eq!(act(&mut engine, waiting(3), 11), Action::Send(Lane::Live), "one last chance");
    hear(&mut engine, Heard::Again(Wait::Said(60_000), Trouble::Server), 12);
    assert_eq!(act(&mut engine, waiting(3), 13), Action::End);
}

#[test]
fn an_idle_sender_asks_for_one_record_a_calm_one_looks_again() {
    let mut engine = running();
    act(&mut engine, waiting(1), 100);
    hear(&mut engine, Heard::Well, 120);
    assert_eq!(act(&mut engine, waiting(0), 121), Action::Sleep { until_ms: 5100, ring_at: 100 });
    assert_eq!(act(&mut engine, waiting(0), 5100), Action::Sleep { until_ms: 10_120, ring_at: 1 });
}

fn any_heard() -> impl proptest::strategy::Strategy<Value = Heard> {
    use proptest::prelude::*;
    prop_oneof![
        3 => Just(Heard::Well),
        2 => Just(DOWN),
        1 => (0u64..100_000).prop_map(|ms| Heard::Again(Wait::Said(ms), Trouble::Server)),
        1 => Just(Heard::Again(Wait::Long, Trouble::Auth)),
        1 => Just(Heard::Again(Wait::Backoff, Trouble::Misconfigured)),
    ]
}

proptest::proptest! {
    /// No busy loop, no silence: every sleep ends later and within the longest wait, every request comes in its time.
    #[test]
    fn any_history_goes_on_and_never_spins(
        steps in proptest::collection::vec(
            (any_heard(), 0u64..300, proptest::bool::ANY, 0u64..3000, proptest::bool::ANY), 1..200
        ),
        dice: u64,
    ) {
        let mut engine = running();
        let (mut now, mut last_request) = (0u64, 0u64);
        for (heard, count, backlog, elapse, proof) in steps {
            now += elapse;
            let view = View { backlog, proof, ..waiting(count) };
            match act(&mut engine, view, now) {
                Action::Sleep { until_ms, .. } => {
                    proptest::prop_assert!(until_ms > now, "a sleep that is over");
                    proptest::prop_assert!(until_ms - now <= 100_000, "a sleep without end");
                    now = until_ms;
                }
                Action::Send(_) | Action::Heartbeat => {
                    engine.step(Input::Answered { heard, dice }, now);
                    last_request = now;
                    let well = heard == Heard::Well;
                    proptest::prop_assert_eq!(well, engine.state() == State::Running);
                }
                other => proptest::prop_assert!(false, "{:?}", other),
            }
            proptest::prop_assert!(now - last_request <= 110_000, "retrying ended");
        }
    }

    /// Closing always ends, at the deadline at the latest.
    #[test]
    fn close_ends(heards in proptest::collection::vec(any_heard(), 100), count in 0u64..500) {
        let mut engine = running();
        engine.step(Input::Close { deadline_ms: 2000 }, 0);
        let mut now = 0;
        for heard in heards {
            match act(&mut engine, waiting(count), now) {
                Action::Sleep { until_ms, .. } => {
                    proptest::prop_assert!(until_ms > now && until_ms < 2000);
                    now = until_ms;
                }
                Action::End => {
                    proptest::prop_assert_eq!(engine.state(), State::Stopped);
                    return Ok(());
                }
                _ => {
                    now += 25;
                    engine.step(Input::Answered { heard, dice: 0 }, now);
                }
            }
        }
        proptest::prop_assert!(false, "no end");
    }
}

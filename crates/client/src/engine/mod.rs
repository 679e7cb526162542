//! What the sender does next. Pure: (state, input, now) -> (state, actions); owns no thread, socket, file or clock.
//!
//! `spec/states.toml` lists the states; the tests walk every arrow. All times are milliseconds on one monotonic clock.

mod endpoint;
mod input;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use self::input::{Action, Change, Heard, Input, View};
pub use self::state::{Activity, State};

use self::endpoint::Endpoint;
use crate::batch::Cut;
use crate::retry::Backoff;
use crate::turns::{Lane, Turns};

/// The first heartbeat comes after this time at the latest, where nothing was sent before it.
const FIRST_HEARTBEAT_MS: u64 = 1000;

/// The numbers that decide.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// When a batch is cut.
    pub cut: Cut,
    /// How long to wait after a failure.
    pub backoff: Backoff,
    /// So many failures in a row are `failed`.
    pub failed_after: u32,
    /// A client with nothing to send speaks so often.
    pub heartbeat_ms: u64,
}

/// The state machine.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    rules: Rules,
    state: State,
    endpoint: Endpoint,
    turns: Turns,
    /// What is in flight, and since when.
    flight: Option<(Option<Lane>, u64)>,
    last_cut_ms: Option<u64>,
    last_request_ms: Option<u64>,
    started_ms: u64,
    closing: Option<Closing>,
}

#[derive(Debug, Clone, Copy)]
struct Closing {
    deadline_ms: u64,
    /// The farewell was sent, or is not worth another attempt.
    farewell: bool,
}

impl Engine {
    /// A stopped engine.
    #[must_use]
    pub(crate) fn new(rules: Rules) -> Engine {
        Engine {
            rules,
            state: State::Stopped,
            endpoint: Endpoint::default(),
            turns: Turns::default(),
            flight: None,
            last_cut_ms: None,
            last_request_ms: None,
            started_ms: 0,
            closing: None,
        }
    }

    /// The state.
    #[must_use]
    pub(crate) fn state(&self) -> State {
        self.state
    }

    /// What it is doing, in the states that do something.
    #[must_use]
    pub(crate) fn activity(&self) -> Option<Activity> {
        match self.state {
            State::Stopped | State::Starting | State::Error => None,
            _ if self.flight.is_some() => Some(Activity::Sending),
            _ => Some(Activity::Batching),
        }
    }

    /// One step. A `Look` is answered by exactly one of `Send`, `Heartbeat`, `Sleep` and `End`, after any `Tell`s.
    pub(crate) fn step(&mut self, input: Input, now_ms: u64) -> Vec<Action> {
        let mut actions = Vec::new();
        match input {
            Input::Start if self.state == State::Stopped => {
                self.started_ms = now_ms;
                self.go(State::Starting, &mut actions);
            }
            Input::Start => {}
            Input::Close { deadline_ms } => self.close(deadline_ms, &mut actions),
            Input::Nothing => self.flight = None,
            Input::Answered { heard, dice } => self.answered(heard, dice, now_ms, &mut actions),
            Input::Look(view) => {
                if self.state == State::Starting {
                    self.go(State::Running, &mut actions);
                }
                let action = self.look(&view, now_ms);
                match action {
                    Action::Send(lane) => self.flight = Some((Some(lane), now_ms)),
                    Action::Heartbeat => self.flight = Some((None, now_ms)),
                    Action::End => self.go(State::Stopped, &mut actions),
                    Action::Sleep { .. } | Action::Tell(_) => {}
                }
                actions.push(action);
            }
        }
        actions
    }

    fn look(&mut self, view: &View, now_ms: u64) -> Action {
        if let Some(closing) = self.closing {
            return self.look_closing(view, closing, now_ms);
        }
        let live_due_ms = self.rules.cut.due_ms(&view.live, self.last_cut_ms, now_ms);
        if let Some(at_ms) = self.endpoint.retry_at_ms() {
            if now_ms < at_ms {
                return Action::Sleep { until_ms: at_ms, ring_at: u64::MAX };
            }
            let writable = view.live.blocked_until_ms.is_none_or(|until| until <= now_ms);
            let live = view.live.waiting > 0 && writable;
            return self.attempt(live, view);
        }
        if view.proof {
            return Action::Heartbeat;
        }
        if let Some(lane) =
            self.turns.pick(live_due_ms.is_some_and(|due| due <= now_ms), view.backlog)
        {
            return Action::Send(lane);
        }
        let heartbeat_ms =
            self.last_request_ms.unwrap_or(self.started_ms).saturating_add(self.silence_ms());
        if heartbeat_ms <= now_ms {
            return Action::Heartbeat;
        }
        // An empty queue is looked at once more when the interval is over: from then on one record rings.
        let ring_at = match view.live.blocked_until_ms {
            // More records do not unblock the first one.
            Some(_) => u64::MAX,
            None => self.rules.cut.ring_at(self.last_cut_ms, now_ms),
        };
        let calm_ms = match self.last_cut_ms {
            Some(cut) if ring_at > 1 => cut + self.rules.cut.interval_ms,
            _ => u64::MAX,
        };
        let until_ms = live_due_ms.unwrap_or(u64::MAX).min(heartbeat_ms).min(calm_ms);
        Action::Sleep { until_ms: until_ms.max(now_ms + 1), ring_at }
    }

    /// How long it may say nothing. A new client is soon to be seen, but most have something to send at once.
    fn silence_ms(&self) -> u64 {
        match self.last_request_ms {
            Some(_) => self.rules.heartbeat_ms,
            None => self.rules.heartbeat_ms.min(FIRST_HEARTBEAT_MS),
        }
    }

    /// An attempt after a failure: a probe where the state is failed or proof is wanted, else what waits.
    fn attempt(&mut self, live: bool, view: &View) -> Action {
        if self.endpoint.has_failed() || view.proof {
            return Action::Heartbeat;
        }
        self.turns.pick(live, view.backlog).map_or(Action::Heartbeat, Action::Send)
    }

    fn look_closing(&mut self, view: &View, closing: Closing, now_ms: u64) -> Action {
        let done = view.live.waiting == 0 && (view.farewell_said || closing.farewell);
        if done || now_ms >= closing.deadline_ms {
            return Action::End;
        }
        let retry_ms = self.endpoint.retry_at_ms().unwrap_or(0);
        let blocked_ms = view.live.blocked_until_ms.unwrap_or(0);
        let at_ms = retry_ms.max(blocked_ms);
        if at_ms >= closing.deadline_ms {
            return Action::End;
        }
        if at_ms > now_ms {
            return Action::Sleep { until_ms: at_ms, ring_at: u64::MAX };
        }
        if view.proof {
            Action::Heartbeat
        } else if view.live.waiting > 0 {
            Action::Send(Lane::Live)
        } else {
            self.closing = Some(Closing { farewell: true, ..closing });
            Action::Heartbeat
        }
    }

    fn answered(&mut self, heard: Heard, dice: u64, now_ms: u64, actions: &mut Vec<Action>) {
        if let Some((lane, since_ms)) = self.flight.take() {
            self.last_request_ms = Some(now_ms);
            if lane == Some(Lane::Live) {
                self.last_cut_ms = Some(since_ms);
            }
        }
        match heard {
            Heard::Well => {
                if let Some(outage_ms) = self.endpoint.well(now_ms) {
                    actions.push(Action::Tell(Change::ConnectionRestored { outage_ms }));
                }
                self.go(State::Running, actions);
            }
            Heard::Again(wait, trouble) => {
                let first = self.endpoint.failures() == 0;
                let alert = self.endpoint.again(&self.rules, wait, trouble, now_ms, dice);
                if first {
                    actions.push(Action::Tell(Change::ConnectionFailed { trouble }));
                }
                self.go(State::Error, actions);
                self.go(
                    if self.endpoint.has_failed() { State::Failed } else { State::Retrying },
                    actions,
                );
                if alert {
                    actions.push(Action::Tell(Change::Alert {
                        trouble,
                        failures: self.endpoint.failures(),
                    }));
                }
            }
        }
    }

    fn close(&mut self, deadline_ms: u64, actions: &mut Vec<Action>) {
        if self.closing.is_none() && self.state != State::Stopped {
            self.closing = Some(Closing { deadline_ms, farewell: false });
            // The last chance does not wait for the end of a backoff.
            self.endpoint.try_now();
            self.go(State::Stopping, actions);
        }
    }

    /// Changes the state and tells it. While stopping, only the end is a change.
    fn go(&mut self, to: State, actions: &mut Vec<Action>) {
        let held = self.state == State::Stopping && to != State::Stopped;
        // A state that stays the same is not told; failing again while failed is not an error that passes.
        let quiet = self.state == to || (self.state == State::Failed && to == State::Error);
        if held || quiet {
            return;
        }
        actions.push(Action::Tell(Change::State { from: self.state, to }));
        self.state = to;
    }
}

//! The states that every language, the events and the page show. spec/states.toml says what each means.

use serde::{Deserialize, Serialize};

/// The state of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// No thread lives: before the first record, and after close.
    Stopped,
    /// The threads are being started.
    Starting,
    /// Records are sent, and the last request was well.
    Running,
    /// A request has just failed.
    Error,
    /// Waiting for the next attempt, or in it.
    Retrying,
    /// Too many failures in a row: records stay in the journal, probes go out.
    Failed,
    /// Closing: what waits is sent within the time limit.
    Stopping,
}

/// What a client that is not stopped is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Collecting records.
    Batching,
    /// A request is in flight.
    Sending,
}

impl State {
    /// Every state, in the order of spec/states.toml.
    pub const ALL: [State; 7] = [
        State::Stopped,
        State::Starting,
        State::Running,
        State::Error,
        State::Retrying,
        State::Failed,
        State::Stopping,
    ];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Stopped => "stopped",
            State::Starting => "starting",
            State::Running => "running",
            State::Error => "error",
            State::Retrying => "retrying",
            State::Failed => "failed",
            State::Stopping => "stopping",
        }
    }
}

impl Activity {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Activity::Batching => "batching",
            Activity::Sending => "sending",
        }
    }
}

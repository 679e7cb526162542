//! What goes into the engine and what comes out.

use super::State;
use crate::batch::Queue;
use crate::retry::{Trouble, Verdict, Wait};
use crate::turns::Lane;

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// The threads live.
    Start,
    /// The sender looks for work.
    Look(View),
    /// There was nothing to take after all; no request went out.
    Nothing,
    /// A request ended. `dice` is a random number, for the jitter.
    Answered {
        /// What it says about the endpoint.
        heard: Heard,
        /// Any random number.
        dice: u64,
    },
    /// close() was called: everything must be over by then.
    Close {
        /// The end of patience.
        deadline_ms: u64,
    },
}

/// What the sender sees when it looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct View {
    /// The own stream.
    pub live: Queue,
    /// An adopted stream has something to send.
    pub backlog: bool,
    /// A stream wants to know whether the server accepts anything at all.
    pub proof: bool,
    /// The end of the own stream was told to the server.
    pub farewell_said: bool,
}

/// What a request says about the endpoint, whatever became of its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It is alive and ours.
    Well,
    /// It must be tried again.
    Again(Wait, Trouble),
}

impl From<Verdict> for Heard {
    fn from(verdict: Verdict) -> Heard {
        match verdict {
            Verdict::Again(wait, trouble) => Heard::Again(wait, trouble),
            _ => Heard::Well,
        }
    }
}

/// Something to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Send the next batch of this stream.
    Send(Lane),
    /// Send a batch without records: heartbeat, probe, proof and farewell are one thing.
    Heartbeat,
    /// Nothing to do until then, unless so many records wait (`u64::MAX`: however many).
    Sleep {
        /// When to look again.
        until_ms: u64,
        /// How many waiting records are a reason to wake.
        ring_at: u64,
    },
    /// An event for whoever listens.
    Tell(Change),
    /// The sender's work is over.
    End,
}

/// A change that is an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// From one state to another.
    State {
        /// The old one.
        from: State,
        /// The new one.
        to: State,
    },
    /// The first failure after a success.
    ConnectionFailed {
        /// Whose.
        trouble: Trouble,
    },
    /// The first success after a failure.
    ConnectionRestored {
        /// How long it lasted.
        outage_ms: u64,
    },
    /// The state has become failed: a person should look. Once an outage.
    Alert {
        /// Whose.
        trouble: Trouble,
        /// Failures in a row.
        failures: u32,
    },
}

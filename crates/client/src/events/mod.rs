//! What happens to a logger, for whoever wants to know. Pulled by the host's threads, never called from ours.

mod ring;

use serde::Serialize;

pub(crate) use self::ring::Ring;
use crate::engine::State;

/// Something that happened. As JSON: `{"name": "batch_sent", …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Event {
    /// The state has changed.
    StateChanged {
        /// From.
        from: State,
        /// To.
        to: State,
    },
    /// A batch was acknowledged.
    BatchSent {
        /// Its stream.
        stream: String,
        /// First sequence number of the range.
        first_seq: u64,
        /// Last acknowledged one.
        last_seq: u64,
        /// Records in it.
        count: u64,
        /// Bytes on the wire.
        bytes: u64,
        /// From request to answer.
        round_trip_ms: u64,
    },
    /// A batch was not acknowledged. Its records are kept, or found one by one.
    BatchFailed {
        /// Its stream.
        stream: String,
        /// First sequence number of the range.
        first_seq: u64,
        /// Last one.
        last_seq: u64,
        /// Records in it.
        count: u64,
        /// The HTTP status, where there was an answer.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// What happened, in words.
        error: String,
    },
    /// The first failure after a success.
    ConnectionFailed {
        /// server, network, auth or misconfigured.
        reason: &'static str,
        /// What happened, in words.
        error: String,
    },
    /// The first success after a failure.
    ConnectionRestored {
        /// How long it lasted.
        outage_ms: u64,
    },
    /// A person should look: the state has become failed, or the journal is not where it was meant to be.
    Alert {
        /// server, network, auth, misconfigured or journal.
        reason: &'static str,
        /// What happened and how to mend it.
        message: String,
    },
    /// Records are lost and counted.
    RecordsLost {
        /// Their stream.
        stream: String,
        /// First lost sequence number.
        from: u64,
        /// Last lost one.
        to: u64,
        /// How many.
        count: u64,
        /// A word of spec/losses.toml.
        reason: &'static str,
    },
    /// The stream of a dead process is being shipped.
    Adopted {
        /// That stream.
        stream: String,
        /// Records that wait in it.
        waiting: u64,
    },
    /// The listener was too slow: so many events were overwritten.
    EventsMissed {
        /// How many.
        count: u64,
    },
}

impl Event {
    /// The name in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Event::StateChanged { .. } => "state_changed",
            Event::BatchSent { .. } => "batch_sent",
            Event::BatchFailed { .. } => "batch_failed",
            Event::ConnectionFailed { .. } => "connection_failed",
            Event::ConnectionRestored { .. } => "connection_restored",
            Event::Alert { .. } => "alert",
            Event::RecordsLost { .. } => "records_lost",
            Event::Adopted { .. } => "adopted",
            Event::EventsMissed { .. } => "events_missed",
        }
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

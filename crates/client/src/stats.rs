//! The counters of a logger, as they travel in every batch and as every language shows them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::{Activity, State};

/// Statistics of one logger in one process. The law: `accepted = acked + lost + waiting`, and
/// `offered = accepted + refused`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Records that got a sequence number.
    pub accepted: u64,
    /// Records that the server has on disk.
    pub acked: u64,
    /// Records in requests, repeated ones included.
    pub sent: u64,
    /// Requests that failed.
    pub failed: u64,
    /// Records that were sent again after a failure.
    pub retried: u64,
    /// Records in the journal that are neither acknowledged nor lost.
    pub waiting: u64,
    /// Refused records by reason.
    pub refused: BTreeMap<&'static str, u64>,
    /// Lost records by reason.
    pub lost: BTreeMap<&'static str, u64>,
    /// Bytes of request bodies, compressed.
    pub bytes_sent: u64,
    /// Requests, heartbeats included.
    pub requests: u64,
    /// What the journal rests on: disk, overlay, tmpfs, memory.
    pub journal: &'static str,
    /// Room in use, in bytes.
    pub journal_bytes: u64,
    /// The room's cap, in bytes.
    pub journal_max_bytes: u64,
    /// What the journal is in trouble with: a full disk, or why it is in memory though the disk was meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journal_trouble: Option<String>,
    /// The last failure, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// When it happened, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error_at: Option<String>,
    /// How long the last outage lasted that is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_outage_ms: Option<u64>,
    /// How long the last answered request took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round_trip_ms: Option<u64>,
}

impl Stats {
    /// Lost records, all reasons together.
    #[must_use]
    pub fn lost_in_all(&self) -> u64 {
        self.lost.values().sum()
    }

    /// As JSON, with the names of spec/wire.md.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What only the sender knows; it publishes a copy after every request.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    pub(crate) state: State,
    pub(crate) activity: Option<Activity>,
    pub(crate) acked: u64,
    pub(crate) lost: BTreeMap<&'static str, u64>,
    pub(crate) sent: u64,
    pub(crate) failed: u64,
    pub(crate) retried: u64,
    pub(crate) bytes_sent: u64,
    pub(crate) requests: u64,
    pub(crate) last_error: Option<String>,
    pub(crate) last_error_at: Option<String>,
    pub(crate) last_outage_ms: Option<u64>,
    pub(crate) round_trip_ms: Option<u64>,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally {
            state: State::Stopped,
            activity: None,
            acked: 0,
            lost: crate::ledger::LostReason::ALL.iter().map(|r| (r.as_str(), 0)).collect(),
            sent: 0,
            failed: 0,
            retried: 0,
            bytes_sent: 0,
            requests: 0,
            last_error: None,
            last_error_at: None,
            last_outage_ms: None,
            round_trip_ms: None,
        }
    }
}

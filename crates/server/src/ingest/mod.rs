//! The edge: reads a request, checks everything once, fixes what a replay must not decide again.

mod body;
mod budget;
mod header;
mod json;
mod native;
mod route;
mod shapes;

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::entry::Entry;

pub(crate) use budget::{Budget, Share};
pub(crate) use route::ingest;

/// Bytes of a request on the wire.
pub(super) const WIRE_MAX_BYTES: u64 = 16 << 20;
/// Bytes after unpacking.
pub(super) const DECODED_MAX_BYTES: u64 = 64 << 20;
/// Records of a batch.
pub(super) const RECORDS_MAX: u64 = 100_000;
/// Bytes of a native batch's header.
pub(super) const HEADER_MAX_BYTES: u64 = 64 << 10;

/// What the edge decides with: a pure function of these and the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) received_ns: i64,
    pub(crate) max_age_ms: u64,
    pub(crate) max_ahead_ms: u64,
}

impl Edge {
    /// Why a record of this time is not kept.
    fn refuses_time(&self, time_ns: i64) -> Option<dlogs_record::Rejected> {
        let ns = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX).saturating_mul(1_000_000);
        if time_ns < self.received_ns.saturating_sub(ns(self.max_age_ms)) {
            return Some(dlogs_record::Rejected::TooOld);
        }
        let latest_ns = self.received_ns.saturating_add(ns(self.max_ahead_ms));
        (time_ns > latest_ns).then_some(dlogs_record::Rejected::TooNew)
    }
}

/// A request that is in order.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) entry: Entry,
    pub(crate) statistics: Option<Arc<RawValue>>,
    /// True when something must be on disk before the answer.
    pub(crate) durable: bool,
    /// Sentences for rejected records, by sequence number; told once, never stored.
    pub(crate) sentences: Vec<(u64, String)>,
    pub(crate) form: Form,
}

/// How the answer names records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// By `seq`, with `acked_through`.
    Native,
    /// By `index`, from 0.
    Json,
}

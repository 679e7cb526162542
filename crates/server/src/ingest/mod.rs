//! The edge: reads a request, checks everything once, fixes what a replay must not decide again.

mod body;
mod budget;
mod document;
mod elastic;
mod gather;
mod header;
mod identity;
mod intake;
mod json;
mod loki;
mod native;
mod origins;
mod otlp;
mod proto;
mod recent;
mod rejecting;
mod route;
mod shapes;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use serde_json::value::RawValue;

use crate::app::App;
use crate::entry::Entry;
use crate::rejects::Subject;

pub(crate) use budget::{Budget, Share};
pub(crate) use identity::Identity;
pub(crate) use recent::{REMEMBERED_NS, Recent};
pub(crate) use route::ingest;

/// What senders of others speak to.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/logs", post(otlp::ingest))
        .route("/loki/api/v1/push", post(loki::ingest))
        .route("/_bulk", post(elastic::bulk).put(elastic::bulk))
        .route("/{index}/_bulk", post(elastic::bulk_of).put(elastic::bulk_of))
        .route("/", get(elastic::root))
}

/// Bytes of a request on the wire.
pub(crate) const WIRE_MAX_BYTES: u64 = 16 << 20;
/// Bytes after unpacking.
pub(crate) const DECODED_MAX_BYTES: u64 = 64 << 20;
/// Records of a batch.
pub(crate) const RECORDS_MAX: u64 = 100_000;
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

/// What the headers say besides the form of the body.
struct Said {
    /// The `Idempotency-Key`.
    key: Option<String>,
    /// The id of the API key; empty where none is asked for.
    key_id: String,
}

/// A request that is in order.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) entry: Entry,
    pub(crate) statistics: Option<Arc<RawValue>>,
    /// True when something must be on disk before the answer.
    pub(crate) durable: bool,
    /// Of the first rejected records; told once, never stored.
    pub(crate) told: Vec<Told>,
}

/// Why a record cannot be kept, and how it begins.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) seq: u64,
    /// Without a full stop.
    pub(crate) sentence: String,
    pub(crate) subject: Subject,
}

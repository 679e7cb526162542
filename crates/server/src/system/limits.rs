//! The bounds that senders, readers and the disk meet, by name.

use serde::Serialize;

use crate::clients::registry::CLIENTS_MAX;
use crate::config::Config;
use crate::ingest::{DECODED_MAX_BYTES, RECORDS_MAX, WIRE_MAX_BYTES};
use crate::live::hub::VIEWERS_MAX;

/// One bound.
#[derive(Debug, Serialize)]
pub(super) struct Limit {
    name: &'static str,
    value: u64,
    /// `bytes`, `ms`, or what is counted.
    unit: &'static str,
}

pub(super) fn of(config: &Config) -> Vec<Limit> {
    let record = dlogs_record::limits::MAX_RECORD_BYTES as u64;
    let all = [
        ("record_bytes", record, "bytes"),
        ("request_bytes", WIRE_MAX_BYTES, "bytes"),
        ("unpacked_bytes", DECODED_MAX_BYTES, "bytes"),
        ("batch_records", RECORDS_MAX, "records"),
        ("record_age_ms", config.max_age_ms, "ms"),
        ("record_ahead_ms", config.max_ahead_ms, "ms"),
        ("unsealed_bytes", config.max_unsealed_bytes, "bytes"),
        ("inflight_bytes", config.max_inflight_bytes, "bytes"),
        ("min_free_bytes", config.min_free_bytes, "bytes"),
        ("connections", config.max_connections as u64, "connections"),
        ("viewers", VIEWERS_MAX as u64, "viewers"),
        ("clients", CLIENTS_MAX as u64, "clients"),
        ("query_timeout_ms", config.query_timeout_ms, "ms"),
    ];
    all.into_iter().map(|(name, value, unit)| Limit { name, value, unit }).collect()
}

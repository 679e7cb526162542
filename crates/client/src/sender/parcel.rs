//! What a batch is, beside its bytes, and the header that tells it to the server (spec/wire.md).

use serde::Serialize;
use serde_json::Value;

use crate::ledger::Lost;

/// Everything about a batch but its frames.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parcel {
    pub(crate) stream: String,
    pub(crate) first_seq: u64,
    pub(crate) last_seq: u64,
    pub(crate) count: u64,
    pub(crate) salt: u64,
    pub(crate) losses: Vec<Lost>,
    pub(crate) end_of_stream: bool,
    /// Bytes of the frames.
    pub(crate) frame_bytes: u64,
    /// Bytes of the request's body.
    pub(crate) wire_bytes: u64,
}

#[derive(Serialize)]
struct Header<'a> {
    v: u32,
    stream: &'a str,
    first_seq: u64,
    last_seq: u64,
    salt: String,
    check: &'static str,
    losses: Vec<Value>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    end_of_stream: bool,
    client: &'a Value,
}

impl Parcel {
    /// The header's JSON.
    pub(crate) fn header(&self, client: &Value) -> Vec<u8> {
        let header = Header {
            v: 1,
            stream: &self.stream,
            first_seq: self.first_seq,
            last_seq: self.last_seq,
            salt: format!("{:016x}", self.salt),
            check: "crc32c",
            losses: self.losses.iter().map(loss).collect(),
            end_of_stream: self.end_of_stream,
            client,
        };
        // Writing JSON of plain data into memory does not fail.
        serde_json::to_vec(&header).unwrap_or_default()
    }
}

fn loss(lost: &Lost) -> Value {
    serde_json::json!({"from": lost.from, "to": lost.to, "reason": lost.reason.as_str()})
}

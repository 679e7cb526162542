//! The JSON header of a native batch, read strictly.

use std::sync::Arc;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::HEADER_MAX_BYTES;
use crate::client_block::ClientBlock;
use crate::observe::Loss;
use crate::refusal::Refusal;
use crate::stream_id::StreamId;

/// Numbers stay in the range in which sums of two cannot overflow.
const SEQ_MAX: u64 = i64::MAX as u64;
const LOSSES_MAX: usize = 1000;

/// The header of spec/wire.md.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) stream: StreamId,
    pub(super) first_seq: u64,
    pub(super) last_seq: u64,
    pub(super) salt: u64,
    pub(super) losses: Vec<Loss>,
    pub(super) end_of_stream: bool,
    pub(super) client: ClientBlock,
    pub(super) statistics: Option<Arc<RawValue>>,
}

#[derive(Deserialize)]
struct Wire<'a> {
    stream: StreamId,
    first_seq: u64,
    last_seq: u64,
    salt: String,
    check: String,
    #[serde(default)]
    losses: Option<Vec<Loss>>,
    #[serde(default)]
    end_of_stream: Option<bool>,
    #[serde(default, borrow)]
    client: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Version {
    v: serde_json::Value,
}

/// A client block with its counters.
#[derive(Deserialize)]
struct Client<'a> {
    #[serde(default, borrow)]
    statistics: Option<&'a RawValue>,
}

fn bad(error: impl Into<String>) -> Refusal {
    Refusal::bad("header", error)
}

/// Splits a native batch and reads its header; the offset is where the frames start.
pub(super) fn read(batch: &[u8]) -> Result<(Header, usize), Refusal> {
    let Some((length, rest)) = batch.split_first_chunk::<4>() else {
        return Err(bad("The batch is shorter than its header's length; it begins with a u32."));
    };
    let length = u32::from_le_bytes(*length) as usize;
    if length as u64 > HEADER_MAX_BYTES {
        let refusal = Refusal::new(
            StatusCode::BAD_REQUEST,
            "header",
            format!(
                "The header says that it is {length} bytes long; {HEADER_MAX_BYTES} are the limit."
            ),
        );
        return Err(Refusal { limit: Some(HEADER_MAX_BYTES), ..refusal });
    }
    let json = rest.get(..length).ok_or_else(|| {
        bad(format!("The header says that it is {length} bytes long, {} follow.", rest.len()))
    })?;
    let text = std::str::from_utf8(json)
        .map_err(|error| Refusal::bad("utf8", format!("The header is not UTF-8: {error}.")))?;
    let version: Version =
        serde_json::from_str(text).map_err(|error| json_error("header", &error))?;
    if version.v != 1 {
        return Err(Refusal::bad(
            "version",
            format!(
                "This server speaks version 1 of the protocol, the batch version {}.",
                version.v
            ),
        ));
    }
    let wire: Wire<'_> =
        serde_json::from_str(text).map_err(|error| json_error("header", &error))?;
    Ok((wire.check()?, 4 + length))
}

/// Names the fault of some JSON: its depth, or its form.
pub(super) fn json_error(reason: &'static str, error: &serde_json::Error) -> Refusal {
    let text = error.to_string();
    if text.starts_with("recursion limit") {
        return Refusal::bad("depth", "The JSON is nested more than 127 deep; flatten it.");
    }
    Refusal::bad(reason, format!("The JSON is not understood: {text}."))
}

/// A client block, alone or in an envelope.
pub(super) fn client(json: &RawValue) -> Result<(ClientBlock, Option<Arc<RawValue>>), Refusal> {
    if !json.get().starts_with('{') {
        return Err(bad("The client block is not an object, such as {\"service\": \"billing\"}."));
    }
    let block = serde_json::from_str(json.get()).map_err(|error| json_error("header", &error))?;
    let Client { statistics } =
        serde_json::from_str(json.get()).map_err(|error| json_error("header", &error))?;
    Ok((block, statistics.map(|raw| Arc::from(raw.to_owned()))))
}

impl Wire<'_> {
    fn check(self) -> Result<Header, Refusal> {
        let Self { stream, first_seq, last_seq, .. } = self;
        if first_seq == 0 || first_seq > SEQ_MAX || last_seq > SEQ_MAX || last_seq + 1 < first_seq {
            return Err(bad(format!(
                "first_seq {first_seq} and last_seq {last_seq} are no range; numbers start at 1."
            )));
        }
        if last_seq.saturating_sub(first_seq) > u64::from(u32::MAX) {
            return Err(bad("A batch spans at most 2^32 sequence numbers."));
        }
        let hex = self.salt.len() == 16 && self.salt.bytes().all(|byte| byte.is_ascii_hexdigit());
        let salt = u64::from_str_radix(&self.salt, 16).ok().filter(|_| hex);
        let salt = salt.ok_or_else(|| bad("The salt is written as 16 hex digits."))?;
        if self.check != "crc32c" {
            return Err(bad(format!("The check {:?} is not known; use crc32c.", self.check)));
        }
        let losses = self.losses.unwrap_or_default();
        if losses.len() > LOSSES_MAX {
            return Err(bad(format!(
                "More than {LOSSES_MAX} losses; join ranges, or send them in turn."
            )));
        }
        for Loss { from, to, reason } in &losses {
            let word = !reason.is_empty() && reason.len() <= 32;
            let word = word && reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            if *from == 0 || from > to || *to > SEQ_MAX || !word {
                return Err(bad(format!(
                    "The loss {from}-{to} {reason:?} is no range with a reason."
                )));
            }
        }
        let (client, statistics) = self.client.map(client).transpose()?.unwrap_or_default();
        let end_of_stream = self.end_of_stream.unwrap_or_default();
        Ok(Header { stream, first_seq, last_seq, salt, losses, end_of_stream, client, statistics })
    }
}

//! A batch on its way: what the edge fixed for good, and its bytes in the queue.
//!
//! A queue entry is `u32 length of the head | head, JSON | body as received`. The head holds all that
//! a restart needs, so that reading the queue again unpacks nothing.

use bytes::{Bytes, BytesMut};
use dlogs_record::Rejected;
use serde::{Deserialize, Serialize};

use crate::batch::{Encoding, Summary};
use crate::client_block::ClientBlock;
use crate::ingest::Identity;
use crate::observe::Loss;
use crate::ranges::Ranges;
use crate::stream_id::StreamId;

/// What a batch says about its stream: the input of the law.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Claim {
    pub(crate) stream: StreamId,
    pub(crate) memory: Memory,
    /// The server's clock at arrival: the only clock that decides about this batch, ever.
    pub(crate) received_ns: i64,
    /// The highest number that the batch covers.
    pub(crate) last_seq: u64,
    /// Numbers of well-formed records.
    pub(crate) present: Ranges,
    /// Records that the edge rejects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) rejected: Vec<(u64, Reason)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) losses: Vec<Loss>,
    #[serde(default)]
    pub(crate) end_of_stream: bool,
    /// Of the records, when an `Idempotency-Key` names the batch; else 0.
    #[serde(default)]
    pub(crate) digest: u64,
}

/// How long a stream's numbers are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Memory {
    /// A client's stream: 180 days after its last batch.
    Stream,
    /// A batch named by an `Idempotency-Key`: 24 hours, bounded in number.
    Key,
    /// Plain JSON: nothing can come again under this name.
    Once,
}

/// A reject's reason, spelled as in spec/losses.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Reason(pub(crate) Rejected);

impl TryFrom<String> for Reason {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let known = Rejected::ALL.iter().find(|reason| reason.as_str() == name);
        known.map(|reason| Self(*reason)).ok_or(name)
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> String {
        reason.0.as_str().to_owned()
    }
}

/// Everything about a batch but its body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Head {
    #[serde(flatten)]
    pub(crate) claim: Claim,
    pub(crate) first_seq: u64,
    pub(crate) encoding: Encoding,
    pub(crate) decoded_bytes: u32,
    pub(crate) frames_at: u32,
    /// At least one.
    pub(crate) clients: Vec<ClientBlock>,
    /// Of all that is in `claim.present`.
    pub(crate) summary: Summary,
    /// What the batch, or each of its records, is recognised by when it comes again within ten minutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) identities: Vec<Identity>,
}

/// A batch that the edge has checked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) head: Head,
    pub(crate) body: Bytes,
    /// The body as the edge has unpacked it. It is not in the queue: a restart has none.
    pub(crate) unpacked: Option<Bytes>,
}

impl Entry {
    /// The two parts to append to the queue; the body is not copied.
    pub(crate) fn encode(&self) -> Result<[Bytes; 2], serde_json::Error> {
        let json = serde_json::to_vec(&self.head)?;
        let mut head = BytesMut::with_capacity(4 + json.len());
        head.extend_from_slice(&(json.len() as u32).to_le_bytes());
        head.extend_from_slice(&json);
        Ok([head.freeze(), self.body.clone()])
    }

    /// Reads an entry of the queue; shares its memory.
    pub(crate) fn decode(payload: &Bytes) -> Result<Self, String> {
        let (length, rest) = payload.split_first_chunk::<4>().ok_or("an entry without a head")?;
        let length = u32::from_le_bytes(*length) as usize;
        let json = rest.get(..length).ok_or("an entry's head is cut")?;
        let head: Head = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if head.clients.is_empty() {
            return Err("an entry without a client block".into());
        }
        Ok(Self { head, body: payload.slice(4 + length..), unpacked: None })
    }

    /// What the batch costs in memory and on disk, about: heads become structs of like size.
    pub(crate) fn cost_bytes(parts_bytes: usize) -> u64 {
        parts_bytes as u64 + 512
    }
}

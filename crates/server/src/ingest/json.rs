//! JSON batches: made into the same records and frames that clients send, once, at the edge.

use dlogs_record::Rejected;
use dlogs_record::json::{BadObject, Incoming, body};
use dlogs_record::limits::MAX_FOREIGN_DEPTH;
use sha2::{Digest, Sha256};

use super::gather::{Gather, Name, RECORD_MAX_BYTES, refuse_all, too_long};
use super::header::client;
use super::intake::{Ready, hold_body};
use super::origins::Origins;
use super::recent::Hold;
use super::shapes::{self, Shape};
use super::{Edge, Said};
use crate::entry::Memory;
use crate::refusal::Refusal;
use crate::stream_id::StreamId;

/// What is nested deeper than 8 is cut, up to this; beyond it is no record any more.
pub(super) const TOO_DEEP: &str = "the record is nested more than 64 deep; flatten it";

/// The name that the caller's `Idempotency-Key` stands for.
fn keyed(key_id: &str, key: &str, decoded: &[u8]) -> Name {
    let mut instance = [0; 16];
    let mut hash = Sha256::new_with_prefix(b"dlogs idempotency key\n");
    hash.update(key_id.as_bytes());
    hash.update(b"\n");
    hash.update(key.as_bytes());
    instance.copy_from_slice(&hash.finalize()[..16]);
    let mut digest = [0; 8];
    digest.copy_from_slice(&Sha256::digest(decoded)[..8]);
    let stream = StreamId { instance, lane: 0 };
    Name { stream, memory: Memory::Key, digest: u64::from_le_bytes(digest).max(1) }
}

/// Normalises a batch.
pub(super) fn prepare(
    edge: Edge,
    said: &Said,
    shape: &Shape<'_>,
    decoded: &[u8],
    hold: Hold,
) -> Result<Ready<()>, Refusal> {
    let (base, statistics) = shape.client.map(client).transpose()?.unwrap_or_default();
    let mut gather = Gather::new(edge, Origins::new(base));
    let mut scratch = Vec::new();
    for text in &shape.records {
        scratch.clear();
        match read(text, &mut scratch) {
            Ok(mut incoming) => {
                let origin = gather.origins.of(&mut incoming)?;
                // What is wrong with it is told in the answer.
                let _ = gather.take(incoming.time_ns, incoming.level, origin, &scratch);
            }
            Err(bad) => gather.reject(&bad, 0, text.as_bytes()),
        }
    }
    let mut ready = match &said.key {
        Some(key) => {
            let prepared = gather.finish(keyed(&said.key_id, key, decoded), Vec::new())?;
            Ready { prepared, hold, repeated: false, extra: () }
        }
        None => hold_body(gather, hold, Name::fresh()?, "json", &said.key_id, decoded)?,
    };
    ready.prepared.statistics = statistics;
    let claim = &ready.prepared.entry.head.claim;
    if claim.present.is_empty() && !claim.rejected.is_empty() {
        return Err(refuse_all(&ready.prepared));
    }
    Ok(ready)
}

/// Writes a record's body; what is wrong with it otherwise.
pub(super) fn read(text: &str, out: &mut Vec<u8>) -> Result<Incoming, BadObject> {
    if shapes::depth(text) > MAX_FOREIGN_DEPTH {
        return Err(BadObject { reason: Rejected::Malformed, sentence: TOO_DEEP.into() });
    }
    if text.len() > RECORD_MAX_BYTES {
        return Err(too_long(text.len()));
    }
    body(text, out)
}

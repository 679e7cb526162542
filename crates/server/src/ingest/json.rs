//! JSON batches: made into the same records and frames that clients send, once, at the edge.

use std::collections::HashMap;

use dlogs_record::Rejected;
use dlogs_record::json::{BadObject, Incoming, body};
use dlogs_record::limits::MAX_FOREIGN_DEPTH;
use sha2::{Digest, Sha256};

use super::header::client;
use super::shapes::{self, Shape};
use super::{Edge, Form, Prepared};
use crate::batch::{Encoding, Summary};
use crate::client_block::ClientBlock;
use crate::entry::{Claim, Entry, Head, Memory, Reason};
use crate::frame::write_frame;
use crate::ranges::Ranges;
use crate::refusal::Refusal;
use crate::stream_id::StreamId;

/// A longer record is rejected; what is between this and 256 KiB after encoding is cut visibly.
const RECORD_TEXT_MAX_BYTES: usize = 1 << 20;
const SENTENCES_MAX: usize = 20;
/// What is nested deeper than 8 is cut, up to this; beyond it is no record any more.
const TOO_DEEP: &str = "the record is nested more than 64 deep; flatten it";

/// What makes a batch the same as one that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) stream: StreamId,
    pub(super) memory: Memory,
    pub(super) digest: u64,
}

impl Name {
    /// A name that never comes again, or the one that the caller's key stands for.
    pub(super) fn of(key_id: &str, key: Option<&str>, decoded: &[u8]) -> Result<Self, Refusal> {
        let mut instance = [0; 16];
        let Some(key) = key else {
            getrandom::fill(&mut instance)
                .map_err(|error| Refusal::unavailable("disk", error.to_string(), 5))?;
            let stream = StreamId { instance, lane: 0 };
            return Ok(Self { stream, memory: Memory::Once, digest: 0 });
        };
        let mut hash = Sha256::new_with_prefix(b"dlogs idempotency key\n");
        hash.update(key_id.as_bytes());
        hash.update(b"\n");
        hash.update(key.as_bytes());
        instance.copy_from_slice(&hash.finalize()[..16]);
        let mut digest = [0; 8];
        digest.copy_from_slice(&Sha256::digest(decoded)[..8]);
        let stream = StreamId { instance, lane: 0 };
        Ok(Self { stream, memory: Memory::Key, digest: u64::from_le_bytes(digest).max(1) })
    }
}

/// Client blocks of a batch: the batch's own, and one for each way in which records differ.
struct Origins {
    blocks: Vec<ClientBlock>,
    known: HashMap<[Option<String>; 5], u16>,
}

impl Origins {
    fn new(base: ClientBlock) -> Self {
        Self { blocks: vec![base], known: HashMap::from([(Default::default(), 0)]) }
    }

    fn of(&mut self, incoming: &mut Incoming) -> Result<u16, Refusal> {
        let own = [
            incoming.language.take(),
            incoming.service.take(),
            incoming.component.take(),
            incoming.environment.take(),
            incoming.host.take(),
        ];
        if let Some(at) = self.known.get(&own) {
            return Ok(*at);
        }
        let at = u16::try_from(self.blocks.len()).map_err(|_| {
            Refusal::bad(
                "origins",
                "A batch has more than 65535 different services and hosts; split it.",
            )
        })?;
        let mut block = self.blocks[0].clone();
        let set = |place: &mut String, own: &Option<String>| {
            if let Some(own) = own {
                own.clone_into(place);
            }
        };
        set(&mut block.language, &own[0]);
        set(&mut block.service, &own[1]);
        set(&mut block.component, &own[2]);
        set(&mut block.environment, &own[3]);
        set(&mut block.host, &own[4]);
        self.blocks.push(block);
        self.known.insert(own, at);
        Ok(at)
    }
}

/// Normalises a batch.
pub(super) fn prepare(edge: Edge, shape: &Shape<'_>, name: Name) -> Result<Prepared, Refusal> {
    let (mut base, statistics) = shape.client.map(client).transpose()?.unwrap_or_default();
    if base.language.is_empty() {
        base.language = "http".into();
    }
    let mut origins = Origins::new(base);
    let (mut present, mut rejected, mut sentences) = (Ranges::default(), Vec::new(), Vec::new());
    let mut summary = Summary::default();
    let (mut frames, mut scratch) = (Vec::new(), Vec::new());
    for (text, seq) in shape.records.iter().zip(1..) {
        scratch.clear();
        match read(edge, text, &mut scratch) {
            Ok(mut incoming) => {
                let time_ns = incoming.time_ns.unwrap_or(edge.received_ns);
                let origin = origins.of(&mut incoming)?;
                write_frame(&mut frames, time_ns, seq, origin, &scratch);
                summary.count(&origins.blocks[usize::from(origin)], incoming.level as u8, time_ns);
                present.insert(seq, seq);
            }
            Err(bad) => {
                rejected.push((seq, Reason(bad.reason)));
                if sentences.len() < SENTENCES_MAX {
                    sentences.push((seq, bad.sentence));
                }
            }
        }
    }
    if present.is_empty() && !rejected.is_empty() {
        return Err(refuse_all(&rejected, &sentences));
    }
    summary.mixed = origins.blocks.len() > 1;
    let packed = crate::pack::pack(&frames)
        .map_err(|error| Refusal::unavailable("queue", error.to_string(), 1))?;
    let claim = Claim {
        stream: name.stream,
        memory: name.memory,
        received_ns: edge.received_ns,
        last_seq: shape.records.len() as u64,
        present,
        rejected,
        losses: Vec::new(),
        end_of_stream: false,
        digest: name.digest,
    };
    let durable = !claim.present.is_empty();
    let head = Head {
        claim,
        first_seq: 1,
        encoding: Encoding::Zstd,
        decoded_bytes: frames.len() as u32,
        frames_at: 0,
        clients: origins.blocks,
        summary,
    };
    let entry = Entry { head, body: packed };
    Ok(Prepared { entry, statistics, durable, sentences, form: Form::Json })
}

fn read(edge: Edge, text: &str, out: &mut Vec<u8>) -> Result<Incoming, BadObject> {
    let bad = |reason, sentence: String| BadObject { reason, sentence };
    if shapes::depth(text) > MAX_FOREIGN_DEPTH {
        return Err(bad(Rejected::Malformed, TOO_DEEP.into()));
    }
    if text.len() > RECORD_TEXT_MAX_BYTES {
        let sentence = format!(
            "the record is {} bytes long, {RECORD_TEXT_MAX_BYTES} are the limit",
            text.len()
        );
        return Err(bad(Rejected::TooLarge, sentence));
    }
    let incoming = body(text, out)?;
    let time_ns = incoming.time_ns.unwrap_or(edge.received_ns);
    match edge.refuses_time(time_ns) {
        None => Ok(incoming),
        Some(reason) => {
            let time = dlogs_record::time::to_rfc3339(time_ns);
            Err(bad(
                reason,
                format!("the record's time {time} is not within what this server keeps"),
            ))
        }
    }
}

/// Nothing of the batch can be kept: one clear error serves its sender better than a list.
fn refuse_all(rejected: &[(u64, Reason)], sentences: &[(u64, String)]) -> Refusal {
    let reason = rejected[0].1.0;
    let sentence = sentences.first().map_or("", |(_, sentence)| sentence);
    let error = format!("No record of the batch can be kept; the first: {sentence}.");
    match reason {
        Rejected::TooLarge => Refusal::too_large("too_large", error, RECORD_TEXT_MAX_BYTES as u64),
        Rejected::Malformed if sentence == TOO_DEEP => Refusal::bad("depth", error),
        Rejected::Malformed => Refusal::bad("json", error),
        reason => Refusal::bad(reason.as_str(), error),
    }
}

//! One document on its way in, and what its sender hears of it.

use dlogs_record::json::{BadObject, Incoming};
use serde_json::{Value, json};

use super::bulk::{Action, Line};
use crate::ingest::document::{Document, Entries};
use crate::ingest::gather::{Gather, RECORD_MAX_BYTES, too_long};
use crate::ingest::identity::Identity;
use crate::ingest::recent::{Hold, Known};
use crate::refusal::Refusal;
use crate::stream_id::StreamId;

/// Where documents without an index of their own belong.
const NO_INDEX: &str = "logs";

/// What becomes of a document.
enum Fate {
    Created { seq: u64, time_ns: i64 },
    Known,
    Busy,
    Unsupported,
    Bad(BadObject),
}

/// The documents of one body.
pub(super) struct Items<'a> {
    pub(super) gather: Gather,
    pub(super) hold: Hold,
    /// The index that the path names.
    pub(super) index: Option<&'a str>,
    pub(super) key_id: &'a str,
    /// Names the records that have no id of their own.
    pub(super) stream: StreamId,
    /// The server's clock, for documents without a time.
    pub(super) received_ns: i64,
    /// Answers, in the order of the documents.
    pub(super) answers: Vec<Value>,
}

impl Items<'_> {
    /// Takes a document in and notes the answer.
    pub(super) fn put(&mut self, line: Line<'_>, scratch: &mut Vec<u8>) -> Result<(), Refusal> {
        self.gather.check_count()?;
        let index = line.index.as_deref().or(self.index).unwrap_or(NO_INDEX).to_owned();
        let fate = self.fate(&line, &index, scratch)?;
        self.answers.push(self.answer(&line, &index, fate));
        Ok(())
    }

    fn fate(
        &mut self,
        line: &Line<'_>,
        index: &str,
        scratch: &mut Vec<u8>,
    ) -> Result<Fate, Refusal> {
        if matches!(line.action, Action::Update | Action::Delete) {
            return Ok(Fate::Unsupported);
        }
        scratch.clear();
        let mut incoming = match translate(line, index, scratch) {
            Ok(incoming) => incoming,
            Err(bad) => {
                self.gather.reject(&bad, 0, line.document.as_bytes());
                return Ok(Fate::Bad(bad));
            }
        };
        if let Some(id) = &line.id {
            let parts = [self.key_id.as_bytes(), index.as_bytes(), id.as_bytes()];
            match self.hold.take(Identity::of("elastic _id", &parts)) {
                Known::New => {}
                Known::Mine | Known::Stored => return Ok(Fate::Known),
                Known::InFlight => return Ok(Fate::Busy),
            }
        }
        let origin = self.gather.origins.of(&mut incoming)?;
        Ok(match self.gather.take(incoming.time_ns, incoming.level, origin, scratch) {
            Err(bad) => Fate::Bad(bad),
            Ok(()) => {
                let time_ns = incoming.time_ns.unwrap_or(self.received_ns);
                Fate::Created { seq: self.gather.count(), time_ns }
            }
        })
    }

    fn answer(&self, line: &Line<'_>, index: &str, fate: Fate) -> Value {
        let id = line.id.clone().unwrap_or_default();
        let error = |status: u16, kind: &str, reason: String| json!({"_index": index, "_id": id, "status": status, "error": {"type": kind, "reason": reason}});
        let item = match fate {
            Fate::Created { seq, time_ns } => {
                let own = || format!("{time_ns}-{}-{seq}", self.stream);
                let id = line.id.clone().unwrap_or_else(own);
                stored(index, &id, "created", 201)
            }
            Fate::Known if line.action == Action::Create => {
                let reason = format!("[{id}]: version conflict, document already exists");
                error(409, "version_conflict_engine_exception", reason)
            }
            Fate::Known => stored(index, &id, "noop", 200),
            Fate::Busy => {
                let reason = "a document with this _id is being stored; try again in a moment";
                error(429, "es_rejected_execution_exception", reason.into())
            }
            Fate::Unsupported => {
                let reason = "logs are not changed or removed; use index or create";
                error(400, "illegal_argument_exception", reason.into())
            }
            Fate::Bad(bad) => error(400, "document_parsing_exception", bad.sentence),
        };
        json!({line.action.word(): item})
    }
}

fn stored(index: &str, id: &str, result: &str, status: u16) -> Value {
    json!({"_index": index, "_id": id, "_version": 1, "result": result, "status": status,
        "_seq_no": 0, "_primary_term": 1, "_shards": {"total": 1, "successful": 1, "failed": 0}})
}

fn translate(line: &Line<'_>, index: &str, out: &mut Vec<u8>) -> Result<Incoming, BadObject> {
    if line.document.len() > RECORD_MAX_BYTES {
        return Err(too_long(line.document.len()));
    }
    let mut document = Document::default();
    document.open(Entries::of(line.document)?)?;
    document.keep("_index", index);
    if let Some(id) = &line.id {
        document.keep("_id", id);
    }
    document.write(out)
}

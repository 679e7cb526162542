//! What the rest of the server may watch: the writer tells, observers listen and never hold it up.

use std::sync::Arc;

use dlogs_record::Level;

use crate::batch::{Batch, Summary};
use crate::client_block::ClientBlock;
use crate::stream_id::StreamId;

/// A listener to what the writer did. Calls come from one thread, in queue order, while ingest
/// waits: an implementation counts or hands over and returns within microseconds.
pub trait Observer: Send + Sync {
    /// A batch is on disk and in the memtable: from now on queries see it. At start every batch
    /// that the queue still holds is told again, with `replay` true.
    fn stored(&self, batch: &Arc<Batch>, replay: bool);

    /// A client was heard from: a batch, a heartbeat, or (at start) the replay of one.
    fn seen(&self, sighting: &Sighting);

    /// `count` records of a batch will never be kept, for `reason` (table `server` of spec/losses.toml).
    fn rejected(&self, origin: &ClientBlock, reason: &'static str, count: u64);

    /// `count` records came again and were not stored twice.
    fn duplicates(&self, origin: &ClientBlock, count: u64);

    /// Records that a part holds from before this start: told once for each part, before `stored`.
    fn held(&self, summary: &Summary);

    /// At start, before `stored`: so many records of a second (s since 1970) are in parts, by language, service and level.
    /// They are among what `held` tells; it is for charts of the last minutes.
    fn counted(&self, _at_s: u64, _language: &str, _service: &str, _level: Level, _n: u64) {}

    /// So many records that came in this second, before this start, and are in no queue any more, had a delay of this
    /// bucket.
    fn delayed(&self, _at_s: u64, _bucket: u8, _n: u64) {}

    /// So many records have left the store, by retention or because their part is corrupt.
    fn expired(&self, records: u64);
}

/// One hearing from a client.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// The stream that the request belongs to. JSON batches have no living stream: `None`.
    pub stream: Option<StreamId>,
    /// Who sent it, as its header said.
    pub client: Arc<ClientBlock>,
    /// The client's own counters (a JSON object), when it sent them. Absent on replay.
    pub statistics: Option<Arc<serde_json::value::RawValue>>,
    /// Ranges that the client declared lost, in this request.
    pub losses: Vec<Loss>,
    /// The stream was closed in good order with this batch.
    pub end_of_stream: bool,
    /// The server's clock when the request had arrived, nanoseconds since 1970 UTC.
    pub received_ns: i64,
    /// What the server knows about the stream after this request; `None` for JSON batches.
    pub law: Option<Law>,
    /// True while the queue is read again at start.
    pub replay: bool,
}

/// A range of sequence numbers that a client gave up, with its reason (spec/losses.toml).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Loss {
    /// First lost sequence number.
    pub from: u64,
    /// Last lost sequence number, inclusive.
    pub to: u64,
    /// A name from spec/losses.toml, such as `torn`.
    pub reason: String,
}

/// The law of one stream as the server sees it: every number up to `through` is stored, rejected,
/// lost with a reason, or a gap (still to come, or missing).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Law {
    /// Records kept.
    pub stored: u64,
    /// Records that will never be kept, over all reasons.
    pub rejected: u64,
    /// Declared losses by reason: the number of sequence numbers.
    pub lost: Vec<(String, u64)>,
    /// Inclusive ranges that nobody has accounted for, at most 64, oldest first.
    pub gaps: Vec<(u64, u64)>,
    /// The highest sequence number that a batch has covered.
    pub through: u64,
    /// The stream was closed in good order.
    pub ended: bool,
}

/// Several observers as one.
#[derive(Default, Clone)]
pub struct Observers(pub Vec<Arc<dyn Observer>>);

impl Observer for Observers {
    fn stored(&self, batch: &Arc<Batch>, replay: bool) {
        self.0.iter().for_each(|each| each.stored(batch, replay));
    }
    fn seen(&self, sighting: &Sighting) {
        self.0.iter().for_each(|each| each.seen(sighting));
    }
    fn rejected(&self, origin: &ClientBlock, reason: &'static str, count: u64) {
        self.0.iter().for_each(|each| each.rejected(origin, reason, count));
    }
    fn duplicates(&self, origin: &ClientBlock, count: u64) {
        self.0.iter().for_each(|each| each.duplicates(origin, count));
    }
    fn held(&self, summary: &Summary) {
        self.0.iter().for_each(|each| each.held(summary));
    }
    fn counted(&self, at_s: u64, language: &str, service: &str, level: Level, n: u64) {
        self.0.iter().for_each(|each| each.counted(at_s, language, service, level, n));
    }
    fn delayed(&self, at_s: u64, bucket: u8, n: u64) {
        self.0.iter().for_each(|each| each.delayed(at_s, bucket, n));
    }
    fn expired(&self, records: u64) {
        self.0.iter().for_each(|each| each.expired(records));
    }
}

//! A batch as the memtable keeps it: the body, and what queries ask first.

use std::sync::Arc;

use bytes::Bytes;

use crate::client_block::ClientBlock;
use crate::frame::Frames;
use crate::ranges::Ranges;
use crate::row::{Row, Rows};
use crate::stream_id::StreamId;

/// Groups of a summary; what is beyond is counted together under [`OTHER`].
const GROUPS_MAX: usize = 64;
/// The name of everything that is not counted by its own.
pub(crate) const OTHER: &str = "(other)";

/// One stored batch. Immutable; shared by queries, viewers and the memtable.
#[derive(Debug)]
pub struct Batch {
    /// Where it lies in the queue: later batches have greater offsets, also across restarts.
    pub offset: u64,
    /// Whose records these are. JSON batches have a stream of their own each.
    pub stream: StreamId,
    /// Who wrote it. In a mixed JSON batch: who wrote the first record; rows know their own.
    pub client: Arc<ClientBlock>,
    /// The further client blocks of a mixed JSON batch.
    pub others: Vec<Arc<ClientBlock>>,
    /// The server's clock at arrival, nanoseconds since 1970 UTC.
    pub received_ns: i64,
    /// The smallest number that a record of the body can have; low bits count from here.
    pub first_seq: u64,
    /// The sequence numbers that this batch stores. Rejects and repeats of the body are left out.
    pub kept: Ranges,
    /// What a query asks before it unpacks the body. Counts only `kept`.
    pub summary: Summary,
    /// The records.
    pub body: Body,
    /// What the batch costs against `max_unsealed_bytes`.
    pub cost_bytes: u64,
}

/// The frames of a batch, packed as the client packed them, or unpacked already.
#[derive(Debug, Clone)]
pub struct Body {
    /// How the bytes are packed.
    pub encoding: Encoding,
    /// The bytes.
    pub bytes: Bytes,
    /// Length after unpacking, bytes.
    pub decoded_bytes: u32,
    /// Where the first frame starts after unpacking, bytes.
    pub frames_at: u32,
}

/// One `Content-Encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// Not packed.
    Identity,
    /// RFC 8878.
    Zstd,
    /// RFC 1952.
    Gzip,
}

/// Counts and bounds of a batch's kept records.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Summary {
    /// Kept records.
    pub records: u64,
    /// Time of the oldest record, nanoseconds since 1970 UTC.
    pub min_time_ns: i64,
    /// Time of the newest record.
    pub max_time_ns: i64,
    /// Records by level, TRACE to CRITICAL.
    pub levels: [u64; 6],
    /// Records by language, service and level; at most 64 groups, the rest under `(other)`.
    pub groups: Vec<Group>,
    /// Records of a JSON batch name languages, services, components or hosts of their own, so that
    /// the first client block does not speak for all.
    pub mixed: bool,
}

/// Counts of the records of one language and service.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Group {
    /// The language.
    pub language: String,
    /// The service.
    pub service: String,
    /// Records by level, TRACE to CRITICAL.
    pub levels: [u64; 6],
}

/// The body cannot be unpacked, although it could when it arrived: the disk or the memory lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoilt;

impl Summary {
    /// Counts one more record of this client.
    pub fn count(&mut self, client: &ClientBlock, level: u8, time_ns: i64) {
        let mut levels = [0; 6];
        levels[usize::from(level).min(5)] = 1;
        self.count_all(client, &levels, time_ns, time_ns);
    }

    /// Counts records of this client between two times, by level.
    pub(crate) fn count_all(
        &mut self,
        client: &ClientBlock,
        levels: &[u64; 6],
        min_time_ns: i64,
        max_time_ns: i64,
    ) {
        self.widen(min_time_ns, max_time_ns);
        self.add(&client.language, &client.service, levels);
    }

    /// Counts all that another one has counted.
    pub(crate) fn absorb(&mut self, other: &Summary) {
        if other.records > 0 {
            self.widen(other.min_time_ns, other.max_time_ns);
        }
        other.groups.iter().for_each(|group| {
            self.add(&group.language, &group.service, &group.levels);
        });
        self.mixed |= other.mixed;
    }

    fn widen(&mut self, min_time_ns: i64, max_time_ns: i64) {
        if self.records == 0 {
            (self.min_time_ns, self.max_time_ns) = (min_time_ns, max_time_ns);
        }
        self.min_time_ns = self.min_time_ns.min(min_time_ns);
        self.max_time_ns = self.max_time_ns.max(max_time_ns);
    }

    fn add(&mut self, language: &str, service: &str, levels: &[u64; 6]) {
        self.records += levels.iter().sum::<u64>();
        let at = self.group(language, service);
        let sums = self.levels.iter_mut().zip(&mut self.groups[at].levels);
        for ((sum, own), count) in sums.zip(levels) {
            *sum += count;
            *own += count;
        }
    }

    /// Place of a group, made when there is none. What has no place of its own counts as `(other)`.
    fn group(&mut self, language: &str, service: &str) -> usize {
        let full = self.groups.len() >= GROUPS_MAX;
        // Batches come from one client as a rule: the group is the last one used.
        let find = |language: &str, service: &str| {
            self.groups.iter().rposition(|g| g.language == language && g.service == service)
        };
        let known = find(language, service).or_else(|| find(OTHER, OTHER).filter(|_| full));
        known.unwrap_or_else(|| {
            let [language, service] = if full { [OTHER; 2] } else { [language, service] };
            self.groups.push(Group {
                language: language.to_owned(),
                service: service.to_owned(),
                levels: [0; 6],
            });
            self.groups.len() - 1
        })
    }
}

impl Batch {
    /// Unpacks the body, if it is not. Costs about 0.2 ms for 1000 records; do it outside of locks.
    pub fn unpack(&self) -> Result<Unpacked, Spoilt> {
        let body = &self.body;
        let bytes = crate::pack::unpack(body.encoding, &body.bytes, body.decoded_bytes as usize)?;
        Ok(Unpacked { bytes, frames_at: body.frames_at as usize })
    }
}

/// An unpacked body; borrow its rows with [`Unpacked::rows`].
#[derive(Debug)]
pub struct Unpacked {
    bytes: Bytes,
    frames_at: usize,
}

impl Unpacked {
    /// The kept records in the order of their sequence numbers.
    pub fn rows<'a>(&'a self, batch: &'a Batch) -> Rows<'a> {
        Rows::new(batch, self.frames())
    }

    /// The record whose frame begins here, as [`Rows::places`] told.
    #[inline]
    pub(crate) fn row_at<'a>(&'a self, batch: &'a Batch, at: u32) -> Option<Row<'a>> {
        let frame = Frames::new(self.frames().get(at as usize..)?).next()?.ok()?;
        Row::of(batch, &frame)
    }

    /// The frames as bytes.
    pub fn frames(&self) -> &[u8] {
        self.bytes.get(self.frames_at..).unwrap_or_default()
    }
}

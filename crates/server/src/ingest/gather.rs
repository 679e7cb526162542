//! A batch of somebody else's records in the making: frames, bounds, rejects. Every foreign format ends here.

use dlogs_record::json::BadObject;
use dlogs_record::{Level, Rejected, View};

use super::identity::Identity;
use super::origins::Origins;
use super::{Edge, Prepared, RECORDS_MAX, Told};
use crate::batch::{Encoding, Summary};
use crate::entry::{Claim, Entry, Head, Memory, Reason};
use crate::frame::write_frame;
use crate::ranges::Ranges;
use crate::refusal::Refusal;
use crate::rejects::{Author, Subject, beginning};
use crate::stream_id::StreamId;

/// A longer record is rejected; what is between this and 256 KiB after encoding is cut visibly.
pub(super) const RECORD_MAX_BYTES: usize = 1 << 20;
pub(super) const TOLD_MAX: usize = 20;

/// What a batch is called, and for how long that is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) stream: StreamId,
    pub(super) memory: Memory,
    pub(super) digest: u64,
}

impl Name {
    /// A name that never comes again.
    pub(super) fn fresh() -> Result<Self, Refusal> {
        let mut instance = [0; 16];
        getrandom::fill(&mut instance)
            .map_err(|error| Refusal::unavailable("disk", error.to_string(), 5))?;
        Ok(Self { stream: StreamId { instance, lane: 0 }, memory: Memory::Once, digest: 0 })
    }
}

/// The batch in the making. Records are numbered from 1, in the order in which they came.
pub(super) struct Gather {
    edge: Edge,
    pub(super) origins: Origins,
    seq: u64,
    present: Ranges,
    rejected: Vec<(u64, Reason)>,
    told: Vec<Told>,
    summary: Summary,
    frames: Vec<u8>,
    timed: bool,
}

impl Gather {
    pub(super) fn new(edge: Edge, origins: Origins) -> Self {
        Self {
            edge,
            origins,
            seq: 0,
            present: Ranges::default(),
            rejected: Vec::new(),
            told: Vec::new(),
            summary: Summary::default(),
            frames: Vec::new(),
            timed: true,
        }
    }

    /// The next record: its own time, its level, who wrote it, its body; or what is wrong with it.
    pub(super) fn take(
        &mut self,
        time_ns: Option<i64>,
        level: Level,
        origin: u16,
        body: &[u8],
    ) -> Result<(), BadObject> {
        self.timed &= time_ns.is_some();
        let time_ns = time_ns.unwrap_or(self.edge.received_ns);
        if let Some(reason) = self.edge.refuses_time(time_ns) {
            let time = dlogs_record::time::to_rfc3339(time_ns);
            let sentence = format!("the record's time {time} is not within what this server keeps");
            let bad = BadObject { reason, sentence };
            self.refuse(&bad, origin, |author| Subject::by(author, &message(body)));
            return Err(bad);
        }
        self.seq += 1;
        write_frame(&mut self.frames, time_ns, self.seq, origin, body);
        if let Some(block) = self.origins.get(origin) {
            self.summary.count(block, level as u8, time_ns);
        }
        self.present.insert(self.seq, self.seq);
        Ok(())
    }

    /// The next record cannot be kept; so it came, as far as anybody knows. It came with this block, unless it says
    /// itself whose it is.
    pub(super) fn reject(&mut self, bad: &BadObject, origin: u16, raw: &[u8]) {
        self.refuse(bad, origin, |author| Subject::of(raw, author));
    }

    fn refuse(&mut self, bad: &BadObject, origin: u16, about: impl FnOnce(Author) -> Subject) {
        self.seq += 1;
        self.rejected.push((self.seq, Reason(bad.reason)));
        // Only the first of them are told: the others need not be read for it.
        if self.told.len() < TOLD_MAX {
            let subject = about(self.origins.get(origin).map(Author::of).unwrap_or_default());
            self.told.push(Told { seq: self.seq, sentence: bad.sentence.clone(), subject });
        }
    }

    /// Whether one more record is too many.
    pub(super) fn check_count(&self) -> Result<(), Refusal> {
        if self.seq >= RECORDS_MAX { Err(too_many()) } else { Ok(()) }
    }

    /// The number of the last record.
    pub(super) fn count(&self) -> u64 {
        self.seq
    }

    /// True if every record carried a time of its own: such a body does not come twice by chance.
    pub(super) fn is_timed(&self) -> bool {
        self.timed && !self.present.is_empty()
    }

    /// The batch. `identities` are what it is recognised by when it comes again.
    pub(super) fn finish(self, name: Name, identities: Vec<Identity>) -> Result<Prepared, Refusal> {
        let clients = self.origins.into_blocks();
        let mut summary = self.summary;
        summary.mixed = clients.len() > 1;
        let packed = crate::pack::pack(&self.frames)
            .map_err(|error| Refusal::unavailable("queue", error.to_string(), 1))?;
        let claim = Claim {
            stream: name.stream,
            memory: name.memory,
            received_ns: self.edge.received_ns,
            last_seq: self.seq,
            present: self.present,
            rejected: self.rejected,
            losses: Vec::new(),
            end_of_stream: false,
            digest: name.digest,
        };
        let durable = !claim.present.is_empty();
        let head = Head {
            claim,
            first_seq: 1,
            encoding: Encoding::Zstd,
            decoded_bytes: self.frames.len() as u32,
            frames_at: 0,
            clients,
            summary,
            identities,
        };
        let entry =
            Entry { head, body: packed, unpacked: Some(self.frames.into_boxed_slice().into()) };
        Ok(Prepared { entry, statistics: None, durable, told: self.told })
    }
}

pub(super) fn too_many() -> Refusal {
    Refusal::too_large(
        "too_many_records",
        format!("The batch has more than {RECORDS_MAX} records; send smaller batches."),
        RECORDS_MAX,
    )
}

/// A reject for its length.
pub(super) fn too_long(bytes: usize) -> BadObject {
    let sentence = format!("the record is {bytes} bytes long, {RECORD_MAX_BYTES} are the limit");
    BadObject { reason: Rejected::TooLarge, sentence }
}

/// Nothing of the batch can be kept: one clear error serves its sender better than a list.
pub(super) fn refuse_all(prepared: &Prepared) -> Refusal {
    let reason = prepared.entry.head.claim.rejected.first().map_or(Rejected::Malformed, |r| r.1.0);
    let first = prepared.told.first();
    let sentence = first.map_or("", |told| &told.sentence);
    let subject = first.map(|told| told.subject.clone()).unwrap_or_default();
    let error = format!("No record of the batch can be kept; the first: {sentence}.");
    let refusal = match reason {
        Rejected::TooLarge => Refusal::too_large("too_large", error, RECORD_MAX_BYTES as u64),
        Rejected::Malformed if sentence == super::json::TOO_DEEP => Refusal::bad("depth", error),
        Rejected::Malformed => Refusal::bad("json", error),
        reason => Refusal::bad(reason.as_str(), error),
    };
    refusal.about_record(subject)
}

/// What an encoded record says.
pub(super) fn message(body: &[u8]) -> String {
    View::parse(body).map_or_else(|_| beginning(body), |view| view.message().repair().into_owned())
}

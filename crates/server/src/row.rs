//! One record of a batch or a part, borrowed: what filters test and what becomes a JSON row.

use std::sync::Arc;

use dlogs_record::{View, json};
use serde::Serialize;

use crate::batch::Batch;
use crate::client_block::ClientBlock;
use crate::frame::{Frame, Frames};
use crate::stream_id::StreamId;

/// Sorts rows: by time, then stream, then number.
pub type Key = (i64, StreamId, u64);

/// A kept record.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The stream that numbers it.
    pub stream: StreamId,
    /// Sequence number in the stream.
    pub seq: u64,
    /// Where its batch lay in the queue.
    pub offset: u64,
    /// The server's clock when its batch arrived, nanoseconds since 1970 UTC.
    pub received_ns: i64,
    /// The record's time, nanoseconds since 1970 UTC.
    pub time_ns: i64,
    /// TRACE 0 to CRITICAL 5.
    pub level: u8,
    /// The record, borrowed from what was unpacked.
    pub view: View<'a>,
    /// The record as it was encoded.
    pub body: &'a [u8],
    /// Who wrote it.
    pub client: &'a Arc<ClientBlock>,
}

/// The row of spec/api.md. Absent is absent, never `""`.
#[derive(Serialize)]
struct JsonRow<'a> {
    id: String,
    time_ns: String,
    time: String,
    #[serde(flatten)]
    parts: json::Row<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    service: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    component: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    environment: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    host: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pid: Option<u64>,
    stream: String,
    seq: u64,
    received_ns: String,
}

impl<'a> Row<'a> {
    /// The record of a frame, if the batch keeps it. What is kept was well-formed when it arrived.
    #[inline]
    pub(crate) fn of(batch: &'a Batch, frame: &Frame<'a>) -> Option<Self> {
        let seq = seq(batch, frame)?;
        let view = View::of_known(frame.body)?;
        let other = usize::from(frame.reserved).checked_sub(1);
        let client = other.and_then(|at| batch.others.get(at));
        Some(Self {
            stream: batch.stream,
            seq,
            offset: batch.offset,
            received_ns: batch.received_ns,
            time_ns: frame.time_ns as i64,
            level: view.head().level as u8,
            view,
            body: frame.body,
            client: client.unwrap_or(&batch.client),
        })
    }

    /// Sorts rows as pages show them: by time, then stream, then number.
    pub fn key(&self) -> Key {
        (self.time_ns, self.stream, self.seq)
    }

    /// `<time_ns>-<stream>-<seq>`: unique, and sorts as the rows do within a stream.
    pub fn id(&self) -> String {
        format!("{}-{}-{}", self.time_ns, self.stream, self.seq)
    }

    /// Appends the row as the JSON object of spec/api.md.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let client = self.client;
        let shared = (!client.metadata.is_empty()).then_some(&client.metadata);
        let row = JsonRow {
            id: self.id(),
            time_ns: self.time_ns.to_string(),
            time: dlogs_record::time::to_rfc3339(self.time_ns),
            parts: json::row(&self.view, shared),
            language: &client.language,
            service: &client.service,
            component: &client.component,
            environment: &client.environment,
            host: &client.host,
            pid: client.pid,
            stream: self.stream.to_string(),
            seq: self.seq,
            received_ns: self.received_ns.to_string(),
        };
        let before = out.len();
        if serde_json::to_writer(&mut *out, &row).is_err() {
            // Writing to memory cannot fail; half a row must not be sent all the same.
            out.truncate(before);
            out.extend_from_slice(b"null");
        }
    }
}

/// The kept records of an unpacked batch, ascending by sequence number.
#[derive(Debug)]
pub struct Rows<'a> {
    batch: &'a Batch,
    frames: Frames<'a>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(batch: &'a Batch, frames: &'a [u8]) -> Self {
        Self { batch, frames: Frames::new(frames) }
    }

    /// Time and place (offset of the frame) of each record: less than the records themselves.
    pub(crate) fn places(mut self) -> impl Iterator<Item = (i64, u32)> {
        std::iter::from_fn(move || {
            loop {
                let at = self.frames.at();
                let frame = self.frames.next()?.ok()?;
                if seq(self.batch, &frame).is_some() {
                    return Some((frame.time_ns as i64, at as u32));
                }
            }
        })
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        loop {
            let frame = self.frames.next()?.ok()?;
            if let Some(row) = Row::of(self.batch, &frame) {
                return Some(row);
            }
        }
    }
}

/// The number of a frame's record, if the batch keeps it.
fn seq(batch: &Batch, frame: &Frame<'_>) -> Option<u64> {
    frame.seq(batch.first_seq).filter(|seq| batch.kept.contains(*seq))
}

//! One record of a batch, borrowed: what filters test and what becomes a JSON row.

use crate::batch::Batch;

/// A kept record. `body` is the encoded record of spec/record.md.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The batch that holds it.
    pub batch: &'a Batch,
    /// Sequence number in the batch's stream.
    pub seq: u64,
    /// The record's time, nanoseconds since 1970 UTC.
    pub time_ns: i64,
    /// TRACE 0 to CRITICAL 5.
    pub level: u8,
    /// The encoded record.
    pub body: &'a [u8],
}

impl Row<'_> {
    /// Appends the row as the JSON object of spec/api.md.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{}");
    }
}

/// The kept records of an unpacked batch, ascending by sequence number.
#[derive(Debug)]
pub struct Rows<'a> {
    batch: &'a Batch,
    frames: &'a [u8],
}

impl<'a> Rows<'a> {
    pub(crate) fn new(batch: &'a Batch, frames: &'a [u8]) -> Self {
        Self { batch, frames }
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        let _ = (self.batch, self.frames);
        None
    }
}

//! The bloom file: what lies where in a part, its checksums, and a filter of tokens for each row group.
//!
//! ```text
//! "DLBLOOM2" | filters | index, JSON | u64 offset of the index | u32 crc32c of all before | "DLB1"
//! ```

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::batch::Summary;

use super::bloom::Tokens;
use super::{Corrupt, Pace};

const MAGIC: &[u8; 8] = b"DLBLOOM2";
const END: &[u8; 4] = b"DLB1";
const TAIL_BYTES: usize = 16;

/// Bytes of a file and their crc32c.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Span {
    pub(crate) at: u64,
    pub(crate) len: u64,
    pub(crate) crc: u32,
}

impl Span {
    pub(crate) fn of(file: &[u8], range: Range<usize>) -> Self {
        let bytes = file.get(range.clone()).unwrap_or_default();
        Self { at: range.start as u64, len: bytes.len() as u64, crc: crc32c::crc32c(bytes) }
    }

    pub(crate) fn range(&self) -> Range<u64> {
        self.at..self.at + self.len
    }

    pub(crate) fn verify(&self, bytes: &[u8]) -> Result<(), Corrupt> {
        match bytes.len() as u64 == self.len && crc32c::crc32c(bytes) == self.crc {
            true => Ok(()),
            false => Err(Corrupt(format!(
                "{} bytes at {} do not match their checksum",
                self.len, self.at
            ))),
        }
    }
}

/// A row group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Group {
    /// In the Parquet file.
    pub(crate) span: Span,
    /// Of its records.
    pub(crate) summary: Summary,
    /// Of its records, over time.
    pub(crate) pace: Pace,
    /// Where its filter lies in the bloom file.
    pub(crate) filter_at: u64,
    pub(crate) filter_bytes: u64,
    /// A text in it has letters that fold into ASCII: the filter cannot say no.
    pub(crate) odd: bool,
}

/// What a bloom file says about its part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Index {
    /// Length of the Parquet file.
    pub(crate) file_bytes: u64,
    /// All of the Parquet file behind the last row group.
    pub(crate) footer: Span,
    /// Ascending in time.
    pub(crate) groups: Vec<Group>,
}

/// Collects the filters while a part is written.
pub(crate) struct Filters {
    bytes: Vec<u8>,
    groups: Vec<Group>,
}

impl Filters {
    pub(crate) fn new() -> Self {
        Self { bytes: MAGIC.to_vec(), groups: Vec::new() }
    }

    /// Adds a row group, whose place in the Parquet file is told at the end.
    pub(crate) fn add(&mut self, tokens: &Tokens, summary: Summary, pace: Pace) {
        let filter = tokens.filter();
        self.groups.push(Group {
            span: Span::default(),
            summary,
            pace,
            filter_at: self.bytes.len() as u64,
            filter_bytes: filter.len() as u64,
            odd: tokens.odd(),
        });
        self.bytes.extend_from_slice(&filter);
    }

    /// The finished bloom file.
    pub(crate) fn finish(mut self, spans: Vec<Span>, footer: Span) -> Result<Vec<u8>, String> {
        for (group, span) in self.groups.iter_mut().zip(spans) {
            group.span = span;
        }
        let file_bytes = footer.range().end;
        let index = Index { file_bytes, footer, groups: self.groups };
        let json = serde_json::to_vec(&index).map_err(|error| error.to_string())?;
        let at = self.bytes.len() as u64;
        let mut bytes = self.bytes;
        bytes.extend_from_slice(&json);
        bytes.extend_from_slice(&at.to_le_bytes());
        let crc = crc32c::crc32c(&bytes);
        bytes.extend_from_slice(&crc.to_le_bytes());
        bytes.extend_from_slice(END);
        Ok(bytes)
    }
}

impl Index {
    /// Reads a whole bloom file and verifies it.
    pub(crate) fn read(file: &[u8]) -> Result<Self, Corrupt> {
        let bad = |what: &str| Corrupt(format!("the bloom file {what}"));
        let body = file.len().checked_sub(TAIL_BYTES).ok_or_else(|| bad("is too short"))?;
        let (covered, check) = file.split_at(body + 8);
        let (crc, end) = check.split_at(4);
        if !file.starts_with(MAGIC) || end != END {
            return Err(bad("does not begin and end as one"));
        }
        if crc != crc32c::crc32c(covered).to_le_bytes() {
            return Err(bad("does not match its checksum"));
        }
        let mut at = [0; 8];
        at.copy_from_slice(&covered[body..]);
        let json = usize::try_from(u64::from_le_bytes(at)).ok().and_then(|at| file.get(at..body));
        let json = json.ok_or_else(|| bad("points beyond its end"))?;
        serde_json::from_slice(json).map_err(|error| bad(&format!("is not understood: {error}")))
    }
}

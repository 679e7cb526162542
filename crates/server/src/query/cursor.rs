//! Where a page ended, with the bounds of the first page pinned: the same rows, whatever arrives.

use std::fmt;
use std::str::FromStr;

use crate::row::Key;

/// The next page holds what is older than `before`, of what had arrived when the first was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Batches at or behind this queue offset came later.
    pub(super) pinned: u64,
    pub(super) from_ns: i64,
    pub(super) to_ns: i64,
    pub(super) before: Key,
}

impl fmt::Display for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pinned, from_ns, to_ns, before: (time_ns, stream, seq) } = self;
        write!(out, "1~{pinned}~{from_ns}~{to_ns}~{time_ns}~{stream}~{seq}")
    }
}

/// The text is no cursor of this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadCursor;

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let parts: Vec<&str> = text.split('~').collect();
        let ["1", pinned, from_ns, to_ns, time_ns, stream, seq] = parts[..] else {
            return Err(BadCursor);
        };
        let number = |text: &str| text.parse::<i64>().map_err(|_| BadCursor);
        let natural = |text: &str| text.parse::<u64>().map_err(|_| BadCursor);
        let stream = stream.parse().map_err(|_| BadCursor)?;
        Ok(Self {
            pinned: natural(pinned)?,
            from_ns: number(from_ns)?,
            to_ns: number(to_ns)?,
            before: (number(time_ns)?, stream, natural(seq)?),
        })
    }
}

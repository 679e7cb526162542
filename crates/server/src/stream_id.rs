//! The name of a stream: 16 random bytes of a process and its lane.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// `<32 hex digits of the instance>.<lane, decimal>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StreamId {
    /// 16 random bytes, fresh for every start of a process.
    pub instance: [u8; 16],
    /// Lane within the process.
    pub lane: u16,
}

impl fmt::Display for StreamId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.instance {
            write!(out, "{byte:02x}")?;
        }
        write!(out, ".{}", self.lane)
    }
}

impl fmt::Debug for StreamId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

/// The text is not a stream's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAStream;

impl fmt::Display for NotAStream {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a stream is written as 32 hex digits, a dot and the lane's number")
    }
}

impl TryFrom<String> for StreamId {
    type Error = NotAStream;

    fn try_from(text: String) -> Result<Self, NotAStream> {
        text.parse()
    }
}

impl From<StreamId> for String {
    fn from(stream: StreamId) -> String {
        stream.to_string()
    }
}

impl FromStr for StreamId {
    type Err = NotAStream;

    fn from_str(text: &str) -> Result<Self, NotAStream> {
        let (hex, lane) = text.split_once('.').ok_or(NotAStream)?;
        if hex.len() != 32 || lane.is_empty() || !lane.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAStream);
        }
        let mut instance = [0u8; 16];
        for (byte, pair) in instance.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            let digit = |c: u8| (c as char).to_digit(16).ok_or(NotAStream);
            *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
        }
        Ok(Self { instance, lane: lane.parse().map_err(|_| NotAStream)? })
    }
}

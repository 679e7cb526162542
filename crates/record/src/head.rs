use crate::limits::HEAD_BYTES;
use crate::{Kind, Level};

/// The fixed beginning of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The record's level.
    pub level: Level,
    /// Log message or custom event.
    pub kind: Kind,
    /// Number of fields that follow the message.
    pub field_count: u16,
    /// Nanoseconds since 1970-01-01 UTC; 0 where the core stamps the time.
    pub time_ns: i64,
}

/// Reads the head without looking at the rest: for counting and routing. `None` if it is no body.
#[inline]
pub fn head(body: &[u8]) -> Option<Head> {
    let head = body.first_chunk::<HEAD_BYTES>()?;
    let (_, time) = head.split_last_chunk::<8>()?;
    Some(Head {
        level: Level::from_u8(head[0])?,
        kind: Kind::from_u8(head[1])?,
        field_count: u16::from_le_bytes([head[2], head[3]]),
        time_ns: i64::from_le_bytes(*time),
    })
}

//! What became of a log call, and of flush and close. A log call never fails in another way.

pub use dlogs_journal::RefusedReason;
use serde::Serialize;

/// What became of one record. Every variant but `Full` is final and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the journal under this sequence number and survives the death of the process.
    Accepted(u64),
    /// Its level is below the logger's.
    Filtered,
    /// It never got a sequence number.
    Refused(RefusedReason),
    /// Only with `overflow = "block"`: no room just now, not counted yet. The caller releases its locks and calls again
    /// through [`crate::Logger::append_body_waiting`], which waits up to `block_timeout_ms`.
    Full,
}

impl Outcome {
    /// The fixed number in the C ABI: 0 accepted, 1 filtered, 2 full, 10 and up refused by reason.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Outcome::Accepted(_) => 0,
            Outcome::Filtered => 1,
            Outcome::Full => 2,
            Outcome::Refused(reason) => 10 + reason as u32,
        }
    }
}

/// What close() leaves behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// Records of this logger that the server has acknowledged.
    pub sent: u64,
    /// Records that stay in the journal; the next start ships them. In a memory journal they die with the process.
    pub waiting: u64,
    /// Records that were lost, for all reasons.
    pub lost: u64,
}

use std::fmt;

/// Why bytes are no record body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The body ends before what it announces, or a length lies.
    Truncated,
    /// The first byte is no level (0 to 5).
    Level,
    /// The second byte is no kind (0 or 1).
    Kind,
    /// A value starts with a byte that is no tag (0 to 12).
    Tag,
    /// Lists and maps are nested more than [`crate::limits::MAX_FOREIGN_DEPTH`] deep.
    TooDeep,
    /// Bytes follow the last field.
    Trailing,
}

/// Bytes that are no record body, and where that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong.
    pub fault: Fault,
    /// Offset in the body, in bytes.
    pub at: usize,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            Fault::Truncated => "the body ends before the length that it announces",
            Fault::Level => "the level is not a number from 0 to 5",
            Fault::Kind => "the kind is neither 0 nor 1",
            Fault::Tag => "the value's tag is not a number from 0 to 12",
            Fault::TooDeep => "lists and maps are nested too deep; cut them at depth 8",
            Fault::Trailing => "bytes follow the last field",
        };
        write!(f, "malformed record, byte {}: {what} (spec/record.md)", self.at)
    }
}

impl std::error::Error for Malformed {}

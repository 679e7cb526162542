use std::fmt;

/// Why `append` took nothing. The record has no sequence number. `append` itself counts nothing, because a caller may wait
/// and try again: whoever gives up calls [`crate::Journal::refuse`] once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Refusal {
    /// No room: the cap is reached, the disk is full, or the keeper has not prepared a segment yet. It heals by itself.
    Full,
    /// The body can never fit into a segment.
    TooLarge,
    /// The journal was closed, or this process is a fork of the one that opened it.
    Closed,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the journal is full; it takes records again when the server has taken some, or with a larger cap",
            Self::TooLarge => "the record is larger than a journal segment",
            Self::Closed => "the journal is closed",
        })
    }
}

impl std::error::Error for Refusal {}

/// Why a record was refused before it had a sequence number: the names of `spec/losses.toml`, counted in the mapped header.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(usize)]
pub enum RefusedReason {
    /// `journal_full`
    JournalFull = 0,
    /// `too_large`
    TooLarge = 1,
    /// `malformed`
    Malformed = 2,
    /// `closed`
    Closed = 3,
}

impl RefusedReason {
    /// How many reasons there are.
    pub const COUNT: usize = 4;
    /// All reasons, in the order of the counters.
    pub const ALL: [Self; Self::COUNT] =
        [Self::JournalFull, Self::TooLarge, Self::Malformed, Self::Closed];

    /// The name in `spec/losses.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::JournalFull => "journal_full",
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
            Self::Closed => "closed",
        }
    }
}

impl From<Refusal> for RefusedReason {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Full => Self::JournalFull,
            Refusal::TooLarge => Self::TooLarge,
            Refusal::Closed => Self::Closed,
        }
    }
}

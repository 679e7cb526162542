/// Why a record that had a sequence number will never be stored. The journal finds these three itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LossReason {
    /// The writer reserved the place and never finished: it died, or was stopped for longer than the reader's patience.
    Torn,
    /// It waited for longer than `max_age`.
    Expired,
    /// Its bytes, or its segment's header, are not what was written.
    Corrupt,
}

impl LossReason {
    /// The name in `spec/losses.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Torn => "torn",
            Self::Expired => "expired",
            Self::Corrupt => "corrupt",
        }
    }
}

/// A range of sequence numbers, both ends included, that is lost.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Loss {
    /// The first lost sequence number.
    pub from: u64,
    /// The last lost sequence number.
    pub to: u64,
    /// Why.
    pub reason: LossReason,
}

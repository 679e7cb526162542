use crate::{Keeper, Medium, OpenError, Reader, Refusal, RefusedReason, Settings, StreamId};

/// The three ends of a journal that was just opened.
pub struct Opened {
    /// For everyone who logs.
    pub journal: Journal,
    /// For the one who sends.
    pub reader: Reader,
    /// For the one who does the disk's work.
    pub keeper: Keeper,
}

/// The writers' end. Cloning is cheap, and all clones write into one stream.
#[derive(Clone)]
pub struct Journal {}

impl Journal {
    /// Makes a new stream and its first segment, so that the first append is as fast as the millionth.
    pub fn open(settings: Settings) -> Result<Opened, OpenError> {
        Err(OpenError::Settings(format!("not built yet: {settings:?}")))
    }

    /// Takes a body over; when it has returned `Ok`, the frame survives the death of the process. Returns its sequence
    /// number, from 1, dense. No lock, no allocation, no system call, except that the first append into a new segment wakes
    /// the keeper. `important` frames (WARNING and above) may use the last tenth of the room. `time_ns` since 1970, UTC.
    pub fn append(&self, time_ns: u64, important: bool, body: &[u8]) -> Result<u64, Refusal> {
        let _ = (time_ns, important, body);
        Err(Refusal::Closed)
    }

    /// Counts one record that the caller gave up, for whatever reason: also one that `append` refused (it counts nothing).
    pub fn refuse(&self, reason: RefusedReason) {
        let _ = reason;
    }

    /// Refused records since the stream began, in the order of [`RefusedReason::ALL`].
    pub fn refused(&self) -> [u64; RefusedReason::COUNT] {
        [0; RefusedReason::COUNT]
    }

    /// The highest sequence number given out: records accepted, and those that were torn.
    pub fn accepted(&self) -> u64 {
        0
    }

    /// Everything up to here is stored or told as lost.
    pub fn released(&self) -> u64 {
        0
    }

    /// The stream's name.
    pub fn stream(&self) -> StreamId {
        StreamId { instance: [0; 16], lane: 0 }
    }

    /// What the segments rest on.
    pub fn medium(&self) -> Medium {
        Medium::Memory
    }

    /// Room in use, in bytes: all files below the root when the keeper last counted, or this journal's own memory.
    pub fn bytes(&self) -> u64 {
        0
    }

    /// The room's cap in bytes.
    pub fn max_bytes(&self) -> u64 {
        0
    }

    /// What the keeper last failed at, in words, until it succeeds again.
    pub fn trouble(&self) -> Option<String> {
        None
    }

    /// No append succeeds after this returned. The reader goes on to the end. May be called again.
    pub fn close(&self) {}
}

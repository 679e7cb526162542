//! What was acknowledged: an append-only log of batches as received. Never looks into a batch.

mod disk;
mod log;
mod memory;
mod scan;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io;

use bytes::Bytes;

pub use disk::{Disk, DiskFile, RealDisk};
pub use log::{LogQueue, Replay};
pub use memory::{MemoryLog, MemoryQueue};
pub use scan::{Damage, Found, scan_file};

/// An ordered, durable log. Offsets grow for ever, also over restarts and trims.
pub trait Queue: Send + Sync {
    /// Appends an entry (its parts in order). `done` is called exactly once, from the queue's
    /// thread, in the order of the offsets: with `Ok` only after an fsync that covers the entry.
    fn append(&self, parts: [Bytes; 2], done: Done);

    /// Forgets entries below the offset. May be repeated; may keep more than it must.
    fn trim(&self, below: u64) -> io::Result<()>;

    /// Keeps bytes that could not be understood for a human to look at, outside of the log.
    fn set_aside(&self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Bytes that the log takes on the disk.
    fn bytes(&self) -> u64;

    /// Finishes what waits and returns; later appends are refused as `stopping`.
    fn close(&self);
}

/// Told once about the fate of an append.
pub type Done = Box<dyn FnOnce(Result<Appended, QueueTrouble>) + Send>;

/// Where an entry came to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its own offset.
    pub offset: u64,
    /// The offset behind it.
    pub next: u64,
}

/// The entry is not durable. The client repeats; a later append may succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueTrouble {
    /// The disk has no room.
    DiskFull,
    /// The disk failed, with its own words.
    Disk(String),
    /// The queue is closing.
    Stopping,
}

impl QueueTrouble {
    pub(crate) fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Disk(error.to_string()),
        }
    }

    /// The reason word of spec/wire.md.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::DiskFull => "disk_full",
            Self::Disk(_) => "disk",
            Self::Stopping => "stopping",
        }
    }
}

impl fmt::Display for QueueTrouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DiskFull => out
                .write_str("The server's disk is full; free some space, or give it a larger one."),
            Self::Disk(what) => {
                write!(out, "The server's disk failed ({what}); look at its kernel log.")
            }
            Self::Stopping => {
                out.write_str("The server is stopping; repeat the batch when it is back.")
            }
        }
    }
}

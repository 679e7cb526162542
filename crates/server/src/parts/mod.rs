//! Records at rest: immutable Parquet files with a bloom file beside each. Never decides what is kept.
//!
//! ```text
//! DATA/parts/
//!   YYYYMMDD/<writer>-<ulid>.parquet   the records of a day, ascending in time
//!   YYYYMMDD/<writer>-<ulid>.bloom     where its row groups lie, checksums, filters of their tokens
//!   late/<writer>-<ulid>.…             records of many days that came together
//!   aside/…                            what was found corrupt, for a human
//! ```
//! spec/store.md draws the columns and the bloom file.

mod bloom;
mod chunk;
mod columns;
mod eights;
mod folder;
mod hybrid;
mod index;
mod keys;
mod memory;
pub(crate) mod name;
mod object;
mod origins;
mod pace;
mod pages;
mod part;
mod read;
mod rows;
mod schema;
mod store;
mod sweep;
#[cfg(test)]
mod tests;
pub(crate) mod token;
mod values;
mod write;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::batch::Summary;

pub use folder::FolderParts;
pub use memory::MemoryParts;
pub(crate) use pace::Pace;
pub use part::{Part, Parts, Unreadable};
pub(crate) use read::Loaded;
pub(crate) use rows::GroupRows;
pub(crate) use schema::Column;
pub use store::PartStore;
pub(crate) use store::put;
pub(crate) use sweep::sweep;
pub(crate) use write::{PartWriter, Written};

/// What the catalog knows about a part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartMeta {
    /// `<folder>/<writer>-<ulid>`: its files are this and `.parquet`, `.bloom`.
    pub name: String,
    /// Length of the Parquet file.
    pub bytes: u64,
    /// Length of the bloom file.
    pub bloom_bytes: u64,
    /// Offset in the queue of the oldest batch that has a record in it.
    pub min_offset: u64,
    /// And of the newest.
    pub max_offset: u64,
    /// Counts and bounds of its records.
    pub summary: Summary,
}

/// Bytes of a part are not those that were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrupt(pub String);

impl fmt::Display for Corrupt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Corrupt {}

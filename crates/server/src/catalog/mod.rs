//! The only commit: how far the queue is done with, which parts there are, what each stream holds; and what people have
//! told the server (keys, settings, views). Never sees a record.

mod memory;
mod seconds;
mod sqlite;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::auth::StoredKey;
use crate::entry::Memory;
use crate::parts::PartMeta;
use crate::stream::Stream;
use crate::stream_id::StreamId;

pub use memory::MemoryCatalog;
pub(crate) use seconds::SECONDS_KEPT;
pub use seconds::Seconds;
pub use sqlite::SqliteCatalog;

/// Identities of recent batches that the catalog keeps; the oldest go first.
pub(crate) const RECENT_MAX: usize = 200_000;

/// When something arrived (nanoseconds since 1970 UTC), and what it is recognised by when it comes again.
pub type Heard = (i64, [u8; 16]);

/// The server's small durable state. Every method is atomic and durable when it returns `Ok`.
pub trait Catalog: Send + Sync {
    /// Takes the writer's place (a greater epoch shuts former writers out) and reads all state.
    /// Streams unheard of since `forget_before_ns` are forgotten.
    fn take_over(&self, forget_before_ns: i64) -> Result<State, CatalogTrouble>;

    /// One stream as it was committed last.
    fn stream(&self, stream: StreamId) -> Result<Option<Stream>, CatalogTrouble>;

    /// Where it stands now. For a writer whose commit was refused, or whose answer was lost.
    fn stand(&self) -> Result<Stand, CatalogTrouble>;

    /// Moves on, if the catalog still is where the writer believes it is.
    fn commit(&self, commit: &Commit) -> Result<(), CatalogTrouble>;

    /// All API keys.
    fn keys(&self) -> Result<Vec<StoredKey>, CatalogTrouble>;

    /// Adds a key.
    fn add_key(&self, key: &StoredKey) -> Result<(), CatalogTrouble>;

    /// Removes a key; false when there is none with this id.
    fn remove_key(&self, id: &str) -> Result<bool, CatalogTrouble>;

    /// All texts of a shelf with their names, sorted by these.
    fn texts(&self, shelf: Shelf) -> Result<Vec<(String, String)>, CatalogTrouble>;

    /// Puts texts on a shelf by their names, in place of older ones; `None` takes one away. All of it, or nothing.
    fn put_texts(&self, shelf: Shelf, texts: &[NamedText]) -> Result<(), CatalogTrouble>;
}

/// A name, and the text that stands under it from now on.
pub type NamedText = (String, Option<String>);

/// What people have told the server, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    /// Settings of the page: a number each.
    Settings,
    /// Saved views: JSON each.
    Views,
}

impl Shelf {
    /// Its name in the catalog.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Views => "views",
        }
    }
}

/// What the catalog knows when a writer takes over.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The writer's epoch.
    pub epoch: u64,
    /// Queue entries below are done with.
    pub offset: u64,
    /// Records that have left the store as expired.
    pub expired_records: u64,
    /// The streams as of `offset`.
    pub streams: Vec<(StreamId, Kept, Stream)>,
    /// The parts that hold what is below `offset`.
    pub parts: Vec<PartMeta>,
    /// What arrived lately and is below `offset`, oldest first.
    pub recent: Vec<Heard>,
    /// The counts of the last 15 minutes below `offset`, by seal.
    pub seconds: Vec<Seconds>,
}

/// Where a catalog stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stand {
    /// The epoch of the last writer that took over.
    pub epoch: u64,
    /// Queue entries below are done with.
    pub offset: u64,
    /// The names of all parts, sorted.
    pub parts: Vec<String>,
}

/// How long a stream is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// 180 days after its last batch.
    Stream,
    /// 24 hours, and only the newest of a bounded number.
    Key,
}

impl Kept {
    pub(crate) fn of(memory: Memory) -> Option<Self> {
        match memory {
            Memory::Stream => Some(Self::Stream),
            Memory::Key => Some(Self::Key),
            Memory::Once => None,
        }
    }
}

/// One step of the writer.
#[derive(Debug, Clone, Default)]
pub struct Commit {
    /// The epoch that `take_over` gave.
    pub epoch: u64,
    /// The offset that the writer believes committed.
    pub from: u64,
    /// The offset that is then.
    pub to: u64,
    /// The new state of every stream that changed in between.
    pub streams: Vec<(StreamId, Kept, Stream)>,
    /// Records that expire with this step.
    pub expired_records: u64,
    /// Streams of kind [`Kept::Key`] unheard of since then are forgotten.
    pub forget_keys_before_ns: i64,
    /// What the step's batches are recognised by, oldest first.
    pub heard: Vec<Heard>,
    /// What was heard before then is forgotten, sooner or later.
    pub forget_heard_before_ns: i64,
    /// Parts that are durable.
    pub add: Vec<PartMeta>,
    /// Parts that leave, by name; all of them must be there.
    pub remove: Vec<String>,
    /// The counts of what the step seals. They push out those that are more than 15 minutes older.
    pub seconds: Seconds,
}

/// The catalog did not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogTrouble {
    /// Another writer has moved on: this one must stop.
    Stale,
    /// A part that was to be removed is not there: nothing was done.
    Gone(String),
    /// The store failed, with its own words; try again.
    Store(String),
}

impl fmt::Display for CatalogTrouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale => out.write_str("Another server has taken over this data directory."),
            Self::Gone(name) => write!(out, "The catalog has no part {name} any more."),
            Self::Store(what) => write!(out, "The catalog (catalog.db) failed: {what}."),
        }
    }
}

impl std::error::Error for CatalogTrouble {}

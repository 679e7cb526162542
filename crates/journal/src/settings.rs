use std::{fmt, sync::Arc, time::Duration};

use crate::Place;

/// Called when the keeper has something to do before it asked to be called again: unpark its thread, and nothing else.
///
/// It runs on the threads that log, so it must not lock, allocate or wait. It may be called before a keeper thread lives.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// How a journal is opened. `Settings::default()` is a journal in memory; set `place` for the disk.
#[derive(Clone)]
pub struct Settings {
    /// Where the segments live.
    pub place: Place,
    /// Opaque bytes, at most 2 048, kept in every segment's header: who adopts the stream reads them there.
    pub label: Vec<u8>,
    /// Room for all streams below the root together, in bytes of files. The first segment of a stream is always allowed;
    /// the last tenth is kept for important frames. Default 256 MiB.
    pub max_bytes: u64,
    /// The same for a journal in memory. Default 8 MiB.
    pub memory_max_bytes: u64,
    /// A segment older than this is given up and told as lost `expired`. Default 30 days.
    pub max_age: Duration,
    /// How often what was written is forced to the disk, against power cuts. `None` (the default) never: a process may die
    /// at any instant and lose nothing.
    pub sync_every: Option<Duration>,
    /// The first segment's size in bytes, a multiple of 4 096; every following one is twice as large. Default 256 KiB.
    pub first_segment_bytes: u64,
    /// The largest segment's size in bytes, a multiple of 4 096. It bounds a frame. Default 4 MiB: with
    /// 1 MiB a process has less resident memory, and its calls meet the making of files four times as often.
    pub max_segment_bytes: u64,
    /// How long the reader waits for a writer that stopped between reserving and committing a frame. Default 10 s.
    pub patience: Duration,
    /// Wakes the keeper's thread. Default: nobody is woken, and `keep` is called when it asked for it.
    pub wake_keeper: Option<Wake>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            place: Place::Memory,
            label: Vec::new(),
            max_bytes: 256 << 20,
            memory_max_bytes: 8 << 20,
            max_age: Duration::from_secs(30 * 24 * 60 * 60),
            sync_every: None,
            first_segment_bytes: 256 << 10,
            max_segment_bytes: 4 << 20,
            patience: Duration::from_secs(10),
            wake_keeper: None,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("place", &self.place)
            .field("max_bytes", &self.max_bytes)
            .field("memory_max_bytes", &self.memory_max_bytes)
            .field("max_age", &self.max_age)
            .field("sync_every", &self.sync_every)
            .finish_non_exhaustive()
    }
}

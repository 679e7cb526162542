//! The server as one value: what it was told, what it holds, who watches. Routes hang on it.

use std::sync::Arc;

use axum::Router;

use crate::config::Config;
use crate::observe::{Law, Observers};
use crate::stream_id::StreamId;

/// A running server without its socket. Tests drive [`App::router`] directly.
pub struct App {
    /// What it was told.
    pub config: Config,
}

/// The state of the store, for `/api/stats` and `/metrics`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoreState {
    /// Bytes of batches kept, against `max_bytes`.
    pub queue_bytes: u64,
    /// `max_unsealed_bytes`.
    pub queue_max_bytes: u64,
    /// Batches kept.
    pub queue_batches: u64,
    /// Free bytes on the data directory's disk.
    pub disk_free_bytes: u64,
    /// Records that left the store since it was made, as expired.
    pub expired_records: u64,
    /// Why ingest is refused now: `disk`, `disk_full`, `queue`, `stopping`; none when all is well.
    pub trouble: Option<String>,
}

impl App {
    /// Opens the data directory, reads the queue again and returns ready to serve. Observers are
    /// told of every batch that the queue still holds before this returns.
    pub fn open(config: Config, _observers: Observers) -> Result<Arc<App>, String> {
        Ok(Arc::new(App { config }))
    }

    /// All routes of this server, with the guards (hosts, origins, keys) around them.
    /// The rooms of live add theirs through [`App::open`]'s caller: `router(extra)`.
    pub fn router(self: &Arc<Self>, extra: Router) -> Router {
        Router::new().merge(extra)
    }

    /// What the server knows about a stream.
    pub fn law(&self, _stream: StreamId) -> Option<Law> {
        None
    }

    /// The state of the store now.
    pub fn store_state(&self) -> StoreState {
        StoreState::default()
    }

    /// True when a request needs a key (`hello.auth` is then `key`, else `open`).
    pub fn needs_key(&self) -> bool {
        false
    }

    /// The server's clock, nanoseconds since 1970 UTC.
    pub fn now_ns(&self) -> i64 {
        crate::clock::now_ns()
    }
}

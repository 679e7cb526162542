//! The rooms that watch the writer, and their routes.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::Router;
use axum::extract::ws::Utf8Bytes;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::clients::Clients;
use crate::observe::Observers;
use crate::stats::{Stats, Surroundings};
use crate::{clock, metrics, page, system};

use super::hub::Hub;
use super::timing::Timing;
use super::{socket, tail};

/// Hub, statistics and clients. Made before the app, so that they hear the replay.
pub struct Rooms {
    /// Rows for viewers.
    pub hub: Arc<Hub>,
    /// Counts.
    pub stats: Arc<Stats>,
    /// Who logs.
    pub clients: Arc<Clients>,
    /// When the socket does what.
    pub timing: Timing,
    app: OnceLock<Arc<App>>,
    told: Mutex<Told>,
}

/// The frames of the present second, made once for all viewers.
struct Told {
    stats_s: u64,
    stats: Utf8Bytes,
    clients_version: Option<u64>,
    clients: Utf8Bytes,
}

impl Rooms {
    /// Empty rooms. Fails only when the system gives no thread.
    pub fn new(timing: Timing) -> std::io::Result<Arc<Self>> {
        Ok(Arc::new(Self {
            hub: Arc::new(Hub::start(timing.frame_every)?),
            stats: Arc::new(Stats::new(Arc::new(clock::now_ns))),
            clients: Arc::default(),
            timing,
            app: OnceLock::new(),
            told: Mutex::new(Told {
                stats_s: 0,
                stats: Utf8Bytes::default(),
                clients_version: None,
                clients: Utf8Bytes::default(),
            }),
        }))
    }

    /// What [`App::open`] tells of the writer's work.
    pub fn observers(&self) -> Observers {
        Observers(vec![self.stats.clone(), self.clients.clone(), self.hub.clone()])
    }

    /// The routes of these rooms, for [`App::router`] to guard.
    pub fn router(self: &Arc<Self>, app: &Arc<App>) -> Router {
        // A second router of the same rooms keeps the first app: there is only one.
        let _ = self.app.set(app.clone());
        Router::new()
            .route("/api/ws", get(socket::open))
            .route("/api/logs/tail", get(tail::open))
            .route("/api/stats", get(stats))
            .route("/api/clients", get(clients))
            .route("/api/system", get(system::answer))
            .route("/metrics", get(metrics::answer))
            .fallback(page::answer)
            .with_state(self.clone())
    }

    /// Ends all viewers, so that a graceful stop need not wait for them.
    pub fn close(&self) {
        self.hub.close();
    }

    /// The clock of everything that is shown.
    pub fn now_ms(&self) -> u64 {
        self.stats.now_ms()
    }

    /// The app that they watch; none before the routes are made.
    pub(crate) fn app(&self) -> Option<&Arc<App>> {
        self.app.get()
    }

    /// Whether a request needs a key.
    pub fn needs_key(&self) -> bool {
        self.app.get().is_some_and(|app| app.needs_key())
    }

    /// What a report says beside the counts.
    pub fn surroundings(&self, now_ms: u64) -> Surroundings {
        Surroundings {
            store: self.app.get().map(|app| app.store_state()).unwrap_or_default(),
            census: self.clients.census(now_ms),
            lost: self.clients.lost(),
            viewers: self.hub.viewers(),
        }
    }

    /// The `stats` frame of this second, the same for every viewer.
    pub fn stats_frame(&self, now_ms: u64) -> Utf8Bytes {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.stats_s != now_ms / 1000 {
            told.stats_s = now_ms / 1000;
            told.stats = self.stats.frame(now_ms, &self.surroundings(now_ms)).into();
        }
        told.stats.clone()
    }

    /// The `clients` frame with its version: another version is another list.
    pub fn clients_frame(&self, now_ms: u64) -> (u64, Utf8Bytes) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let version = self.clients.version(now_ms);
        if told.clients_version != Some(version) {
            told.clients_version = Some(version);
            told.clients = self.clients.frame(now_ms).into();
        }
        (version, told.clients.clone())
    }
}

type State = axum::extract::State<Arc<Rooms>>;

async fn stats(rooms: State) -> Response {
    let now_ms = rooms.now_ms();
    json(rooms.stats.answer(now_ms, &rooms.surroundings(now_ms)))
}

async fn clients(rooms: State) -> Response {
    json(rooms.clients.json(rooms.now_ms()))
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

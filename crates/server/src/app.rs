//! The server as one value: what it was told, what it holds, who watches. Routes hang on it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, post, put};
use dlogs_record::Level;
use tokio::sync::{Semaphore, oneshot};

use crate::auth::{self, Keyring};
use crate::catalog::{Catalog, Seconds, SqliteCatalog};
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::entry::Entry;
use crate::ingest::{self, Budget, Identity, Prepared, Recent, Share};
use crate::memtable::Snapshot;
use crate::observe::{Law, Observer, Observers};
use crate::parts::{FolderParts, PartStore, sweep};
use crate::queue::{Disk, LogQueue, Queue, QueueTrouble, RealDisk};
use crate::refusal::Refusal;
use crate::rejects::Rejects;
use crate::seal::Trouble;
use crate::settings::{self, Settings};
use crate::store_state::StoreState;
use crate::stream::Outcome;
use crate::stream_id::StreamId;
use crate::views::{self, Views};
use crate::writer::{Arrival, Job, Room, Store, Tools, Writer};
use crate::{clock, health, merge, openapi, query, room, seal};

/// Streams unheard of for so long are forgotten; clients give orphans up after 90 days.
const STREAMS_NS: i64 = 180 * 86_400 * 1_000_000_000;
/// Files of the queue: small enough that trimming follows the cap, large enough to be few.
const FILE_MIN_BYTES: u64 = 4 << 10;
const FILE_MAX_BYTES: u64 = 16 << 20;

/// What a server stands on; tests bring their own.
#[derive(Clone)]
pub struct Ground {
    /// The disk of the queue.
    pub disk: Arc<dyn Disk>,
    /// The catalog.
    pub catalog: Arc<dyn Catalog>,
    /// The wall clock, nanoseconds since 1970 UTC.
    pub clock: Arc<dyn Fn() -> i64 + Send + Sync>,
}

/// A running server without its socket. Tests drive [`App::router`] directly.
pub struct App {
    /// What it was told.
    pub config: Config,
    pub(crate) keyring: Keyring,
    pub(crate) budget: Arc<Budget>,
    pub(crate) unpack_slots: Arc<Semaphore>,
    pub(crate) query_slots: Arc<Semaphore>,
    pub(crate) recent: Arc<Recent>,
    pub(crate) rejects: Rejects,
    pub(crate) settings: Arc<Settings>,
    pub(crate) views: Views,
    store: Arc<Store>,
    queue: Arc<dyn Queue>,
    ground: Ground,
    jobs: Sender<Job>,
    /// The writer's, then those that end when it has gone.
    threads: Mutex<Vec<JoinHandle<()>>>,
    stopping: AtomicBool,
    /// Why the last append failed; none after one that succeeded.
    trouble: Arc<Mutex<Option<QueueTrouble>>>,
    pub(crate) room: room::Room,
    _dir: DataDir,
}

impl App {
    /// Opens the data directory, reads the queue again and returns ready to serve. Observers are
    /// told of every batch that the queue still holds before this returns.
    pub fn open(config: Config, observers: Observers) -> Result<Arc<App>, String> {
        let dir = DataDir::open(&config.data_dir)?;
        let catalog = SqliteCatalog::open(&dir.catalog()).map_err(|error| error.to_string())?;
        let ground = Ground {
            disk: Arc::new(RealDisk),
            catalog: Arc::new(catalog),
            clock: Arc::new(crate::clock::now_ns),
        };
        Self::open_on(config, observers, ground, dir)
    }

    /// [`App::open`] on another ground.
    pub fn open_on(
        config: Config,
        observers: Observers,
        ground: Ground,
        dir: DataDir,
    ) -> Result<Arc<App>, String> {
        let forget_before_ns = (ground.clock)().saturating_sub(STREAMS_NS);
        let mut state =
            ground.catalog.take_over(forget_before_ns).map_err(|error| error.to_string())?;
        let heard = std::mem::take(&mut state.recent);
        let settings = Settings::open(ground.catalog.clone(), config.clone());
        let settings = Arc::new(settings.map_err(|error| error.to_string())?);
        let roll_bytes = (config.max_unsealed_bytes / 16).clamp(FILE_MIN_BYTES, FILE_MAX_BYTES);
        let (queue, replay) =
            LogQueue::open(ground.disk.clone(), &dir.queue(), state.offset, roll_bytes).map_err(
                |error| format!("The queue in {} cannot be read: {error}.", dir.queue().display()),
            )?;
        for damage in &replay.damage {
            tracing::error!(
                offset = damage.offset,
                bytes = damage.bytes.len(),
                "damage in the queue; its bytes are in the folder poison"
            );
        }
        let queue: Arc<dyn Queue> = Arc::new(queue);
        let store = Arc::new(Store::default());
        let files: Arc<dyn PartStore> =
            Arc::new(FolderParts::new(ground.disk.clone(), &dir.parts()));
        let found = sweep(&files, &state.parts).map_err(|error| {
            format!("The parts in {} cannot be listed: {error}.", dir.parts().display())
        })?;
        state.parts.iter().for_each(|part| observers.held(&part.summary));
        for (at_s, language, service, level, n) in state.seconds.iter().flat_map(Seconds::counts) {
            let level = Level::from_u8(level).unwrap_or(Level::Info);
            observers.counted(at_s, language, service, level, n);
        }
        for (at_s, bucket, n) in state.seconds.iter().flat_map(Seconds::delays) {
            observers.delayed(at_s, bucket, n);
        }
        store.memtable.swap(0, Arc::new(found.parts));
        let (jobs, inbox) = mpsc::channel();
        let (sealer, seals) = mpsc::channel();
        let (merger, merges) = mpsc::channel();
        let tick = Duration::from_millis(config.housekeeping_ms);
        let (to_seal, to_merge) = (files.clone(), files.clone());
        let tools = Tools {
            store: store.clone(),
            queue: queue.clone(),
            catalog: ground.catalog.clone(),
            parts: files,
            observers,
            sealer,
            clock: ground.clock.clone(),
            merger,
            room: Room {
                disk: ground.disk.clone(),
                data: config.data_dir.clone(),
                reserve_file: dir.reserve(),
                reserve: config.reserve(),
                taken: None,
            },
            limits: config.limits(),
            settings: settings.clone(),
        };
        let mut writer = Writer::new(tools, state, found.missing);
        let sealed = jobs.clone();
        let start = |name: &str| std::thread::Builder::new().name(name.to_owned());
        let seal_thread = start("dlogs-seal")
            .spawn(move || seal::run(&*to_seal, &seals, &sealed))
            .map_err(|error| error.to_string())?;
        let merged = jobs.clone();
        let merge_thread = start("dlogs-merge")
            .spawn(move || merge::run(&*to_merge, &merges, &merged))
            .map_err(|error| error.to_string())?;
        let recent = Arc::new(Recent::default());
        for (heard_ns, identity) in heard {
            recent.restore(heard_ns, &[Identity::from_bytes(identity)]);
        }
        for found in replay.found {
            match Entry::decode(&found.payload) {
                Ok(entry) => {
                    recent.restore(entry.head.claim.received_ns, &entry.head.identities);
                    let place = crate::queue::Appended { offset: found.offset, next: found.next };
                    writer.apply(Arrival { place, entry, statistics: None, replay: true });
                }
                Err(error) => {
                    let kept = queue.set_aside(found.offset, &found.payload).is_ok();
                    tracing::error!(
                        offset = found.offset,
                        error,
                        kept,
                        "an entry of the queue is not understood"
                    );
                }
            }
        }
        let thread = start("dlogs-writer")
            .spawn(move || crate::writer::run(writer, &inbox, tick))
            .map_err(|error| error.to_string())?;
        let room = room::Room::new(ground.disk.clone(), &dir);
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Arc::new(App {
            keyring: Keyring::new(ground.catalog.clone()),
            budget: Arc::new(Budget::new(config.max_inflight_bytes)),
            unpack_slots: Arc::new(Semaphore::new(cores)),
            query_slots: Arc::new(Semaphore::new(cores)),
            recent,
            rejects: Rejects::default(),
            settings,
            views: Views::new(ground.catalog.clone()),
            store,
            queue,
            ground,
            jobs,
            threads: Mutex::new(vec![thread, seal_thread, merge_thread]),
            stopping: AtomicBool::new(false),
            trouble: Arc::default(),
            room,
            _dir: dir,
            config,
        }))
    }

    /// All routes of this server and `extra`, with the guards (hosts, origins, keys) around them.
    pub fn router(self: &Arc<Self>, extra: Router) -> Router {
        Router::new()
            .route("/api/logs", post(ingest::ingest).get(query::route::logs))
            .route("/api/keys", get(auth::list_keys).post(auth::add_key))
            .route("/api/keys/{id}", delete(auth::remove_key))
            .route("/api/settings", get(settings::show).put(settings::change))
            .route("/api/views", get(views::list))
            .route("/api/views/{name}", put(views::put).delete(views::remove))
            .route("/api/session", post(auth::login).delete(auth::logout))
            .route("/health/live", get(health::live))
            .route("/health/ready", get(health::ready))
            .route("/api/openapi.json", get(openapi::document))
            .route("/api/docs", get(openapi::page))
            .merge(ingest::routes())
            .merge(query::routes())
            .with_state(self.clone())
            .merge(extra)
            .layer(from_fn_with_state(self.clone(), auth::guard))
    }

    /// What the server knows about a stream.
    pub fn law(&self, stream: StreamId) -> Option<Law> {
        self.store.law(stream)
    }

    /// What a query sees now.
    pub fn snapshot(&self) -> Snapshot {
        self.store.memtable.snapshot()
    }

    /// Every batch below this queue offset is in [`App::snapshot`], as itself or in a part, or was.
    pub fn applied_offset(&self) -> u64 {
        self.store.applied.load(Ordering::Acquire)
    }

    /// The state of the store now.
    pub fn store_state(&self) -> StoreState {
        let parts = self.store.memtable.parts();
        StoreState {
            parts: parts.len() as u64,
            part_bytes: parts.iter().map(|part| part.bytes()).sum(),
            part_records: parts.iter().map(|part| part.meta.summary.records).sum(),
            queue_bytes: self.store.unsealed_bytes.load(Ordering::Relaxed),
            queue_max_bytes: self.config.max_unsealed_bytes,
            queue_batches: self.store.memtable.batches(),
            disk_free_bytes: self.room.free_bytes(),
            expired_records: self.store.expired_records.load(Ordering::Relaxed),
            trouble: self.refusal().map(|refusal| refusal.reason.to_owned()),
        }
    }

    /// True when a request needs a key (`hello.auth` is then `key`, else `open`): keys exist, or
    /// others than this machine can reach us, and nobody said `--no-auth`.
    pub fn needs_key(&self) -> bool {
        !self.config.no_auth && (!self.config.host.is_loopback() || !self.keyring.keys().is_empty())
    }

    /// Whether anybody could get in at all: a server that needs keys and has none is a mistake.
    pub(crate) fn has_keys(&self) -> bool {
        !self.keyring.keys().is_empty()
    }

    /// The server's clock, nanoseconds since 1970 UTC.
    pub fn now_ns(&self) -> i64 {
        (self.ground.clock)()
    }

    /// From now on every batch is answered with 503 `stopping`.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Milliseconds since 1970 on the server's clock.
    pub(crate) fn now_ms(&self) -> u64 {
        clock::ms(self.now_ns())
    }

    /// Stops, finishes what is in the queue and ends the threads. May be called again.
    pub fn close(&self) {
        self.stop();
        self.queue.close();
        let threads = std::mem::take(&mut *lock(&self.threads));
        if !threads.is_empty() {
            let _ = self.jobs.send(Job::Stop);
            threads.into_iter().for_each(|thread| drop(thread.join()));
        }
    }

    /// Refuses, before a body is read, what could not be stored.
    pub(crate) fn admits_batches(&self) -> Result<(), Refusal> {
        if self.stopping.load(Ordering::Relaxed) {
            return Err(Refusal::of(&QueueTrouble::Stopping));
        }
        if self.room.free_bytes() < self.config.min_free_bytes {
            return Err(Refusal::of(&QueueTrouble::DiskFull));
        }
        if self.store.unsealed_bytes.load(Ordering::Relaxed) <= self.config.max_unsealed_bytes {
            return Ok(());
        }
        match lock(&self.store.trouble).clone() {
            Some(Trouble { reason, what }) => Err(Refusal::unavailable(reason, what, 5)),
            None => Err(Refusal::busy(
                "More batches came than the server has made into parts; try again in a moment.",
            )),
        }
    }

    /// True after an append that failed: trying is how the queue heals, so that even a heartbeat
    /// is appended then. One that passed untried would make clients blame their batches.
    pub(crate) fn is_troubled(&self) -> bool {
        lock(&self.trouble).is_some()
    }

    /// Appends a batch, waits for the disk and for the writer.
    pub(crate) async fn store(&self, prepared: Prepared, share: Share) -> Result<Outcome, Refusal> {
        let repeated = self.store.repeated(&prepared.entry.head.claim);
        if let Some(outcome) = repeated.filter(|_| !self.is_troubled()) {
            self.hear(prepared, outcome.duplicates).await?;
            return Ok(outcome);
        }
        let Prepared { entry, statistics, .. } = prepared;
        let parts =
            entry.encode().map_err(|error| Refusal::unavailable("queue", error.to_string(), 5))?;
        let (reply, answer) = oneshot::channel();
        let (jobs, trouble) = (self.jobs.clone(), self.trouble.clone());
        let done = Box::new(move |result: Result<_, QueueTrouble>| {
            *lock(&trouble) = result.as_ref().err().cloned();
            match result {
                Ok(place) => {
                    let arrival = Box::new(Arrival { place, entry, statistics, replay: false });
                    let _ = jobs.send(Job::Apply { arrival, share, reply });
                }
                Err(trouble) => {
                    let _ = reply.send(Err(trouble));
                }
            }
        });
        self.queue.append(parts, done);
        match answer.await {
            Ok(Ok(outcome)) => Ok(outcome),
            Ok(Err(trouble)) => Err(Refusal::of(&trouble)),
            Err(_) => Err(Refusal::of(&QueueTrouble::Stopping)),
        }
    }

    /// Tells the writer of a heartbeat, or of a batch that came again.
    pub(crate) async fn hear(&self, prepared: Prepared, duplicates: u64) -> Result<(), Refusal> {
        let (reply, answer) = oneshot::channel();
        let prepared = Box::new(prepared);
        let _ = self.jobs.send(Job::Hear { prepared, duplicates, reply });
        answer.await.map_err(|_| Refusal::of(&QueueTrouble::Stopping))
    }

    /// Why all is not well.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        if let Err(refusal) = self.admits_batches() {
            return Some(refusal);
        }
        if let Some(Trouble { reason, what }) = lock(&self.store.trouble).clone() {
            return Some(Refusal::unavailable(reason, what, 5));
        }
        lock(&self.trouble).as_ref().map(Refusal::of)
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.close();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! A server without its socket, on a disk and a catalog of the test's.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use dlogs_server::Config;
use dlogs_server::app::{App, Ground};
use dlogs_server::catalog::State;
use dlogs_server::data_dir::DataDir;
use dlogs_server::observe::Observers;
use dlogs_server::store_state::StoreState;
use serde_json::Value;
use tower::ServiceExt;

use super::PATIENCE;
use super::catalog::ModelCatalog;
use super::disk::ModelDisk;
use super::server::NATIVE;

pub const NOW_NS: i64 = 1_795_000_000_000_000_000;

pub struct Bench {
    pub app: Arc<App>,
    pub catalog: Arc<ModelCatalog>,
    router: Router,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    /// Opens a server on the disk; `dir` only holds the lock.
    pub fn open(
        dir: &Path,
        disk: &ModelDisk,
        state: State,
        cap_bytes: u64,
    ) -> Result<Self, String> {
        Self::with(dir, disk, state, |config| {
            config.max_unsealed_bytes = cap_bytes;
            config.housekeeping_ms = 10;
        })
    }

    /// The same, configured as the test likes.
    pub fn with(
        dir: &Path,
        disk: &ModelDisk,
        state: State,
        change: impl FnOnce(&mut Config),
    ) -> Result<Self, String> {
        let mut config = Config::at(dir);
        change(&mut config);
        let catalog = Arc::new(ModelCatalog::of(state, disk.clone()));
        let ground = Ground {
            disk: Arc::new(disk.clone()),
            catalog: catalog.clone(),
            clock: Arc::new(|| NOW_NS),
        };
        let dir = DataDir::open(dir)?;
        let app = App::open_on(config, Observers::default(), ground, dir)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let router = app.router(Router::new());
        Ok(Self { app, catalog, router, runtime })
    }

    /// Status and body of a batch's answer.
    pub fn native(&self, batch: Vec<u8>) -> (u16, Value) {
        let request = Request::post("/api/logs").header("content-type", NATIVE);
        self.ask(request.header("host", "localhost").body(Body::from(batch)).unwrap())
    }

    pub fn get(&self, path: &str) -> (u16, Value) {
        self.ask(Request::get(path).header("host", "localhost").body(Body::empty()).unwrap())
    }

    fn ask(&self, request: Request<Body>) -> (u16, Value) {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let status = response.status().as_u16();
            let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            (status, serde_json::from_slice(&body).unwrap_or_default())
        })
    }

    /// Records of parts that the catalog lists and that have no files: it will forget them.
    pub fn missing(&self) -> u64 {
        let snapshot = self.app.snapshot();
        let there = |name: &str| snapshot.parts.iter().any(|part| part.meta.name == name);
        let state = self.catalog.state();
        let missing = state.parts.iter().filter(|part| !there(&part.name));
        missing.map(|part| part.summary.records).sum()
    }

    /// Waits until the store is as the test wants it.
    pub fn until(&self, what: &str, mut done: impl FnMut(&StoreState) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let state = self.app.store_state();
            if done(&state) {
                return;
            }
            assert!(Instant::now() < deadline, "not {what}: {state:?}");
            std::thread::yield_now();
        }
    }

    /// The sequence numbers of all stored records, ascending, repeats included.
    pub fn seqs(&self) -> Vec<u64> {
        let mut seqs = Vec::new();
        let snapshot = self.app.snapshot();
        for batch in snapshot.chunks.iter().flat_map(|chunk| &chunk.batches) {
            let unpacked = batch.unpack().unwrap();
            seqs.extend(unpacked.rows(batch).map(|row| row.seq));
        }
        for part in snapshot.parts.iter() {
            part.each(&mut |row| seqs.push(row.seq)).unwrap();
        }
        seqs.sort_unstable();
        seqs
    }
}

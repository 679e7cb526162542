//! A server on a free port of this machine, with its data in a directory that goes away.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;

use dlogs_server::{Config, serve};
use serde_json::Value;
use tokio::sync::{Notify, oneshot};

use super::PATIENCE;
use super::http::{Answer, request};

pub const NATIVE: &str = "application/vnd.dlogs.batch";

pub struct Server {
    pub address: SocketAddr,
    stop: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
    sealed: bool,
}

impl Server {
    /// In tests of the module `query_in_parts` everything is sealed before it is asked for.
    pub fn start(dir: &Path) -> Self {
        let sealed =
            std::thread::current().name().is_some_and(|name| name.starts_with("query_in_parts"));
        let mut server = Self::with(dir, |config| {
            if sealed {
                config.seal_bytes = 0;
            }
        });
        server.sealed = sealed;
        server
    }

    pub fn with(dir: &Path, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::at(dir);
        config.port = 0;
        config.min_free_bytes = 0;
        config.keep_free_bytes = 0;
        config.reserve_bytes = 0;
        change(&mut config);
        Self::on(config).unwrap()
    }

    pub fn on(config: Config) -> Result<Self, String> {
        let stop = Arc::new(Notify::new());
        let stopped = stop.clone();
        let (told, address) = oneshot::channel();
        let (failed, failure) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            let ready = |address| told.send(address).unwrap();
            let result =
                runtime.block_on(serve(config, ready, async move { stopped.notified().await }));
            if let Err(error) = result {
                let _ = failed.send(error.to_string());
            }
        });
        match address.blocking_recv() {
            Ok(address) => Ok(Self { address, stop, thread: Some(thread), sealed: false }),
            Err(_) => Err(failure.recv().unwrap_or_default()),
        }
    }

    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.notify_one();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    pub fn native(&self, batch: &[u8]) -> Answer {
        self.post(NATIVE, batch)
    }

    pub fn json(&self, text: &str) -> Answer {
        self.post("application/json", text.as_bytes())
    }

    pub fn post(&self, kind: &str, body: &[u8]) -> Answer {
        self.post_with(&[("Content-Type", kind)], body)
    }

    pub fn post_with(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        request(self.address, "POST", "/api/logs", headers, body).unwrap()
    }

    pub fn get(&self, path: &str) -> Answer {
        if self.sealed {
            self.until("dlogs_queue_batches 0");
        }
        request(self.address, "GET", path, &[], b"").unwrap()
    }

    /// Waits until a line of `/metrics` says this.
    pub fn until(&self, line: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let page = request(self.address, "GET", "/metrics", &[], b"").unwrap().body;
            let page = String::from_utf8_lossy(&page).into_owned();
            if page.lines().any(|one| one == line) {
                return;
            }
            assert!(Instant::now() < deadline, "never {line}: {page}");
            std::thread::yield_now();
        }
    }

    /// Asks until the answer is as the test wants it.
    pub fn until_json(&self, path: &str, mut done: impl FnMut(&Value) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path).json();
            if done(&answer) {
                return;
            }
            assert!(Instant::now() < deadline, "never right: {answer}");
            std::thread::yield_now();
        }
    }

    /// The rows of a query; panics when it is refused.
    pub fn rows(&self, parameters: &str) -> Vec<Value> {
        let answer = self.get(&format!("/api/logs?{parameters}"));
        assert_eq!(answer.status, 200, "{}", answer.json());
        answer.json()["rows"].as_array().unwrap().clone()
    }

    /// The messages of a query.
    pub fn messages(&self, parameters: &str) -> Vec<String> {
        let rows = self.rows(parameters);
        rows.iter().map(|row| row["message"].as_str().unwrap().to_owned()).collect()
    }

    /// Every row, page by page.
    pub fn all_rows(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("/api/logs?limit=1000&cursor={cursor}")).json();
            rows.extend(page["rows"].as_array().unwrap().iter().cloned());
            match page["cursor"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => return rows,
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

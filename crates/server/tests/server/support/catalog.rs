//! A catalog in memory whose every commit can be had back, as if the power had gone behind it.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use dlogs_server::auth::StoredKey;
use dlogs_server::catalog::{
    Catalog, CatalogTrouble, Commit, Kept, NamedText, Shelf, Stand, State,
};
use dlogs_server::queue::Disk;
use dlogs_server::stream::Stream;
use dlogs_server::stream_id::StreamId;

use super::disk::{Event, ModelDisk};

/// Room on the disk that a commit takes.
const COMMIT_BYTES: u64 = 256;

pub struct ModelCatalog {
    state: Mutex<State>,
    history: Mutex<Vec<State>>,
    disk: ModelDisk,
    /// While it is set no commit succeeds.
    pub failing: AtomicBool,
    /// The commit, counted from 0, that is done and reported as failed.
    pub unheard: AtomicUsize,
    commits: AtomicUsize,
}

impl ModelCatalog {
    pub fn of(state: State, disk: ModelDisk) -> Self {
        let history = Mutex::new(vec![state.clone()]);
        Self {
            history,
            state: Mutex::new(state),
            disk,
            failing: AtomicBool::new(false),
            unheard: AtomicUsize::new(usize::MAX),
            commits: AtomicUsize::new(0),
        }
    }

    /// Commits that were done.
    pub fn commits(&self) -> usize {
        self.commits.load(Ordering::Relaxed)
    }

    /// As it is now.
    pub fn state(&self) -> State {
        self.state.lock().unwrap().clone()
    }

    /// The states after each commit; the first is the one it began with.
    pub fn history(&self) -> Vec<State> {
        self.history.lock().unwrap().clone()
    }

    fn keep(&self, state: &State) {
        self.history.lock().unwrap().push(state.clone());
        self.disk.note(Event::Commit);
    }
}

impl Catalog for ModelCatalog {
    fn take_over(&self, _forget_before_ns: i64) -> Result<State, CatalogTrouble> {
        let mut state = self.state.lock().unwrap();
        state.epoch += 1;
        self.keep(&state);
        Ok(state.clone())
    }

    fn stream(&self, stream: StreamId) -> Result<Option<Stream>, CatalogTrouble> {
        let state = self.state.lock().unwrap();
        Ok(state.streams.iter().find(|(id, _, _)| *id == stream).map(|(_, _, s)| s.clone()))
    }

    fn commit(&self, commit: &Commit) -> Result<(), CatalogTrouble> {
        if self.failing.load(Ordering::Relaxed) {
            return Err(CatalogTrouble::Store("it fails on demand".into()));
        }
        if self.disk.free_bytes(Path::new("")).is_ok_and(|free| free < COMMIT_BYTES) {
            return Err(CatalogTrouble::Store("database or disk is full".into()));
        }
        let mut state = self.state.lock().unwrap();
        if (state.epoch, state.offset) != (commit.epoch, commit.from) {
            return Err(CatalogTrouble::Stale);
        }
        if let Some(gone) =
            commit.remove.iter().find(|name| !state.parts.iter().any(|part| part.name == **name))
        {
            return Err(CatalogTrouble::Gone(gone.clone()));
        }
        state.parts.retain(|part| !commit.remove.contains(&part.name));
        state.parts.extend(commit.add.iter().cloned());
        state.offset = commit.to;
        state.expired_records += commit.expired_records;
        for (id, kept, stream) in &commit.streams {
            state.streams.retain(|(known, _, _)| known != id);
            state.streams.push((*id, *kept, stream.clone()));
        }
        state.streams.retain(|(_, kept, s)| {
            *kept != Kept::Key || s.last_ns() >= commit.forget_keys_before_ns
        });
        state.recent.retain(|(heard_ns, _)| *heard_ns >= commit.forget_heard_before_ns);
        state.recent.extend(&commit.heard);
        if commit.seconds.last_s().is_some() {
            state.seconds.push(commit.seconds.clone());
        }
        self.keep(&state);
        let number = self.commits.fetch_add(1, Ordering::Relaxed);
        match number == self.unheard.load(Ordering::Relaxed) {
            true => Err(CatalogTrouble::Store("it did it and says that it did not".into())),
            false => Ok(()),
        }
    }

    fn stand(&self) -> Result<Stand, CatalogTrouble> {
        let state = self.state();
        let mut parts: Vec<String> = state.parts.into_iter().map(|part| part.name).collect();
        parts.sort_unstable();
        Ok(Stand { epoch: state.epoch, offset: state.offset, parts })
    }

    fn keys(&self) -> Result<Vec<StoredKey>, CatalogTrouble> {
        Ok(Vec::new())
    }

    fn add_key(&self, _key: &StoredKey) -> Result<(), CatalogTrouble> {
        Ok(())
    }

    fn remove_key(&self, _id: &str) -> Result<bool, CatalogTrouble> {
        Ok(false)
    }

    fn texts(&self, _shelf: Shelf) -> Result<Vec<(String, String)>, CatalogTrouble> {
        Ok(Vec::new())
    }

    fn put_texts(&self, _shelf: Shelf, _texts: &[NamedText]) -> Result<(), CatalogTrouble> {
        Ok(())
    }
}

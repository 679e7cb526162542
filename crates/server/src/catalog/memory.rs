//! The catalog in memory: what a catalog is, without a disk.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{
    Catalog, CatalogTrouble, Commit, Kept, NamedText, RECENT_MAX, SECONDS_KEPT, Shelf, Stand, State,
};
use crate::auth::StoredKey;
use crate::stream::Stream;
use crate::stream_id::StreamId;

/// State that goes with the process. Clones of an `Arc` of it are several openings of one catalog.
#[derive(Debug, Default)]
pub struct MemoryCatalog {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    state: State,
    keys: BTreeMap<String, StoredKey>,
    texts: BTreeMap<(Shelf, String), String>,
}

impl MemoryCatalog {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Catalog for MemoryCatalog {
    fn take_over(&self, forget_before_ns: i64) -> Result<State, CatalogTrouble> {
        let state = &mut self.lock().state;
        state.epoch += 1;
        state.streams.retain(|(_, _, stream)| stream.last_ns >= forget_before_ns);
        state.streams.sort_by_key(|(_, _, stream)| stream.last_ns);
        Ok(state.clone())
    }

    fn stream(&self, stream: StreamId) -> Result<Option<Stream>, CatalogTrouble> {
        let inner = self.lock();
        let known = inner.state.streams.iter().find(|(id, _, _)| *id == stream);
        Ok(known.map(|(_, _, stream)| stream.clone()))
    }

    fn stand(&self) -> Result<Stand, CatalogTrouble> {
        let state = &self.lock().state;
        let parts = state.parts.iter().map(|part| part.name.clone()).collect();
        Ok(Stand { epoch: state.epoch, offset: state.offset, parts })
    }

    fn commit(&self, commit: &Commit) -> Result<(), CatalogTrouble> {
        let state = &mut self.lock().state;
        if (state.epoch, state.offset) != (commit.epoch, commit.from) {
            return Err(CatalogTrouble::Stale);
        }
        let there = |name: &&String| state.parts.iter().any(|part| part.name == **name);
        if let Some(gone) = commit.remove.iter().find(|name| !there(name)) {
            return Err(CatalogTrouble::Gone(gone.clone()));
        }
        state.offset = commit.to;
        state.expired_records += commit.expired_records;
        state.parts.retain(|part| !commit.remove.contains(&part.name));
        state.parts.extend(commit.add.iter().cloned());
        state.parts.sort_by(|a, b| a.name.cmp(&b.name));
        let changed = |id: &StreamId| commit.streams.iter().any(|(new, _, _)| new == id);
        state.streams.retain(|(id, kept, stream)| {
            let forgotten = *kept == Kept::Key && stream.last_ns < commit.forget_keys_before_ns;
            !changed(id) && !forgotten
        });
        state.streams.extend(commit.streams.iter().cloned());
        state.recent.retain(|(heard_ns, _)| *heard_ns >= commit.forget_heard_before_ns);
        state.recent.extend(&commit.heard);
        let beyond = state.recent.len().saturating_sub(RECENT_MAX);
        state.recent.drain(..beyond);
        if let Some(last_s) = commit.seconds.last_s() {
            state.seconds.push(commit.seconds.clone());
            state
                .seconds
                .retain(|seconds| seconds.last_s().is_some_and(|s| s + SECONDS_KEPT > last_s));
        }
        Ok(())
    }

    fn keys(&self) -> Result<Vec<StoredKey>, CatalogTrouble> {
        Ok(self.lock().keys.values().cloned().collect())
    }

    fn add_key(&self, key: &StoredKey) -> Result<(), CatalogTrouble> {
        let keys = &mut self.lock().keys;
        if keys.contains_key(&key.id) {
            return Err(CatalogTrouble::Store("this id is taken".into()));
        }
        keys.insert(key.id.clone(), key.clone());
        Ok(())
    }

    fn remove_key(&self, id: &str) -> Result<bool, CatalogTrouble> {
        Ok(self.lock().keys.remove(id).is_some())
    }

    fn texts(&self, shelf: Shelf) -> Result<Vec<(String, String)>, CatalogTrouble> {
        let inner = self.lock();
        let own = inner.texts.iter().filter(|((on, _), _)| *on == shelf);
        Ok(own.map(|((_, name), text)| (name.clone(), text.clone())).collect())
    }

    fn put_texts(&self, shelf: Shelf, texts: &[NamedText]) -> Result<(), CatalogTrouble> {
        let held = &mut self.lock().texts;
        for (name, text) in texts {
            let place = (shelf, name.clone());
            match text {
                Some(text) => held.insert(place, text.clone()),
                None => held.remove(&place),
            };
        }
        Ok(())
    }
}

//! The oldest batches leave: first the catalog commits, then queries forget, then the queue trims.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::{KEYED_NS, Writer};
use crate::catalog::{CatalogTrouble, Commit, Kept};
use crate::observe::Observer;
use crate::stream::Stream;
use crate::stream_id::StreamId;

impl Writer {
    /// Makes room down to 15/16 of the bound, so that one commit pays for many batches.
    pub(super) fn expire(&mut self) {
        if self.deposed {
            return;
        }
        let goal = self.max_unsealed_bytes / 16 * 15;
        let mut held = self.store.unsealed_bytes.load(Ordering::Relaxed);
        let mut count = 0_usize;
        for pending in &self.pending {
            if held <= goal {
                break;
            }
            held -= pending.cost_bytes;
            count += 1;
        }
        let Some(last) = count.checked_sub(1).and_then(|at| self.pending.get(at)) else { return };
        let to = last.next;
        let result = self.commit(count, to);
        let trouble = result.as_ref().err().map(ToString::to_string);
        *self.store.catalog_trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        match result {
            Ok(()) => self.forget(count, to),
            Err(error) => {
                tracing::error!(%error, "the oldest batches cannot leave the store");
                self.deposed = error == CatalogTrouble::Stale;
            }
        }
    }

    /// Tries again what failed before; the writer calls it once a second while there is trouble.
    pub(crate) fn tick(&mut self) {
        if self.store.unsealed_bytes.load(Ordering::Relaxed) > self.max_unsealed_bytes {
            self.expire();
        }
    }

    fn commit(&self, count: usize, to: u64) -> Result<(), CatalogTrouble> {
        let mut streams: HashMap<StreamId, (Kept, Stream)> = HashMap::new();
        let mut newest_ns = i64::MIN;
        for pending in self.pending.iter().take(count) {
            let claim = &pending.claim;
            newest_ns = newest_ns.max(claim.received_ns);
            let Some(kept) = Kept::of(claim.memory) else { continue };
            let (_, stream) = match streams.entry(claim.stream) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let known = self.catalog.stream(claim.stream)?.unwrap_or_default();
                    place.insert((kept, known))
                }
            };
            stream.apply(claim);
        }
        let snapshot = self.store.memtable.snapshot();
        let leaving = snapshot.chunks.iter().flat_map(|chunk| &chunk.batches);
        let leaving = leaving.take_while(|batch| batch.offset < to);
        self.catalog.commit(&Commit {
            epoch: self.epoch,
            from: self.committed,
            to,
            streams: streams.into_iter().map(|(id, (kept, stream))| (id, kept, stream)).collect(),
            expired_records: leaving.map(|batch| batch.summary.records).sum(),
            forget_keys_before_ns: newest_ns.saturating_sub(KEYED_NS),
        })
    }

    fn forget(&mut self, count: usize, to: u64) {
        self.committed = to;
        let freed: u64 = self.pending.drain(..count).map(|pending| pending.cost_bytes).sum();
        self.store.unsealed_bytes.fetch_sub(freed, Ordering::Relaxed);
        for batch in self.store.memtable.drop_below(to) {
            self.store.expired_records.fetch_add(batch.summary.records, Ordering::Relaxed);
            self.observers.expired(&batch);
        }
        if let Err(error) = self.queue.trim(to) {
            tracing::warn!(%error, "old files of the queue could not be removed; tried again later");
        }
    }
}

//! The oldest batches become parts: the catalog commits, then queries see parts instead of batches,
//! then the queue trims. What the sealer made is durable before any of it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{KEYED_NS, Writer};
use crate::batch::Batch;
use crate::catalog::{CatalogTrouble, Commit, Kept, Seconds};
use crate::ingest::REMEMBERED_NS;
use crate::parts::{Part, PartMeta};
use crate::seal::{Load, SealJob, Sealed, Trouble, due, portion};
use crate::stream::Stream;
use crate::stream_id::StreamId;

/// A seal that has begun.
pub(super) struct Sealing {
    /// Of the oldest pending entries.
    count: usize,
    to: u64,
    /// What it takes out of the queue, by second.
    seconds: Seconds,
    /// The parts, when they are durable; tried again until the catalog has them.
    parts: Option<Vec<PartMeta>>,
}

impl Writer {
    /// Begins a seal of the oldest entries, if it is time and none is under way.
    pub(super) fn seal_if_due(&mut self) {
        let oldest_ns = self.pending.front().map(|pending| pending.claim.received_ns);
        let load = Load {
            packed_bytes: self.store.unsealed_bytes.load(Ordering::Relaxed),
            unpacked_bytes: self.unpacked_bytes,
            oldest_ns,
        };
        let busy = self.sealing.is_some() || self.resting || self.deposed;
        let now_ns = (self.clock)();
        if busy || !due(load, self.limits, now_ns) {
            return;
        }
        let count = portion(self.pending.iter().map(|p| p.unpacked_bytes), self.limits);
        let Some(last) = count.checked_sub(1).and_then(|at| self.pending.get(at)) else { return };
        let to = last.next;
        let batches = self.store.memtable.below(to);
        let seconds = Seconds::of(batches.iter().map(|batch| &**batch), now_ns);
        self.sealing = Some(Sealing { count, to, seconds, parts: None });
        if self.sealer.send(SealJob { batches, now_ns }).is_err() {
            self.sealing = None;
        }
    }

    /// The sealer has answered.
    pub(super) fn sealed(&mut self, sealed: Result<Sealed, Trouble>) {
        self.seal_failed = sealed.is_err();
        match sealed {
            Ok(Sealed { parts, spoilt }) => {
                spoilt.iter().for_each(|batch| self.set_aside_batch(batch));
                if let Some(sealing) = &mut self.sealing {
                    sealing.parts = Some(parts);
                }
                self.commit_seal();
            }
            Err(trouble) => {
                tracing::error!(what = trouble.what, "batches cannot become parts");
                self.sealing = None;
                self.resting = true;
                self.show(Some(trouble));
            }
        }
    }

    /// True while parts are made or wait for the catalog.
    pub(super) fn is_sealing(&self) -> bool {
        self.sealing.as_ref().is_some_and(|sealing| sealing.parts.is_none())
    }

    /// Commits the parts that are durable, and goes on to what has become due meanwhile.
    pub(super) fn commit_seal(&mut self) {
        let Some(sealing) = self.sealing.take_if(|sealing| sealing.parts.is_some()) else { return };
        let parts = sealing.parts.clone().unwrap_or_default();
        let committed = self.streams_of(sealing.count).and_then(|streams| {
            let seconds = sealing.seconds.clone();
            self.commit(Commit { to: sealing.to, add: parts.clone(), seconds, ..streams })
        });
        match committed {
            Ok(()) => {
                self.swap(&sealing, parts);
                self.seal_if_due();
            }
            // The catalog may have it all the same: the files stay, and the same step is repeated.
            Err(_) => self.sealing = Some(sealing),
        }
    }

    /// One step of the catalog; what fails is shown to whoever asks why.
    pub(super) fn commit(&mut self, commit: Commit) -> Result<(), CatalogTrouble> {
        if self.deposed {
            return Err(CatalogTrouble::Stale);
        }
        let to = commit.to.max(self.committed);
        let commit = Commit { epoch: self.epoch, from: self.committed, to, ..commit };
        let result = match self.catalog.commit(&commit) {
            Err(refused @ (CatalogTrouble::Stale | CatalogTrouble::Gone(_))) => {
                self.look_again(&commit, refused)
            }
            other => other,
        };
        match &result {
            Ok(()) => {
                self.committed = to;
                if !self.seal_failed {
                    self.show(None);
                }
            }
            // Somebody else removed what was to be replaced: no trouble of the catalog's.
            Err(CatalogTrouble::Gone(_)) => {}
            Err(error) => {
                tracing::error!(%error, "the catalog does not commit");
                self.deposed = *error == CatalogTrouble::Stale;
                self.resting = true;
                self.show(Some(Trouble { reason: "disk", what: error.to_string() }));
            }
        }
        result
    }

    /// A commit was refused: another writer's doing, or an earlier try of ours came through and its answer was lost.
    /// Every step is tried until it is told to be done, so that only this one can have come through.
    fn look_again(&self, commit: &Commit, refused: CatalogTrouble) -> Result<(), CatalogTrouble> {
        let stand = self.catalog.stand()?;
        let is_there = |name: &String| stand.parts.binary_search(name).is_ok();
        let done = stand.offset == commit.to
            && commit.add.iter().all(|part| is_there(&part.name))
            && !commit.remove.iter().any(is_there);
        match refused {
            _ if stand.epoch != self.epoch => Err(CatalogTrouble::Stale),
            _ if done => {
                let offset = commit.to;
                tracing::warn!(offset, "the catalog had committed what it reported as failed");
                Ok(())
            }
            // A seal came through and has not been told yet; it is tried again before anything else.
            CatalogTrouble::Stale
                if self.sealing.as_ref().is_some_and(|s| s.to == stand.offset) =>
            {
                Err(CatalogTrouble::Store("it has moved on; tried again".into()))
            }
            refused => Err(refused),
        }
    }

    /// What the catalog learns of the streams that the oldest entries touch.
    fn streams_of(&self, count: usize) -> Result<Commit, CatalogTrouble> {
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
        let heard = self.pending.iter().take(count).flat_map(|pending| {
            let received_ns = pending.claim.received_ns;
            pending.identities.iter().map(move |identity| (received_ns, identity.bytes()))
        });
        let forget_heard_before_ns = newest_ns.saturating_sub(REMEMBERED_NS);
        let heard = heard.filter(|(heard_ns, _)| *heard_ns >= forget_heard_before_ns);
        let streams = streams.into_iter().map(|(id, (kept, stream))| (id, kept, stream));
        Ok(Commit {
            streams: streams.collect(),
            forget_keys_before_ns: newest_ns.saturating_sub(KEYED_NS),
            heard: heard.collect(),
            forget_heard_before_ns,
            ..Commit::default()
        })
    }

    fn swap(&mut self, sealing: &Sealing, fresh: Vec<PartMeta>) {
        let parts = self.store.memtable.parts();
        let fresh = fresh.into_iter().map(|meta| Arc::new(Part::new(meta, self.parts.clone())));
        let parts = parts.iter().cloned().chain(fresh).collect();
        self.store.memtable.swap(sealing.to, Arc::new(parts));
        let gone = self.pending.drain(..sealing.count);
        let (packed, unpacked) = gone.fold((0, 0), |(packed, unpacked), pending| {
            (packed + pending.cost_bytes, unpacked + pending.unpacked_bytes)
        });
        self.store.unsealed_bytes.fetch_sub(packed, Ordering::Relaxed);
        self.unpacked_bytes -= unpacked;
        if let Err(error) = self.queue.trim(sealing.to) {
            tracing::warn!(%error, "old files of the queue could not be removed; tried again later");
        }
    }

    /// A batch whose body has spoilt in memory: kept for a human, told, stepped over.
    fn set_aside_batch(&self, batch: &Batch) {
        let kept = self.queue.set_aside(batch.offset, &batch.body.bytes).is_ok();
        tracing::error!(offset = batch.offset, kept, "a batch cannot be unpacked");
    }
}

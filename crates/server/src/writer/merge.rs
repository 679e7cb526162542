//! Small parts become one: the catalog swaps them, then queries do, then the files go with their last
//! reader. A merge whose inputs have left meanwhile is thrown away.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Writer;
use crate::catalog::{CatalogTrouble, Commit};
use crate::merge::{MergeJob, Merged, plan};
use crate::parts::{Part, PartMeta};

/// A merge that failed costs as much as one that did not: not again at once.
const PAUSE_TICKS: u32 = 60;

impl Writer {
    /// Begins a merge, if one is worth while and none is under way.
    pub(super) fn merge_if_worth(&mut self) {
        let stopping = self.merge_stop.load(Ordering::Relaxed);
        let busy = self.merge_pause > 0 || self.merging || self.merged.is_some();
        if busy || stopping || self.deposed {
            return;
        }
        let parts = self.store.memtable.parts();
        let sound = parts.iter().filter(|part| part.corrupt().is_none());
        let metas: Vec<&PartMeta> = sound.map(|part| &part.meta).collect();
        let names = plan(&metas);
        if names.is_empty() {
            return;
        }
        let inputs = parts.iter().filter(|part| names.contains(&part.meta.name)).cloned();
        let stop = self.merge_stop.clone();
        let job = MergeJob { parts: inputs.collect(), now_ns: (self.clock)(), stop };
        self.merging = self.merger.send(job).is_ok();
    }

    /// A merge that is under way is given up.
    pub(super) fn stop_merging(&self) {
        self.merge_stop.store(true, Ordering::Relaxed);
    }

    /// The merger has answered.
    pub(super) fn take_merged(&mut self, merged: Result<Merged, String>) {
        self.merging = false;
        match merged {
            Ok(merged) => {
                self.merged = Some(merged);
                self.commit_merge();
                // The next one at once: many small seals must not outrun one merge a tick.
                self.merge_if_worth();
            }
            // Planned anew later: a corrupt input is set aside by then, a full disk has room.
            Err(what) => {
                tracing::warn!(what, "parts could not be merged");
                self.merge_pause = PAUSE_TICKS;
            }
        }
    }

    /// Commits a merge that is durable, while all of its inputs are still there.
    pub(super) fn commit_merge(&mut self) {
        let Some(merged) = self.merged.take() else { return };
        let part = Arc::new(Part::new(merged.part.clone(), self.parts.clone()));
        let parts = self.store.memtable.parts();
        let is_input = |part: &&Arc<Part>| merged.inputs.contains(&part.meta.name);
        let inputs: Vec<Arc<Part>> = parts.iter().filter(is_input).cloned().collect();
        if inputs.len() < merged.inputs.len() {
            // What retention took is not raised.
            part.doom();
            return;
        }
        let commit = Commit {
            add: vec![merged.part.clone()],
            remove: merged.inputs.clone(),
            ..Commit::default()
        };
        match self.commit(commit) {
            Ok(()) => {
                let stays = parts.iter().filter(|part| !is_input(part)).cloned();
                let parts = stays.chain([part]).collect();
                self.store.memtable.swap(0, Arc::new(parts));
                inputs.iter().for_each(|input| input.doom());
            }
            // All inputs are here and not in the catalog, nor is the merged part: another hand was in it.
            Err(CatalogTrouble::Gone(name)) => {
                tracing::error!(part = name, "the catalog lost a part; restart the server");
                self.deposed = true;
            }
            Err(_) => self.merged = Some(merged),
        }
    }
}

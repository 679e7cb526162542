//! What leaves the parts: what retention takes, what is corrupt, what was found missing at start.
//!
//! Files go before the catalog forgets them: it tolerates a missing file, nobody tolerates an orphan.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Writer;
use crate::catalog::{CatalogTrouble, Commit};
use crate::observe::Observer;
use crate::parts::{Part, PartMeta, name};
use crate::retention::{Space, victims};

impl Writer {
    /// Whatever happens once a second.
    pub(super) fn tick(&mut self) {
        self.resting = false;
        let free_bytes = self.room.look();
        self.commit_seal();
        self.seal_if_due();
        self.retain(free_bytes);
        self.set_corrupt_aside();
        self.forget();
        self.commit_merge();
        self.merge_pause = self.merge_pause.saturating_sub(1);
        self.merge_if_worth();
    }

    /// Lets the oldest parts go by age, bytes and free space.
    fn retain(&mut self, free_bytes: u64) {
        let parts = self.store.memtable.parts();
        if parts.is_empty() || self.deposed {
            return;
        }
        let metas: Vec<&PartMeta> = parts.iter().map(|part| &part.meta).collect();
        let space =
            Space { free_bytes, total_bytes: self.room.total(), queue_bytes: self.queue.bytes() };
        let gone = victims(&metas, self.settings.rules(), (self.clock)(), space);
        if gone.is_empty() {
            return;
        }
        let gone: Vec<Arc<Part>> = gone.into_iter().map(|at| parts[at].clone()).collect();
        drop(parts);
        self.leave(&gone);
        for part in gone {
            self.gone.push(part.meta.clone());
            // Unlinked here, or when the last query that reads it has ended.
            part.doom();
        }
    }

    /// Moves the files of corrupt parts to where a human finds them and no query looks.
    fn set_corrupt_aside(&mut self) {
        let parts = self.store.memtable.parts();
        let corrupt: Vec<Arc<Part>> =
            parts.iter().filter(|part| part.corrupt().is_some()).cloned().collect();
        drop(parts);
        if corrupt.is_empty() || self.deposed {
            return;
        }
        self.leave(&corrupt);
        for part in corrupt {
            for file in [name::parquet(&part.meta.name), name::bloom(&part.meta.name)] {
                if let Err(error) = self.parts.set_aside(&file) {
                    tracing::error!(file, %error, "a corrupt file could not be set aside");
                }
            }
            tracing::error!(part = part.meta.name, "set aside in the folder parts/aside");
            self.gone.push(part.meta.clone());
        }
    }

    /// Queries no longer see these parts.
    fn leave(&self, gone: &[Arc<Part>]) {
        let parts = self.store.memtable.parts();
        let stays = |part: &&Arc<Part>| !gone.iter().any(|other| Arc::ptr_eq(other, part));
        let rest = parts.iter().filter(stays).cloned().collect();
        self.store.memtable.swap(0, Arc::new(rest));
    }

    /// Tells the catalog what is gone; tried again until it has heard.
    fn forget(&mut self) {
        if self.gone.is_empty() {
            return;
        }
        let records_of =
            |gone: &[PartMeta]| gone.iter().map(|meta| meta.summary.records).sum::<u64>();
        let commit = Commit {
            expired_records: records_of(&self.gone),
            remove: self.gone.iter().map(|meta| meta.name.clone()).collect(),
            ..Commit::default()
        };
        let told: Vec<PartMeta> = match self.commit(commit) {
            Ok(()) => std::mem::take(&mut self.gone),
            // An earlier try has come through after all, for this part at least.
            Err(CatalogTrouble::Gone(name)) => {
                let parts = std::mem::take(&mut self.gone).into_iter();
                let (told, rest) = parts.partition(|meta| meta.name == name);
                self.gone = rest;
                told
            }
            Err(_) => return,
        };
        let records = records_of(&told);
        // In this order: who reads both in between must not count them as expired and as of before the start.
        self.observers.expired(records);
        self.store.expired_records.fetch_add(records, Ordering::Relaxed);
    }
}

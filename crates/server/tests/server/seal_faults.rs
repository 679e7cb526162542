//! Each operation of the disk fails once, in turn, while batches become parts: nothing is lost or
//! doubled, it heals by itself, and what a failed seal left behind is not there after a restart.

use std::io::ErrorKind;

use dlogs_server::catalog::State;
use dlogs_server::parts::{FolderParts, PartStore};

use crate::support::app::{Bench, NOW_NS};
use crate::support::batch::{batch, stream};
use crate::support::disk::{Fault, ModelDisk};

const BATCHES: u64 = 3;

fn open(dir: &std::path::Path, disk: &ModelDisk, state: State) -> Result<Bench, String> {
    Bench::with(dir, disk, state, |config| {
        config.max_unsealed_bytes = 1 << 20;
        config.seal_bytes = 0;
        config.housekeeping_ms = 10;
    })
}

fn send_all(bench: &Bench) {
    for number in 0..BATCHES {
        let seqs = number * 10 + 1..=number * 10 + 10;
        let mut tries = 0;
        while bench.native(batch(stream(1), seqs.clone(), NOW_NS)).0 != 200 {
            tries += 1;
            assert!(tries < 4, "it does not heal");
        }
    }
    bench.until("all in parts", |state| state.queue_batches == 0 && state.trouble.is_none());
}

fn fail_each(kind: ErrorKind) {
    let operations = {
        let dir = tempfile::tempdir().unwrap();
        let disk = ModelDisk::default();
        send_all(&open(dir.path(), &disk, State::default()).unwrap());
        disk.operations()
    };
    let all: Vec<u64> = (1..=BATCHES * 10).collect();
    for at in 1..operations {
        let dir = tempfile::tempdir().unwrap();
        let disk = ModelDisk::failing(Fault { at, kind });
        let bench = open(dir.path(), &disk, State::default()).unwrap();
        send_all(&bench);
        assert_eq!(bench.seqs(), all, "operation {at}");
        assert_eq!(disk.broken_handles(), 0, "operation {at}");
        let state = bench.catalog.state();
        bench.app.close();
        drop(bench);
        let bench = open(dir.path(), &disk, state.clone()).unwrap();
        assert_eq!(bench.seqs(), all, "operation {at}, after a restart");
        let store = FolderParts::new(std::sync::Arc::new(disk), &dir.path().join("parts"));
        let files = store.files().unwrap();
        assert_eq!(files.len(), 2 * state.parts.len(), "operation {at}: {files:?}");
    }
}

#[test]
fn a_full_disk_during_a_seal_heals() {
    fail_each(ErrorKind::StorageFull);
}

#[test]
fn a_failing_disk_during_a_seal_heals() {
    fail_each(ErrorKind::Other);
}

//! The power goes at every moment, also of a seal, a merge and of retention: an answer that went out is
//! never taken back, nothing comes twice, no orphan stays.

use std::path::{Path, PathBuf};

use dlogs_server::catalog::State;
use dlogs_server::parts::PartMeta;
use dlogs_server::queue::Disk;

use crate::support::app::{Bench, NOW_NS};
use crate::support::batch::{batch, stream};
use crate::support::disk::{Event, ModelDisk, Unsynced, after_power_cut};

pub const BATCH: u64 = 10;
/// Far more than is sent.
const CAP_BYTES: u64 = 16 << 20;
/// A few batches.
const SEAL_BYTES: u64 = 6000;
const CUTS: [Unsynced; 4] = [Unsynced::Lost, Unsynced::Kept, Unsynced::Torn, Unsynced::Zeros];

/// Sends batches, over a restart, and returns what happened with the catalog's states.
fn record(batches: u64, seal_bytes: u64, keep_bytes: u64) -> (Vec<Event>, Vec<State>) {
    let dir = tempfile::tempdir().unwrap();
    let disk = ModelDisk::default();
    let mut states = Vec::new();
    for half in 0..2 {
        let state = states.last().cloned().unwrap_or_default();
        // The history of the second half begins with the state that ends the first.
        states.pop();
        let bench = open(dir.path(), &disk, state, seal_bytes, keep_bytes);
        for number in half * batches / 2..(half + 1) * batches / 2 {
            let seqs = number * BATCH + 1..=(number + 1) * BATCH;
            let (status, answer) = bench.native(batch(stream(1), seqs.clone(), NOW_NS));
            assert_eq!(status, 200, "{answer}");
            disk.note(Event::Ack(seqs));
            if seal_bytes == 0 {
                bench.until("a part each", |state| state.queue_batches == 0);
            }
        }
        if keep_bytes > 0 {
            bench
                .until("all parts are gone", |state| state.expired_records > 0 && state.parts == 0);
        }
        if seal_bytes == 0 {
            bench.until("merged", |_| bench.catalog.history().windows(2).any(shrinks));
        }
        bench.app.close();
        states.extend(bench.catalog.history());
    }
    (disk.events(), states)
}

fn open(dir: &Path, disk: &ModelDisk, state: State, seal_bytes: u64, keep_bytes: u64) -> Bench {
    let configured = |config: &mut dlogs_server::Config| {
        config.seal_bytes = seal_bytes;
        config.keep_bytes = keep_bytes;
        config.housekeeping_ms = 10;
    };
    Bench::with(dir, disk, state, configured).unwrap()
}

/// Opens a server on what a power cut behind these events leaves, and looks.
pub fn check(events: &[Event], states: &[State], unsynced: Unsynced, batches: u64) {
    let dir = tempfile::tempdir().unwrap();
    let files = relocated(events, dir.path(), unsynced);
    let found: Vec<_> = files.keys().cloned().collect();
    let disk = ModelDisk::of(files);
    let commits = events.iter().filter(|event| matches!(event, Event::Commit)).count();
    let state = states[commits].clone();
    let listed = state.parts.clone();
    let bench = Bench::open(dir.path(), &disk, state, CAP_BYTES).unwrap();
    no_orphan(&disk, &found, &listed, events.len());
    let acked = events.iter().filter_map(|event| match event {
        Event::Ack(seqs) => Some(*seqs.end()),
        _ => None,
    });
    let acked = acked.max().unwrap_or(0);
    let context = format!("{} events, {unsynced:?}, acked {acked}", events.len());
    // Retention unlinks before the catalog forgets; nothing else may ever take what the catalog lists.
    let retains = states.iter().any(|state| state.expired_records > 0);
    look(&bench, acked, retains, &context);
    // The client repeats everything that it is not sure of, and more.
    for number in 0..batches {
        let seqs = number * BATCH + 1..=(number + 1) * BATCH;
        let (status, answer) = bench.native(batch(stream(1), seqs, NOW_NS));
        assert_eq!((status, &answer["accepted"]), (200, &BATCH.into()), "{context}: {answer}");
    }
    look(&bench, batches * BATCH, retains, &context);
    assert_eq!(disk.broken_handles(), 0);
}

fn look(bench: &Bench, acked: u64, retains: bool, context: &str) {
    let seqs = bench.seqs();
    assert!(seqs.windows(2).all(|two| two[0] < two[1]), "{context}: a record twice");
    let law = bench.app.law(stream(1)).unwrap_or_default();
    assert!(law.through >= acked, "{context}: {law:?}");
    assert!(law.gaps.iter().all(|&(from, _)| from > acked), "{context}: missing {:?}", law.gaps);
    // What is missing becomes expired by and by.
    bench.until(&format!("{context}: stored but not there"), |state| {
        bench.seqs().len() as u64 + state.expired_records + bench.missing() == law.stored
    });
    assert!(retains || bench.seqs().len() as u64 == law.stored, "{context}: a part has gone");
}

/// Of the files that the power cut left, those of no part are gone.
fn no_orphan(disk: &ModelDisk, found: &[PathBuf], listed: &[PartMeta], events: usize) {
    let of_parts =
        |path: &&PathBuf| path.extension().is_some_and(|end| end == "parquet" || end == "bloom");
    for path in found.iter().filter(of_parts) {
        let known = listed.iter().any(|part| path.to_string_lossy().contains(&part.name));
        let there = Disk::read(disk, path).is_ok();
        assert!(known || !there, "{events} events: an orphan: {}", path.display());
    }
}

/// The files under another directory, so that the recorded names lie where this server looks.
fn relocated(
    events: &[Event],
    dir: &Path,
    unsynced: Unsynced,
) -> std::collections::BTreeMap<std::path::PathBuf, Vec<u8>> {
    let files = after_power_cut(events, unsynced);
    // Two recordings of one history lie in two directories: what matters begins at `queue`, `parts`.
    let place = |path: &std::path::Path| {
        let parts: Vec<_> = path.components().collect();
        let from = parts.iter().rposition(|part| {
            let name = part.as_os_str();
            name == "queue" || name == "parts"
        })?;
        Some(dir.join(parts[from..].iter().collect::<std::path::PathBuf>()))
    };
    files.into_iter().filter_map(|(path, bytes)| Some((place(&path)?, bytes))).collect()
}

/// Several parts have become one.
fn shrinks(two: &[State]) -> bool {
    two[1].parts.len() < two[0].parts.len()
}

fn every_prefix(batches: u64, seal_bytes: u64, keep_bytes: u64) -> Vec<State> {
    let (events, states) = record(batches, seal_bytes, keep_bytes);
    for end in 0..=events.len() {
        for unsynced in CUTS {
            check(&events[..end], &states, unsynced, batches);
        }
    }
    states
}

#[test]
fn no_acked_record_is_lost_or_doubled() {
    let states = every_prefix(24, u64::MAX, 0);
    assert!(states.iter().all(|state| state.expired_records == 0 && state.parts.is_empty()));
}

#[test]
fn the_same_while_batches_become_parts() {
    let states = every_prefix(24, SEAL_BYTES, 0);
    assert!(states.iter().all(|state| state.expired_records == 0));
    let most = states.iter().map(|state| state.parts.len()).max();
    assert!(most > Some(1), "{most:?}");
}

#[test]
fn the_same_while_small_parts_are_merged() {
    let states = every_prefix(24, 0, 0);
    assert!(states.windows(2).filter(|two| shrinks(two)).count() >= 2);
}

#[test]
fn the_same_while_the_oldest_parts_leave() {
    let states = every_prefix(24, SEAL_BYTES, 1);
    let commits = states.iter().filter(|state| state.expired_records > 0).count();
    assert!(commits > 0, "{commits} commits");
}

/// The replay itself is worth something only if it notices what a careless server would do.
#[test]
fn a_forgotten_sync_is_noticed() {
    let below = |path: &Path| path.iter().any(|name| name == "queue" || name == "parts");
    let synced = |event: &Event, ending: &str| match event {
        Event::Sync(path) | Event::SyncDir(path) if below(path) => {
            path.to_string_lossy().ends_with(ending)
        }
        Event::SyncDir(_) => ending == "data",
        _ => false,
    };
    let in_queue = [".log", "/queue", "data"];
    let in_parts = [".parquet", ".bloom", "20261118", "/parts", "data"];
    for (seal_bytes, endings) in [(u64::MAX, &in_queue[..]), (0, &in_parts[..])] {
        let (events, states) = record(8, seal_bytes, 0);
        for ending in endings {
            let left = events.iter().filter(|event| !synced(event, ending)).cloned();
            let left: Vec<Event> = left.collect();
            assert!(left.len() < events.len(), "{ending} is never synced");
            let noticed = std::panic::catch_unwind(|| check(&left, &states, Unsynced::Lost, 8));
            assert!(noticed.is_err(), "without the sync of {ending}");
        }
    }
}

//! The power goes at every moment: an answer that went out is never taken back, nothing comes twice.

use dlogs_server::catalog::State;

use crate::support::app::{Bench, NOW_NS};
use crate::support::batch::{batch, stream};
use crate::support::disk::{Event, ModelDisk, Unsynced, after_power_cut};

const BATCH: u64 = 10;
const CUTS: [Unsynced; 4] = [Unsynced::Lost, Unsynced::Kept, Unsynced::Torn, Unsynced::Zeros];

/// Sends batches, over a restart, and returns what happened with the catalog's states.
fn record(batches: u64, cap_bytes: u64) -> (Vec<Event>, Vec<State>) {
    let dir = tempfile::tempdir().unwrap();
    let disk = ModelDisk::default();
    let mut states = Vec::new();
    for half in 0..2 {
        let state = states.last().cloned().unwrap_or_default();
        // The history of the second half begins with the state that ends the first.
        states.pop();
        let bench = Bench::open(dir.path(), &disk, state, cap_bytes).unwrap();
        for number in half * batches / 2..(half + 1) * batches / 2 {
            let seqs = number * BATCH + 1..=(number + 1) * BATCH;
            let (status, answer) = bench.native(batch(stream(1), seqs.clone(), NOW_NS));
            assert_eq!(status, 200, "{answer}");
            disk.note(Event::Ack(seqs));
        }
        bench.app.close();
        states.extend(bench.catalog.history());
    }
    (disk.events(), states)
}

/// Opens a server on what a power cut behind these events leaves, and looks.
fn check(events: &[Event], states: &[State], unsynced: Unsynced, batches: u64, cap_bytes: u64) {
    let dir = tempfile::tempdir().unwrap();
    let disk = ModelDisk::of(relocated(events, dir.path(), unsynced));
    let commits = events.iter().filter(|event| matches!(event, Event::Commit)).count();
    let state = states[commits].clone();
    let bench = Bench::open(dir.path(), &disk, state, cap_bytes).unwrap();
    let acked = events.iter().filter_map(|event| match event {
        Event::Ack(seqs) => Some(*seqs.end()),
        _ => None,
    });
    let acked = acked.max().unwrap_or(0);
    let context = format!("{} events, {unsynced:?}, acked {acked}", events.len());
    look(&bench, acked, &context);
    // The client repeats everything that it is not sure of, and more.
    for number in 0..batches {
        let seqs = number * BATCH + 1..=(number + 1) * BATCH;
        let (status, answer) = bench.native(batch(stream(1), seqs, NOW_NS));
        assert_eq!((status, &answer["accepted"]), (200, &BATCH.into()), "{context}: {answer}");
    }
    look(&bench, batches * BATCH, &context);
    assert_eq!(disk.broken_handles(), 0);
}

fn look(bench: &Bench, acked: u64, context: &str) {
    let seqs = bench.seqs();
    assert!(seqs.windows(2).all(|two| two[0] < two[1]), "{context}: a record twice");
    let law = bench.app.law(stream(1)).unwrap_or_default();
    assert!(law.through >= acked, "{context}: {law:?}");
    assert!(law.gaps.iter().all(|&(from, _)| from > acked), "{context}: missing {:?}", law.gaps);
    let expired = bench.app.store_state().expired_records;
    assert_eq!(seqs.len() as u64 + expired, law.stored, "{context}: stored but not there");
}

/// The files under another directory, so that the recorded names lie where this server looks.
fn relocated(
    events: &[Event],
    dir: &std::path::Path,
    unsynced: Unsynced,
) -> std::collections::BTreeMap<std::path::PathBuf, Vec<u8>> {
    let files = after_power_cut(events, unsynced);
    let queue = dir.join("queue");
    files
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|extension| extension == "log"))
        .map(|(path, bytes)| (queue.join(path.file_name().unwrap()), bytes))
        .collect()
}

fn every_prefix(batches: u64, cap_bytes: u64) -> Vec<State> {
    let (events, states) = record(batches, cap_bytes);
    for end in 0..=events.len() {
        for unsynced in CUTS {
            check(&events[..end], &states, unsynced, batches, cap_bytes);
        }
    }
    states
}

#[test]
fn no_acked_record_is_lost_or_doubled() {
    let states = every_prefix(24, 192 << 10);
    assert!(states.iter().all(|state| state.expired_records == 0));
}

#[test]
fn the_same_while_the_oldest_leave() {
    let states = every_prefix(40, 48 << 10);
    let commits = states.iter().filter(|state| state.expired_records > 0).count();
    assert!(commits > 3, "{commits} commits");
}

/// The replay itself is worth something only if it notices what a careless server would do.
#[test]
fn a_forgotten_sync_is_noticed() {
    let (events, states) = record(8, 192 << 10);
    let careless: [fn(&Event) -> bool; 2] =
        [|event| matches!(event, Event::Sync(_)), |event| matches!(event, Event::SyncDir(_))];
    for forgotten in careless {
        let events: Vec<Event> = events.iter().filter(|event| !forgotten(event)).cloned().collect();
        let noticed = std::panic::catch_unwind(|| {
            check(&events, &states, Unsynced::Lost, 8, 192 << 10);
        });
        assert!(noticed.is_err());
    }
}

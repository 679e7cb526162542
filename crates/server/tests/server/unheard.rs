//! The catalog does a commit and reports it as failed: the writer looks again and goes on, for every commit of a run, and
//! without a restart. A commit that another writer made is never taken for one's own.

use std::sync::atomic::Ordering;

use dlogs_server::catalog::{Catalog, State};

use crate::support::app::{Bench, NOW_NS};
use crate::support::batch::{batch, stream};
use crate::support::disk::ModelDisk;

const BATCH: u64 = 10;
/// Enough for one merge.
const BATCHES: u64 = 5;

fn open(dir: &std::path::Path, disk: &ModelDisk, state: State, keep_bytes: u64) -> Bench {
    Bench::with(dir, disk, state, |config| {
        config.seal_bytes = 0;
        config.keep_bytes = keep_bytes;
        config.housekeeping_ms = 5;
    })
    .unwrap()
}

/// Every batch becomes a part; then they are merged, or all of them leave.
fn send_all(bench: &Bench, keep_bytes: u64) {
    for number in 0..BATCHES {
        let seqs = number * BATCH + 1..=(number + 1) * BATCH;
        assert_eq!(bench.native(batch(stream(1), seqs, NOW_NS)).0, 200);
        bench.until("a part", |state| state.queue_batches == 0 && state.trouble.is_none());
    }
    bench.until("merged, or gone", |state| match keep_bytes {
        0 => state.parts < BATCHES,
        _ => state.parts == 0 && state.expired_records == BATCHES * BATCH,
    });
    bench.until("well", |state| state.trouble.is_none());
}

fn lose_each_answer(keep_bytes: u64) {
    let all: Vec<u64> = (1..=BATCHES * BATCH).collect();
    let all = if keep_bytes == 0 { all } else { Vec::new() };
    for at in 0..2 * BATCHES as usize {
        let (dir, disk) = (tempfile::tempdir().unwrap(), ModelDisk::default());
        let bench = open(dir.path(), &disk, State::default(), keep_bytes);
        bench.catalog.unheard.store(at, Ordering::Relaxed);
        send_all(&bench, keep_bytes);
        assert_eq!(bench.seqs(), all, "commit {at}");
        bench.app.close();
        let state = bench.catalog.state();
        let expired: u64 = if keep_bytes == 0 { 0 } else { BATCHES * BATCH };
        assert_eq!(state.expired_records, expired, "commit {at}");
        if bench.catalog.commits() <= at {
            assert!(at >= BATCHES as usize, "only {at} commits");
            return;
        }
        drop(bench);
        let bench = open(dir.path(), &disk, state, keep_bytes);
        assert_eq!(bench.seqs(), all, "commit {at}, after a restart");
        assert_eq!(bench.app.law(stream(1)).unwrap().stored, BATCHES * BATCH);
    }
}

#[test]
fn a_seal_or_a_merge_whose_answer_is_lost_is_done_once() {
    lose_each_answer(0);
}

#[test]
fn a_part_that_left_unheard_is_counted_once() {
    lose_each_answer(1);
}

#[test]
fn another_writers_commit_stops_this_one() {
    let (dir, disk) = (tempfile::tempdir().unwrap(), ModelDisk::default());
    let bench = open(dir.path(), &disk, State::default(), 0);
    assert_eq!(bench.native(batch(stream(1), 1..=5, NOW_NS)).0, 200);
    bench.until("a part", |state| state.queue_batches == 0);
    let other = bench.catalog.take_over(0).unwrap();
    assert_eq!(bench.native(batch(stream(1), 6..=9, NOW_NS)).0, 200, "it is in the queue");
    bench.until("deposed", |state| state.trouble.as_deref() == Some("disk"));
    let (status, answer) = bench.get("/health/ready");
    assert_eq!(status, 503);
    assert!(answer["error"].as_str().unwrap().contains("Another server"), "{answer}");
    let stand = bench.catalog.stand().unwrap();
    assert_eq!((stand.epoch, stand.offset), (other.epoch, other.offset), "nothing was done");
}

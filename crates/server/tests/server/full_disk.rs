//! A disk with a bound: 503 when it is full and never an exit, retention makes room by itself, and without it
//! the server heals when somebody else makes room.

use std::time::Instant;

use dlogs_server::Config;
use dlogs_server::catalog::State;

use crate::support::PATIENCE;
use crate::support::app::{Bench, NOW_NS};
use crate::support::batch::{batch, stream};
use crate::support::disk::ModelDisk;

const BATCH: u64 = 20;
const KIB: u64 = 1024;

fn open(dir: &std::path::Path, disk: &ModelDisk, state: State, change: fn(&mut Config)) -> Bench {
    Bench::with(dir, disk, state, |config| {
        config.max_unsealed_bytes = 32 * KIB;
        config.seal_bytes = 0;
        config.keep_free_bytes = 0;
        config.min_free_bytes = 0;
        config.reserve_bytes = 0;
        config.housekeeping_ms = 5;
        change(config);
    })
    .unwrap()
}

/// Sends a batch; its status and reason.
fn send(bench: &Bench, number: u64) -> (u16, String) {
    let seqs = number * BATCH + 1..=(number + 1) * BATCH;
    let (status, answer) = bench.native(batch(stream(1), seqs, NOW_NS));
    (status, answer["reason"].as_str().unwrap_or_default().to_owned())
}

/// Sends a batch until it is taken.
fn send_until_taken(bench: &Bench, number: u64) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match send(bench, number) {
            (200, _) => return,
            (status, reason) => {
                assert!([429, 503].contains(&status), "{status} {reason}");
                assert!(Instant::now() < deadline, "batch {number} is never taken: {reason}");
                std::thread::yield_now();
            }
        }
    }
}

/// All records that were sent are there or have left by the rules, none twice.
fn look(bench: &Bench, batches: u64) -> u64 {
    let law = bench.app.law(stream(1)).unwrap();
    assert_eq!((law.stored, law.gaps.len()), (batches * BATCH, 0));
    let mut there = 0;
    bench.until("all told", |state| {
        let seqs = bench.seqs();
        assert!(seqs.windows(2).all(|two| two[0] < two[1]), "a record twice");
        there = seqs.len() as u64;
        state.queue_batches == 0 && there + state.expired_records == batches * BATCH
    });
    there
}

#[test]
fn retention_makes_room_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let disk = ModelDisk::default();
    disk.set_capacity(128 * KIB);
    let bench = open(dir.path(), &disk, State::default(), |config| {
        config.keep_free_bytes = 48 * KIB;
        config.min_free_bytes = 8 * KIB;
        config.reserve_bytes = 8 * KIB;
    });
    // Several times what the disk can hold.
    let batches = 300;
    for number in 0..batches {
        send_until_taken(&bench, number);
    }
    let there = look(&bench, batches);
    assert!(there > 0 && there < batches * BATCH, "{there} left");
    bench.until("well", |state| state.trouble.is_none());
    assert_eq!(bench.get("/health/ready").0, 200);
}

/// With no rule that lets parts go, and no floor: every write meets the end of the disk itself.
#[test]
fn a_full_disk_refuses_and_heals_when_room_returns() {
    for floor in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let disk = ModelDisk::default();
        disk.set_capacity(128 * KIB);
        let bench = open(
            dir.path(),
            &disk,
            State::default(),
            match floor {
                true => |config| {
                    config.min_free_bytes = 16 * KIB;
                    config.reserve_bytes = 16 * KIB;
                },
                false => |_| {},
            },
        );
        let mut number = 0;
        let refused = loop {
            match send(&bench, number) {
                (200, _) => number += 1,
                (429, _) => {}
                refused => break refused,
            }
            assert!(number < 1000, "it is never full");
        };
        assert_eq!(refused.0, 503, "{refused:?}");
        let (status, answer) = bench.get("/health/ready");
        assert_eq!(status, 503, "{answer}");
        let held = bench.seqs();
        assert!(held.len() as u64 >= number * BATCH, "{} of {}", held.len(), number * BATCH);
        assert_eq!(bench.get("/api/logs?limit=10").0, 200, "questions are answered all the same");
        disk.set_capacity(10_000 * KIB);
        for number in number..number + 20 {
            send_until_taken(&bench, number);
        }
        assert_eq!(look(&bench, number + 20), (number + 20) * BATCH);
        bench.app.close();
        let state = bench.catalog.state();
        drop(bench);
        let bench = open(dir.path(), &disk, state, |_| {});
        assert_eq!(look(&bench, number + 20), (number + 20) * BATCH, "after a restart");
        assert_eq!(disk.broken_handles(), 0);
    }
}

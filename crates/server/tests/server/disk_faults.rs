//! Each operation of the disk fails once, in turn: 503, then it heals, and nothing is lost or doubled.

use std::io::ErrorKind;
use std::sync::atomic::Ordering;
use std::time::Instant;

use dlogs_server::catalog::State;

use crate::support::PATIENCE;
use crate::support::app::{Bench, NOW_NS};
use crate::support::batch::{batch, header, stream, wrap};
use crate::support::disk::{Fault, ModelDisk};

const BATCHES: u64 = 8;
/// Far more than is sent: nothing is sealed here, see `seal_faults`.
const CAP_BYTES: u64 = 1 << 20;

/// Sends all batches, each until it is taken; returns the reasons of the refusals.
fn send_all(bench: &Bench) -> Vec<String> {
    let mut reasons = Vec::new();
    for number in 0..BATCHES {
        let seqs = number * 10 + 1..=number * 10 + 10;
        let mut tries = 0;
        loop {
            let (status, answer) = bench.native(batch(stream(1), seqs.clone(), NOW_NS));
            if status == 200 {
                break;
            }
            assert_eq!(status, 503, "{answer}");
            assert_eq!(bench.get("/health/ready").0, 503);
            reasons.push(answer["reason"].as_str().unwrap().to_owned());
            tries += 1;
            assert!(tries < 4, "it does not heal: {answer}");
        }
    }
    reasons
}

fn operations() -> usize {
    let dir = tempfile::tempdir().unwrap();
    let disk = ModelDisk::default();
    send_all(&Bench::open(dir.path(), &disk, State::default(), CAP_BYTES).unwrap());
    disk.operations()
}

fn fail_each(kind: ErrorKind, reason: &str) {
    let operations = operations();
    assert!(operations > 16, "{operations} operations");
    for at in 0..operations {
        let dir = tempfile::tempdir().unwrap();
        let disk = ModelDisk::failing(Fault { at, kind });
        let Ok(bench) = Bench::open(dir.path(), &disk, State::default(), CAP_BYTES) else {
            // A server that cannot open its queue says so and does not start.
            continue;
        };
        let reasons = send_all(&bench);
        assert!(reasons.iter().all(|told| told == reason), "operation {at}: {reasons:?}");
        assert!(reasons.len() <= 1, "operation {at}: {reasons:?}");
        let all: Vec<u64> = (1..=BATCHES * 10).collect();
        assert_eq!(bench.seqs(), all, "operation {at}");
        assert_eq!(
            disk.broken_handles(),
            0,
            "operation {at}: a descriptor was used after its error"
        );
        assert_eq!(bench.get("/health/ready").0, 200);
        bench.app.close();
        drop(bench);
        let bench = Bench::open(dir.path(), &disk, State::default(), CAP_BYTES).unwrap();
        assert_eq!(bench.seqs(), all, "operation {at}, after a restart");
    }
}

#[test]
fn a_full_disk_is_answered_with_503_and_heals() {
    fail_each(ErrorKind::StorageFull, "disk_full");
}

#[test]
fn a_failing_disk_is_answered_with_503_and_heals() {
    fail_each(ErrorKind::Other, "disk");
}

#[test]
fn a_heartbeat_does_not_pass_while_batches_fail() {
    let dir = tempfile::tempdir().unwrap();
    // The open syncs the directory; the first append creates, writes and syncs.
    let disk = ModelDisk::failing(Fault { at: 2, kind: ErrorKind::StorageFull });
    let bench = Bench::open(dir.path(), &disk, State::default(), CAP_BYTES).unwrap();
    assert_eq!(bench.native(batch(stream(1), 1..=10, NOW_NS)).0, 503);
    let probe = || wrap(&header(stream(1), 1, 0), &[]);
    // The probe itself is appended: here the disk has healed, and so has the server.
    assert_eq!(bench.native(probe()).0, 200);
    assert_eq!(bench.get("/health/ready").0, 200);
    assert_eq!(bench.native(batch(stream(1), 1..=10, NOW_NS)).0, 200);
    assert_eq!(bench.seqs().len(), 10);
}

#[test]
fn a_catalog_that_fails_stops_ingest_at_a_bound_and_heals() {
    let cap_bytes = 64 << 10;
    let dir = tempfile::tempdir().unwrap();
    let disk = ModelDisk::default();
    let bench = Bench::open(dir.path(), &disk, State::default(), cap_bytes).unwrap();
    bench.catalog.failing.store(true, Ordering::Relaxed);
    let mut taken = 0;
    let refused = loop {
        let (status, answer) = bench.native(batch(stream(1), taken + 1..=taken + 10, NOW_NS));
        // Until the first seal has failed, room may come.
        if status == 429 {
            continue;
        }
        if status != 200 {
            break (status, answer["reason"].as_str().unwrap().to_owned());
        }
        taken += 10;
        assert!(bench.app.store_state().queue_bytes < 2 * cap_bytes, "without a bound");
    };
    assert_eq!(refused, (503, "disk".into()));
    bench.catalog.failing.store(false, Ordering::Relaxed);
    let deadline = Instant::now() + PATIENCE;
    while bench.get("/health/ready").0 != 200 {
        assert!(Instant::now() < deadline, "it does not heal");
        std::thread::yield_now();
    }
    assert_eq!(bench.native(batch(stream(1), taken + 1..=taken + 10, NOW_NS)).0, 200);
    let law = bench.app.law(stream(1)).unwrap();
    assert_eq!((law.stored, law.gaps.len()), (taken + 10, 0));
}

#[test]
fn damage_in_the_middle_costs_what_it_hit_and_is_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    let disk = ModelDisk::default();
    let bench = Bench::open(dir.path(), &disk, State::default(), 1 << 20).unwrap();
    send_all(&bench);
    bench.app.close();
    drop(bench);
    let queue = dir.path().join("queue");
    let mut files: std::collections::BTreeMap<_, _> = std::collections::BTreeMap::new();
    for name in dlogs_server::queue::Disk::list(&disk, &queue).unwrap() {
        let path = queue.join(name);
        let mut bytes = dlogs_server::queue::Disk::read(&disk, &path).unwrap().to_vec();
        let middle = bytes.len() / 2 + 500;
        bytes[middle] ^= 1;
        bytes[3] ^= 1; // And the file's own head.
        files.insert(path, bytes);
    }
    let disk = ModelDisk::of(files);
    let bench = Bench::open(dir.path(), &disk, State::default(), 1 << 20).unwrap();
    assert_eq!(bench.seqs().len() as u64, BATCHES * 10 - 10, "one batch of ten was hit");
    let poison = dlogs_server::queue::Disk::list(&disk, &queue.join("poison")).unwrap();
    assert_eq!(poison.len(), 2, "{poison:?}");
    send_all(&bench);
    assert_eq!(bench.seqs().len() as u64, BATCHES * 10, "the client's repetition fills it");
}

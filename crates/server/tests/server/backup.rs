//! A copy of a running server's data is whole; a check notices every kind of damage.

use std::fs;
use std::path::Path;

use dlogs_server::backup::backup;
use dlogs_server::check::check;

use crate::support::batch::{batch, stream};
use crate::support::server::Server;

const COPIES: usize = 5;

fn now_ns() -> i64 {
    dlogs_server::clock::now_ns()
}

/// A server with three parts and two batches in its queue.
fn filled(dir: &Path) -> Server {
    let server = Server::with(dir, |config| config.seal_bytes = 0);
    for part in 0..3 {
        server.native(&batch(stream(1), part * 10 + 1..=part * 10 + 10, now_ns()));
        server.until("dlogs_queue_batches 0");
    }
    server.stop();
    let server = Server::with(dir, |_| {});
    for part in 3..5 {
        server.native(&batch(stream(1), part * 10 + 1..=part * 10 + 10, now_ns()));
    }
    server
}

#[test]
fn a_copy_of_a_running_server_serves_the_same() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = filled(dir.path());
    let rows = server.all_rows();
    assert_eq!(rows.len(), 50);
    let copied = backup(dir.path(), &other.path().join("copy")).unwrap();
    assert_eq!((copied.parts, copied.part_records, copied.batches), (3, 30, 2));
    assert!(backup(dir.path(), &other.path().join("copy")).unwrap_err().contains("not empty"));
    assert!(backup(other.path(), dir.path()).unwrap_err().contains("no data directory"));
    let restored = Server::start(&other.path().join("copy"));
    assert_eq!(restored.all_rows(), rows);
    // The copy knows what it has: a client that repeats is not stored twice.
    let again = restored.native(&batch(stream(1), 1..=50, now_ns())).json();
    assert_eq!(again["accepted"], 50, "{again}");
    assert_eq!(restored.all_rows(), rows);
    restored.native(&batch(stream(1), 51..=60, now_ns()));
    assert_eq!(restored.all_rows().len(), 60);
    assert_eq!(server.all_rows(), rows, "the original is as it was");
}

#[test]
fn a_copy_is_consistent_while_records_come_and_move() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::with(dir.path(), |config| config.seal_bytes = 0);
    std::thread::scope(|scope| {
        let copying = scope.spawn(|| {
            for n in 0..COPIES {
                backup(dir.path(), &other.path().join(n.to_string())).unwrap();
            }
        });
        let mut sent = 0;
        while !copying.is_finished() {
            server.native(&batch(stream(1), sent + 1..=sent + 10, now_ns()));
            sent += 10;
        }
        copying.join().unwrap();
    });
    for n in 0..COPIES {
        let restored = Server::start(&other.path().join(n.to_string()));
        let mut seqs: Vec<u64> =
            restored.all_rows().iter().map(|row| row["seq"].as_u64().unwrap()).collect();
        seqs.sort_unstable();
        let all: Vec<u64> = (1..=seqs.len() as u64).collect();
        assert_eq!(seqs, all, "copy {n}");
    }
}

#[test]
fn a_check_tells_of_every_damage() {
    let dir = tempfile::tempdir().unwrap();
    let server = filled(dir.path());
    let sound = check(dir.path()).unwrap();
    assert_eq!((sound.parts, sound.part_records, sound.batches), (3, 30, 2), "{sound:?}");
    assert!(sound.problems.is_empty(), "{sound:?}");
    server.stop();
    let mut victims = Vec::new();
    for folder in [fs::read_dir(dir.path().join("parts")).unwrap().next().unwrap().unwrap().path()]
        .into_iter()
        .chain([dir.path().join("queue")])
    {
        victims.extend(fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
    }
    victims.retain(|path| path.is_file());
    assert!(victims.len() >= 7, "{victims:?}");
    for victim in victims {
        let good = fs::read(&victim).unwrap();
        let mut bad = good.clone();
        // Behind the queue file's own head, whose loss costs nothing.
        let middle = 40 + (bad.len() - 40) / 3;
        bad[middle] ^= 4;
        fs::write(&victim, &bad).unwrap();
        let checked = check(dir.path()).unwrap();
        assert_eq!(checked.problems.len(), 1, "{}: {checked:?}", victim.display());
        fs::write(&victim, &good).unwrap();
    }
    assert!(check(&dir.path().join("queue")).unwrap_err().contains("no data directory"));
}

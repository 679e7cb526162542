//! Records in parts over restarts: found, paged, let go by the rules, and set aside when corrupt.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use dlogs_server::Config;
use serde_json::Value;

use crate::support::PATIENCE;
use crate::support::batch::{batch, stream};
use crate::support::server::Server;

fn now_ns() -> i64 {
    dlogs_server::clock::now_ns()
}

/// Everything becomes a part at once, and nothing is merged.
fn sealing(config: &mut Config) {
    config.seal_bytes = 0;
    config.housekeeping_ms = 3_600_000;
}

/// The same, and what is due by time happens soon.
fn busy(config: &mut Config) {
    config.seal_bytes = 0;
    config.housekeeping_ms = 10;
}

const ALL_SEALED: &str = "dlogs_queue_batches 0";

/// Files below the parts' folder with this ending.
fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in fs::read_dir(dir.join("parts")).into_iter().flatten() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    found
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < deadline, "never {what}");
        std::thread::yield_now();
    }
}

#[test]
fn rows_are_the_same_in_memory_in_parts_and_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let records = serde_json::json!([
        {"message": "all kinds", "level": "error", "service": "a", "host": "h", "trace_id": "ab12", "span_id": "cd",
         "logger": "l", "thread": "t", "error": {"type": "E", "message": "m", "stack": "one\ntwo"},
         "metadata": {"z": 1, "a": -2.5, "big": 18446744073709551615_u64, "null": null, "yes": true,
             "list": [1, "x", {"y": []}], "quote\"": "tab\tand \\ and \u{1F600}", "": ""}},
        {"event": "signed_up", "metadata": {"plan": "pro"}},
        {"message": "", "level": "trace"},
        {"message": "a decimal", "metadata": {"price": 123456789012345678901234567890_f64}},
    ]);
    let exact =
        r#"{"message": "exact", "metadata": {"d": 1.10, "n": 123456789012345678901234567890}}"#;
    let before = {
        let server = Server::start(dir.path());
        assert_eq!(server.json(&records.to_string()).status, 200);
        assert_eq!(server.json(exact).status, 200);
        assert_eq!(server.native(&batch(stream(1), 1..=5, now_ns())).status, 200);
        let rows = server.all_rows();
        server.stop();
        rows
    };
    assert_eq!(before.len(), 10);
    let server = Server::with(dir.path(), sealing);
    server.until(ALL_SEALED);
    assert_eq!(server.all_rows(), before, "in parts");
    server.stop();
    let server = Server::start(dir.path());
    assert_eq!(server.all_rows(), before, "after a restart");
    let stats = server.get("/api/stats").json();
    assert_eq!(stats["totals"]["stored"], 10, "{stats}");
    assert_eq!(server.native(&batch(stream(1), 1..=5, now_ns())).json()["accepted"], 5);
    assert_eq!(server.all_rows(), before, "a repetition is not stored twice");
    let orphan = dir.path().join("parts/late/w0-00000000000000000000000000.parquet");
    let foreign = dir.path().join("parts/late/w1-00000000000000000000000000.parquet");
    server.stop();
    fs::create_dir_all(orphan.parent().unwrap()).unwrap();
    fs::write(&orphan, "half").unwrap();
    fs::write(&foreign, "of another writer").unwrap();
    let server = Server::start(dir.path());
    assert!(!orphan.exists() && foreign.exists());
    assert_eq!(server.all_rows(), before);
}

#[test]
fn pages_stay_the_same_while_records_move_into_parts() {
    let dir = tempfile::tempdir().unwrap();
    let start = now_ns() - 1_000_000_000_000;
    let server = Server::with(dir.path(), |config| config.seal_bytes = 20_000);
    for part in 0..20 {
        server.native(&batch(stream(1), part * 50 + 1..=part * 50 + 50, start));
    }
    let mut page = server.get("/api/logs?limit=7").json();
    let mut seqs: Vec<u64> = Vec::new();
    let mut later = 1000;
    loop {
        seqs.extend(
            page["rows"].as_array().unwrap().iter().map(|row| row["seq"].as_u64().unwrap()),
        );
        let Some(cursor) = page["cursor"].as_str() else { break };
        // Newer ones, and older ones of another stream, arrive and are sealed meanwhile.
        server.native(&batch(stream(1), later + 1..=later + 10, start));
        server.native(&batch(stream(2), later + 1..=later + 10, start - 2_000_000_000));
        later += 10;
        page = server.get(&format!("/api/logs?limit=7&cursor={cursor}")).json();
    }
    let all: Vec<u64> = (1..=1000).rev().collect();
    assert_eq!(seqs, all);
    let metrics = String::from_utf8(server.get("/metrics").body).unwrap();
    assert!(!metrics.contains("dlogs_parts 0\n"), "{metrics}");
}

#[test]
fn many_days_become_four_parts_and_a_late_one() {
    let dir = tempfile::tempdir().unwrap();
    let day_ns = 86_400_000_000_000;
    let server = Server::start(dir.path());
    for day in 0..9 {
        let records = 10 * day + 1..=10 * day + 10 - u64::from(day > 3);
        server.native(&batch(stream(1), records, now_ns() - day as i64 * day_ns));
    }
    let before = server.all_rows();
    server.stop();
    let server = Server::with(dir.path(), sealing);
    server.until(ALL_SEALED);
    assert_eq!(files(dir.path(), "parquet").len(), 5);
    assert!(dir.path().join("parts/late").is_dir());
    assert_eq!(server.all_rows(), before);
}

#[test]
fn retention_takes_the_oldest_parts_and_counts_them() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), sealing);
    for part in 0..5 {
        server.native(&batch(stream(1), part * 10 + 1..=part * 10 + 10, now_ns()));
        server.until(ALL_SEALED);
    }
    let size: u64 = files(dir.path(), "parquet").iter().map(|p| p.metadata().unwrap().len()).sum();
    server.stop();
    let rule = |config: &mut Config| {
        config.keep_bytes = size;
        config.housekeeping_ms = 10;
    };
    let server = Server::with(dir.path(), rule);
    until("smaller", || server.all_rows().len() < 50);
    let seqs: Vec<u64> = server.all_rows().iter().map(|r| r["seq"].as_u64().unwrap()).collect();
    let oldest = *seqs.last().unwrap();
    assert_eq!(seqs, (oldest..=50).rev().collect::<Vec<_>>(), "the oldest have gone");
    let stats = server.get("/api/stats").json();
    let expired = |stats: &Value| stats["totals"]["expired"].as_u64().unwrap();
    until("counted", || expired(&server.get("/api/stats").json()) == oldest - 1);
    assert_eq!(stats["totals"]["stored"], 50, "{stats}");
    assert_eq!(server.native(&batch(stream(1), 1..=50, now_ns())).json()["accepted"], 50);
    assert_eq!(server.all_rows().len(), seqs.len(), "what has left is not stored again");
    server.stop();
    let server = Server::with(dir.path(), rule);
    assert_eq!(server.all_rows().len(), seqs.len(), "the same after a restart");
    assert_eq!(expired(&server.get("/api/stats").json()), oldest - 1);
    server.stop();
    // By age everything leaves at once.
    let server = Server::with(dir.path(), |config| {
        config.keep_age_ms = 0;
        config.housekeeping_ms = 10;
    });
    until("empty", || server.all_rows().is_empty());
    until("unlinked", || files(dir.path(), "parquet").is_empty());
}

#[test]
fn a_corrupt_part_is_set_aside_and_the_others_are_read() {
    for ending in ["parquet", "bloom"] {
        let dir = tempfile::tempdir().unwrap();
        let server = Server::with(dir.path(), sealing);
        for part in 0..3 {
            server.native(&batch(stream(1), part * 10 + 1..=part * 10 + 10, now_ns()));
            server.until(ALL_SEALED);
        }
        server.stop();
        let victim = files(dir.path(), ending).remove(0);
        let mut bytes = fs::read(&victim).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 1;
        fs::write(&victim, bytes).unwrap();
        let server = Server::with(dir.path(), busy);
        let seqs: Vec<u64> =
            server.all_rows().iter().map(|row| row["seq"].as_u64().unwrap()).collect();
        assert!(seqs.len() < 30 && seqs.len() >= 10, "{ending}: {seqs:?}");
        let aside = dir.path().join("parts/aside").join(victim.file_name().unwrap());
        until("set aside", || aside.exists());
        server.until(&format!("dlogs_records_expired_total {}", 30 - seqs.len()));
        assert_eq!(server.get("/health/ready").status, 200);
        server.stop();
        let server = Server::with(dir.path(), sealing);
        assert_eq!(server.all_rows().len(), seqs.len());
        assert!(aside.exists());
    }
}

#[test]
fn words_that_blooms_do_not_know_cost_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), sealing);
    for part in 0..10 {
        server.json(&format!(
            r#"{{"message": "needle{part} in the hay", "metadata": {{"n": {part}}}}}"#
        ));
        server.until(ALL_SEALED);
    }
    for (query, found, batches) in [
        ("q=needle3", 1, 1),
        ("q=nothing", 0, 0),
        ("q=needle*", 10, 10),
        ("q=n:7", 1, 1),
        ("q=-needle3", 9, 10),
        ("q=NEEDLE4%20hay", 1, 1),
    ] {
        let answer = server.get(&format!("/api/logs?{query}")).json();
        assert_eq!(answer["rows"].as_array().unwrap().len(), found, "{query}: {answer}");
        assert_eq!(answer["scanned"]["batches"], batches, "{query}: {answer}");
    }
}

#[test]
fn small_parts_are_merged_and_nothing_changes() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), busy);
    let start = now_ns() - 60_000_000_000;
    for part in 0..8 {
        server.native(&batch(stream(1), part * 10 + 1..=part * 10 + 10, start));
        server.until(ALL_SEALED);
    }
    let page = server.get("/api/logs?limit=13").json();
    let cursor = page["cursor"].as_str().unwrap().to_owned();
    let rest = |server: &Server| server.rows(&format!("limit=1000&cursor={cursor}"));
    let (all, before) = (server.all_rows(), rest(&server));
    assert_eq!((all.len(), before.len()), (80, 67));
    // How many are merged at once depends on how many were there when the merger looked: after five, three and
    // the merged one may stay for good.
    until("merged", || files(dir.path(), "parquet").len() < 8);
    assert_eq!(server.all_rows(), all);
    assert_eq!(rest(&server), before, "the page behind the cursor is the same");
    server.stop();
    let server = Server::with(dir.path(), sealing);
    assert_eq!(server.all_rows(), all);
    assert_eq!(server.get("/api/stats").json()["totals"]["expired"], 0);
    // A merge writes one file after the other: they are counted when it has ended.
    server.stop();
    assert_eq!(files(dir.path(), "parquet").len(), files(dir.path(), "bloom").len());
}

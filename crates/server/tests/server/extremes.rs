//! What is too much or too odd for a small server: clocks that are wrong, names without number, long records.
//! Answers stay sensible and memory bounded. The counts are a sample; all of them, once:
//! `DLOGS_EXTREMES=full cargo test --release -p dlogs-server --test server extremes -- --test-threads 1`

use std::time::{Duration, Instant};

use dlogs_record::Level;
use serde_json::{Value, json};

use crate::support::PATIENCE;
use crate::support::batch::{batch, body, frame, header, stream, wrap};
use crate::support::server::Server;

const DAY_NS: i64 = 86_400_000_000_000;
const BATCH: u64 = 5_000;
/// The whole test process, which holds the server.
const MEMORY_MAX_KIB: u64 = 400 * 1024;

fn is_full() -> bool {
    std::env::var("DLOGS_EXTREMES").is_ok_and(|extent| extent == "full")
}

fn count(sample: u64, full: u64) -> u64 {
    if is_full() { full } else { sample }
}

fn now_ns() -> i64 {
    dlogs_server::clock::now_ns()
}

/// What the process has had in memory at most. Other tests are in it as well, unless all run alone.
fn memory_is_bounded() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").trim().parse().unwrap();
    assert!(!is_full() || peak < MEMORY_MAX_KIB, "{peak} KiB");
}

fn sealing(dir: &std::path::Path) -> Server {
    Server::with(dir, |config| {
        config.seal_bytes = 4 << 20;
        config.seal_age_ms = 200;
        config.housekeeping_ms = 20;
    })
}

/// Sends so many records, as `record` makes each, and waits until all lie in parts.
fn send(server: &Server, records: u64, record: impl Fn(u64) -> Value) {
    let mut next = 0;
    while next < records {
        let end = (next + BATCH).min(records);
        let lines: Vec<String> = (next..end).map(|n| record(n).to_string()).collect();
        let answer = server.post("application/x-ndjson", lines.join("\n").as_bytes());
        match answer.status {
            200 => next = end,
            status => assert_eq!(status, 429, "{}", answer.json()),
        }
    }
    server.until("dlogs_queue_batches 0");
}

fn get(server: &Server, path: &str) -> Value {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.json());
    answer.json()
}

#[test]
fn two_million_values_of_a_field() {
    let dir = tempfile::tempdir().unwrap();
    let server = sealing(dir.path());
    let records = count(20_000, 2_000_000);
    send(&server, records, |n| json!({"message": "seen", "metadata": {"user": format!("u{n}")}}));
    let last = format!("u{}", records - 1);
    assert_eq!(server.rows(&format!("q=user:{last}")).len(), 1);
    let facets = get(&server, "/api/logs/facets");
    assert!(facets["facets"].as_array().unwrap().iter().all(|facet| facet["field"] != "user"));
    let asked = get(&server, "/api/logs/facets?fields=user&limit=3");
    let facet = &asked["facets"][0];
    assert_eq!((&facet["more"], facet["values"].as_array().unwrap().len()), (&json!(true), 3));
    let fields = get(&server, "/api/logs/fields");
    let user = fields["fields"].as_array().unwrap().iter().find(|field| field["field"] == "user");
    assert_eq!(user.unwrap()["values"], Value::Null, "too many to say");
    let hits = get(&server, "/api/logs/hits?field=user&limit=2&buckets=1");
    if hits["partial"] == false {
        assert_eq!(
            (&hits["total"], &hits["other"]["total"]),
            (&json!(records), &json!(records - 2))
        );
    }
    memory_is_bounded();
}

#[test]
fn ten_thousand_services() {
    let dir = tempfile::tempdir().unwrap();
    let server = sealing(dir.path());
    let services = count(3_000, 10_000);
    send(
        &server,
        services * 2,
        |n| json!({"message": "up", "service": format!("s{}", n % services), "level": "error"}),
    );
    assert_eq!(server.rows("service=s7").len(), 2);
    assert_eq!(server.rows(&format!("service=s{}&level=error", services - 1)).len(), 2);
    assert_eq!(server.rows("service=s7&level=critical").len(), 0);
    let hits = get(&server, "/api/logs/hits?field=service&limit=2&buckets=1");
    assert_eq!(hits["total"], services * 2);
    assert_eq!(hits["other"]["total"], services * 2 - 4);
    let stats = server.get("/api/stats");
    assert_eq!(stats.json()["totals"]["stored"], services * 2);
    let metrics = server.get("/metrics");
    let largest = stats.body.len().max(metrics.body.len());
    assert!(largest < 4 << 20, "an answer of {largest} bytes");
    memory_is_bounded();
}

/// As after a kill under full load: all that the queue may hold is read again.
#[test]
fn a_full_queue_is_read_again_within_two_seconds() {
    let dir = tempfile::tempdir().unwrap();
    // A little less than the cap, which counts what is around the batches too.
    let full_bytes = count(8 << 20, 250 << 20);
    let server = Server::with(dir.path(), |config| {
        // Nothing is sealed before all is there.
        config.max_unsealed_bytes = full_bytes * 5;
        config.seal_bytes = u64::MAX;
    });
    let text: String =
        (0..1000_u32).map(|n| format!("{:08x}", n.wrapping_mul(2_654_435_761))).collect();
    let (mut sent, mut seq) = (0, 0);
    while sent < full_bytes {
        let mut frames = Vec::new();
        let first = seq + 1;
        for _ in 0..25 {
            seq += 1;
            let body = body(Level::Info, &format!("{seq} {text}"));
            frames.extend(frame(stream(1), seq, now_ns(), &body));
        }
        let batch = wrap(&header(stream(1), first, seq), &frames);
        sent += batch.len() as u64;
        assert_eq!(server.native(&batch).status, 200);
    }
    server.stop();
    let started = Instant::now();
    let server = Server::with(dir.path(), |_| {});
    assert_eq!(server.get("/health/ready").status, 200);
    let ready = started.elapsed();
    assert!(!is_full() || ready < Duration::from_secs(2), "ready after {ready:?}");
    let newest = &server.rows("limit=1")[0];
    assert_eq!(newest["seq"], seq, "all is there already");
    // It catches up behind, and goes on taking batches.
    let deadline = Instant::now() + PATIENCE;
    while server.native(&batch(stream(2), 1..=5, now_ns())).status != 200 {
        assert!(Instant::now() < deadline, "it takes nothing any more");
    }
}

#[test]
fn a_message_of_a_megabyte() {
    let dir = tempfile::tempdir().unwrap();
    let server = sealing(dir.path());
    let long =
        |bytes: usize| json!({"message": format!("needle {}", "x".repeat(bytes))}).to_string();
    for _ in 0..count(4, 200) {
        let answer = server.json(&long(1_000_000));
        assert_eq!((answer.status, &answer.json()["accepted"]), (200, &json!(1)));
    }
    let refused = server.json(&long(2_000_000));
    assert_eq!((refused.status, refused.reason()), (413, "too_large".into()));
    server.until("dlogs_queue_batches 0");
    let rows = server.rows("q=needle&limit=3");
    assert_eq!(rows.len(), 3);
    let message = rows[0]["message"].as_str().unwrap();
    assert!((1000..=256 << 10).contains(&message.len()), "{} bytes", message.len());
    memory_is_bounded();
}

#[test]
fn records_of_last_year_and_of_tomorrow() {
    let dir = tempfile::tempdir().unwrap();
    let now_ns = now_ns();
    let timed = |days: f64, text: &str| json!({"timestamp": now_ns + (days * DAY_NS as f64) as i64, "message": text});
    let records = json!([
        timed(-365.0, "last year"),
        timed(-170.0, "half a year ago"),
        timed(0.0, "now"),
        timed(0.9, "tomorrow"),
        timed(3.0, "next week"),
    ]);
    let expected = ["tomorrow", "now", "half a year ago"];
    let server = sealing(dir.path());
    let answer = server.json(&records.to_string()).json();
    assert_eq!(answer["accepted"], 3);
    let reasons: Vec<&str> = answer["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons, ["too_old", "too_new"]);
    assert_eq!(server.messages(""), expected);
    server.until("dlogs_queue_batches 0");
    assert_eq!(server.messages(""), expected);
    // Nobody who asks for the last hour sees the future.
    assert_eq!(server.messages("from=1h&to=now"), ["now"]);
    assert_eq!(server.messages("to=100d"), ["half a year ago"]);
    let hits = get(&server, "/api/logs/hits");
    assert_eq!(
        (&hits["total"], hits["buckets"].as_u64().unwrap() <= 61),
        (&json!(3), true),
        "{hits}"
    );
    server.stop();
    assert_eq!(sealing(dir.path()).messages(""), expected, "after a restart");
}

#[test]
fn a_client_whose_clock_is_wrong_is_heard_like_any_other() {
    let dir = tempfile::tempdir().unwrap();
    let server = sealing(dir.path());
    // Ten hours ahead, then set back by twenty: its numbers order its records all the same.
    server.native(&batch(stream(1), 1..=5, now_ns() + 36_000_000_000_000));
    server.native(&batch(stream(1), 6..=10, now_ns() - 36_000_000_000_000));
    let years_behind = server.native(&batch(stream(2), 1..=5, 0)).json();
    assert_eq!((&years_behind["accepted"], &years_behind["acked_through"]), (&json!(0), &json!(5)));
    assert_eq!(years_behind["rejected"][0]["reason"], "too_old");
    server.until("dlogs_queue_batches 0");
    let rows = server.all_rows();
    assert_eq!(rows.len(), 10);
    for row in &rows {
        let received_ns: i64 = row["received_ns"].as_str().unwrap().parse().unwrap();
        assert!((now_ns() - received_ns).abs() < 60_000_000_000, "the server's own clock: {row}");
    }
    let clients = get(&server, "/api/clients");
    let clients = clients["clients"].as_array().unwrap();
    assert!(clients.iter().all(|client| client["presence"] == "connected"), "{clients:?}");
}

#[test]
fn a_gap_that_nobody_declared_shows_as_a_gap() {
    let dir = tempfile::tempdir().unwrap();
    let law = |server: &Server| get(server, "/api/clients")["clients"][0]["law"].clone();
    let server = sealing(dir.path());
    server.native(&batch(stream(1), 1..=10, now_ns()));
    server.native(&batch(stream(1), 21..=30, now_ns()));
    let told = law(&server);
    assert_eq!((&told["stored"], &told["gaps"]), (&json!(20), &json!([[11, 20]])));
    server.until("dlogs_queue_batches 0");
    server.stop();
    // All of it is in parts: a heartbeat after the restart shows the same law.
    let server = sealing(dir.path());
    server.native(&wrap(&header(stream(1), 31, 30), &[]));
    let told = law(&server);
    assert_eq!((&told["stored"], &told["gaps"]), (&json!(20), &json!([[11, 20]])), "{told}");
    let mut declared = header(stream(1), 31, 30);
    declared["losses"] = json!([{"from": 11, "to": 15, "reason": "torn"}]);
    assert_eq!(server.native(&wrap(&declared, &[])).status, 200);
    let told = law(&server);
    assert_eq!((&told["gaps"], &told["lost"]), (&json!([[16, 20]]), &json!({"torn": 5})), "{told}");
    // What was quarantined comes after all.
    server.native(&batch(stream(1), 11..=20, now_ns()));
    let told = law(&server);
    assert_eq!(
        (&told["stored"], &told["gaps"], &told["lost"]),
        (&json!(30), &json!([]), &json!({}))
    );
    assert_eq!(server.all_rows().len(), 30);
}

//! What a query finds, in which order, and that its pages stay the same while records arrive.

use serde_json::json;

use crate::support::batch::{batch, stream};
use crate::support::server::Server;

fn now_ns() -> i64 {
    dlogs_server::clock::now_ns()
}

/// Percent-encodes what a query may hold.
fn q(text: &str) -> String {
    let each = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => (byte as char).to_string(),
        _ => format!("%{byte:02X}"),
    });
    format!("q={}", each.collect::<String>())
}

#[test]
fn the_language_finds_what_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let records = json!([
        {"message": "payment timed out", "level": "error", "service": "payments", "metadata":
            {"user_id": 123, "path": "/pay", "http": {"status": 504}, "tags": ["slow", "eu"]}},
        {"message": "timeout while reading out.log", "level": "warning", "service": "files",
            "metadata": {"user_id": 7, "path": "/health"}},
        {"message": "User LOGGED in", "level": "info", "service": "auth", "metadata": {"user_id": 123, "ok": true}},
        {"event": "payment_completed", "service": "payments", "metadata": {"amount": 99.99, "currency": "USD"}},
        {"message": "tr\u{e4}ge Antwort", "level": "debug", "service": "payroll", "trace_id": "abc123",
            "error": {"type": "Slow", "message": "too slow"}},
    ]);
    assert_eq!(server.json(&records.to_string()).json()["accepted"], 5);
    let (pay, file, user, event, slow) = (
        "payment timed out",
        "timeout while reading out.log",
        "User LOGGED in",
        "payment_completed",
        "tr\u{e4}ge Antwort",
    );
    let found: &[(&str, &[&str])] = &[
        ("", &[pay, file, user, event, slow]),
        ("timed", &[pay]),
        ("TIMED OUT", &[pay]),
        ("out", &[pay, file]),
        ("time", &[]),
        ("time*", &[pay, file]),
        ("\"timed out\"", &[pay]),
        ("\"out timed\"", &[]),
        ("out -timed", &[file]),
        ("logged in", &[user]),
        ("tr\u{e4}ge", &[slow]),
        ("TR\u{c4}GE", &[slow]),
        ("504", &[pay]),
        ("99.99", &[event]),
        ("true", &[user]),
        ("eu", &[pay]),
        ("logs", &[]),
        ("slow", &[pay, slow]),
        ("user_id:123", &[pay, user]),
        ("user_id:12", &[]),
        ("user_id:12*", &[pay, user]),
        ("user_id:>100", &[pay, user]),
        ("user_id:<=7", &[file]),
        ("-user_id:123 level:>=info", &[file, event]),
        ("user_id:*", &[pay, file, user]),
        ("-user_id:*", &[event, slow]),
        ("metadata.user_id:7", &[file]),
        ("http.status:>=500", &[pay]),
        ("tags:eu", &[pay]),
        ("ok:true", &[user]),
        ("amount:99.99", &[event]),
        ("amount:>99.9 currency:usd", &[event]),
        ("service:pay*", &[pay, event, slow]),
        ("service:\"payments\"", &[pay, event]),
        ("service:\"pay*\"", &[]),
        ("level:>=warning", &[pay, file]),
        ("level:<info", &[slow]),
        ("level:error,debug", &[pay, slow]),
        ("-level:info", &[pay, file, slow]),
        ("level:>=warning service:pay* \"timed out\" user_id:123 -path:/health", &[pay]),
        ("-path:/health", &[pay, user, event, slow]),
        ("/tim(ed|eout)/", &[pay, file]),
        ("path:/^\\/pay$/", &[pay]),
        ("message:timed", &[pay]),
        ("event:payment_completed", &[event]),
        ("event:*", &[event]),
        ("trace_id:abc123", &[slow]),
        ("error.type:slow", &[slow]),
        ("error.message:*slow*", &[slow]),
        ("language:http", &[pay, file, user, event, slow]),
        ("language:python", &[]),
    ];
    for (query, messages) in found {
        let mut got = server.messages(&q(query));
        let mut wanted: Vec<String> = messages.iter().map(|&message| message.to_owned()).collect();
        got.sort();
        wanted.sort();
        assert_eq!(got, wanted, "{query}");
    }
    assert_eq!(server.messages("level=warning&service=files"), [file]);
    assert_eq!(server.messages("level=info,debug&service=auth,payroll").len(), 2);
    assert_eq!(server.messages("service=pay*").len(), 3);
    assert_eq!(server.messages("from=1m").len(), 5);
    assert_eq!(server.messages("to=1m").len(), 0);
    let event = &server.rows("q=event:*")[0];
    assert_eq!((&event["event"], &event["level"]), (&json!("payment_completed"), &json!("INFO")));
}

#[test]
fn errors_name_their_place() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let wrong = [
        ("a \"b", 2),
        ("service:", 8),
        (":x", 0),
        ("a - b", 2),
        ("x level:loud", 8),
        ("\u{e4} /(/", 2),
        ("user_id:>", 8),
        ("user_id:/[/", 8),
    ];
    for (query, position) in wrong {
        let answer = server.get(&format!("/api/logs?{}", q(query))).json();
        assert_eq!(
            (&answer["reason"], &answer["position"]),
            (&json!("query"), &json!(position)),
            "{query}: {answer}"
        );
    }
}

#[test]
fn rows_come_newest_first_over_interleaved_batches() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let start = now_ns() - 60_000_000_000;
    // Three streams whose times interleave, and one that is adopted late with old times.
    for part in 0..10_u64 {
        for number in 1..=3 {
            let from = part * 30 + 1;
            server.native(&batch(stream(number), from..=from + 29, start + i64::from(number)));
        }
    }
    server.native(&batch(stream(9), 1..=300, start - 3_600_000_000_000));
    let rows = server.all_rows();
    assert_eq!(rows.len(), 1200);
    let times: Vec<i64> =
        rows.iter().map(|row| row["time_ns"].as_str().unwrap().parse().unwrap()).collect();
    assert!(times.windows(2).all(|two| two[0] >= two[1]), "newest first");
    let ids: std::collections::HashSet<&str> =
        rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 1200, "no row twice");
    let first = server.get("/api/logs?limit=10").json();
    assert!(first["scanned"]["batches"].as_u64().unwrap() <= 4, "{}", first["scanned"]);
    let rare = server.get("/api/logs?level=error").json();
    assert_eq!(rare["scanned"]["batches"], 0, "summaries answer: {}", rare["scanned"]);
}

#[test]
fn pages_stay_the_same_while_records_arrive() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let start = now_ns() - 60_000_000_000;
    server.native(&batch(stream(1), 1..=500, start));
    let mut cursor = String::new();
    let mut seen = Vec::new();
    for arriving in 1.. {
        let page = server.get(&format!("/api/logs?limit=37&cursor={cursor}")).json();
        let rows = page["rows"].as_array().unwrap().clone();
        seen.extend(rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        // Newer ones, and ones whose times lie among those that are still to come.
        server.native(&batch(stream(2), arriving * 10..=arriving * 10 + 9, start));
        match page["cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    let distinct: std::collections::HashSet<&String> = seen.iter().collect();
    assert_eq!(
        (seen.len(), distinct.len()),
        (500, 500),
        "none twice, none missed, none that came later"
    );
    assert!(server.all_rows().len() > 600);
}

#[test]
fn a_page_of_long_records_is_cut_by_its_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let long = "y".repeat(200 << 10);
    for number in 0..60 {
        server.json(&json!({"message": format!("{number} {long}")}).to_string());
    }
    let page = server.get("/api/logs?limit=1000");
    assert!(page.body.len() < 10 << 20, "{} bytes", page.body.len());
    let rows = page.json()["rows"].as_array().unwrap().len();
    assert!((20..60).contains(&rows), "{rows}");
    assert_eq!(server.all_rows().len(), 60);
}

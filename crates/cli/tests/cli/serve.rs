use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::Stdio;

use rustix::process::Signal;
use serde_json::json;

use crate::binary::{Server, dlogs, run};

#[test]
fn what_was_answered_is_there_after_a_kill() {
    let server = Server::start();
    server.post(&json!([{"message": "kept", "level": "info"}]));
    let (home, port) = server.kill();
    let server = Server::start_in(home, port);
    let rows = server.rows(&[]);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["message"], "kept");
}

#[test]
fn both_signals_end_it_well() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut server = Server::start();
        server.running.signal(signal);
        assert_eq!(server.running.exit(), Some(0));
    }
}

#[test]
fn a_viewer_does_not_hold_up_the_end() {
    let mut server = Server::start();
    let mut tail = server.dlogs(&["tail"]);
    let tail = tail.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let _tail = crate::binary::Running(tail);
    crate::binary::until("the viewer", || server.get("/api/stats")["viewers"] == 1);
    let began = std::time::Instant::now();
    server.running.signal(Signal::TERM);
    assert_eq!(server.running.exit(), Some(0));
    // Whoever waits for a viewer waits for all of shutdown_timeout_ms, 10 s.
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}

#[test]
fn a_port_that_is_taken_is_told_with_a_way_out() {
    let server = Server::start();
    let port = server.url.rsplit(':').next().unwrap().to_owned();
    let home = tempfile::tempdir().unwrap();
    let ran = run(dlogs(home.path()).args(["serve", "--data", "data", "--port", &port]));
    assert_eq!(ran.exit, 1);
    assert!(ran.err.contains(&port) && ran.err.contains("--port"), "{}", ran.err);
}

#[test]
fn two_servers_cannot_share_their_data() {
    let server = Server::start();
    let ran = run(dlogs(server.home.path()).args(["serve", "--data", "data", "--port", "0"]));
    assert_eq!(ran.exit, 1);
    assert!(ran.err.contains("data"), "{}", ran.err);
}

#[test]
fn other_machines_need_a_key_or_a_word() {
    let home = tempfile::tempdir().unwrap();
    let mut serve = dlogs(home.path());
    let ran = run(serve.args(["serve", "--data", "data", "--port", "0", "--host", "0.0.0.0"]));
    assert_eq!(ran.exit, 1);
    assert!(ran.err.contains("dlogs keys add") && ran.err.contains("--no-auth"), "{}", ran.err);
}

#[test]
fn the_page_and_the_numbers_are_served() {
    let server = Server::start();
    server.post(&json!({"message": "x", "language": "cobol", "level": "error"}));
    server.await_rows(1);
    let get = |path: &str| {
        let url = format!("{}{path}", server.url);
        ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap()
    };
    assert!(get("/").to_lowercase().contains("<html"));
    let metrics = get("/metrics");
    let line = "dlogs_records_stored_total{language=\"cobol\",level=\"ERROR\"} 1";
    assert!(metrics.contains(line), "{metrics}");
    let stats = server.get("/api/stats");
    assert_eq!(stats["totals"]["stored"], 1);
    assert_eq!(stats["languages"][0]["language"], "cobol");
    assert_eq!(server.get("/api/clients"), json!({"clients": []}));
}

#[test]
fn every_refusal_has_the_same_form() {
    let server = Server::start();
    for (path, status, reason) in [
        ("/api/logs/%FF", 400, "request"),
        ("/api/logs/tail?budget=x", 400, "request"),
        ("/api/ws", 400, "request"),
        ("/api/logs?limit=0", 400, "parameter"),
        ("/api/logs?level=x", 400, "query"),
        ("/api/nothing", 404, "route"),
        ("/api/session", 405, "method"),
    ] {
        let url = format!("{}{path}", server.url);
        let asked = ureq::get(url).config().http_status_as_error(false).build().call();
        let mut answer = asked.unwrap();
        assert_eq!(answer.status(), status, "{path}");
        let told = answer.body_mut().read_to_string().unwrap();
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!((&told["dlogs"], &told["reason"]), (&json!(1), &json!(reason)), "{path}");
        assert!(told["error"].as_str().unwrap().ends_with('.'), "{told}");
    }
}

#[test]
fn a_foreign_page_gets_nothing() {
    let server = Server::start();
    let address = server.url.trim_start_matches("http://");
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let status = |path: &str, head: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\n{head}\r\n").unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        line.split(' ').nth(1).unwrap().to_owned()
    };
    let ours = format!("Host: {address}\r\n");
    let cases = [
        (format!("{ours}Origin: http://{address}\r\n{upgrade}"), "101"),
        (format!("{ours}Origin: http://evil.example\r\n{upgrade}"), "403"),
        (format!("{ours}Origin: null\r\n{upgrade}"), "403"),
        (format!("Host: evil.example\r\nOrigin: http://evil.example\r\n{upgrade}"), "403"),
    ];
    for (head, wanted) in cases {
        assert_eq!(status("/api/ws", &head), wanted, "{head}");
    }
    for path in ["/api/logs/tail", "/api/stats", "/api/clients", "/metrics", "/"] {
        assert_eq!(status(path, "Host: evil.example\r\n"), "403", "{path}: a rebound name");
    }
}

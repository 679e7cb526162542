use std::io::{BufRead, BufReader, Lines};
use std::process::{ChildStderr, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::binary::{Running, Server, run, until};

/// `dlogs tail` that is watching.
struct Tail {
    _running: Running,
    out: Lines<BufReader<ChildStdout>>,
    err: Lines<BufReader<ChildStderr>>,
}

impl Tail {
    fn start(server: &Server, arguments: &[&str]) -> Self {
        let mut tail = server.dlogs(&["tail"]);
        tail.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = tail.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap()).lines();
        let err = BufReader::new(child.stderr.take().unwrap()).lines();
        await_viewer(server);
        Self { _running: Running(child), out, err }
    }

    fn line(&mut self) -> String {
        self.out.next().unwrap().unwrap()
    }

    fn json(&mut self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    fn notice(&mut self) -> String {
        self.err.next().unwrap().unwrap()
    }
}

fn await_viewer(server: &Server) {
    until("the viewer", || server.get("/api/stats")["viewers"] == 1);
}

#[test]
fn records_appear_as_they_are_stored() {
    let server = Server::start();
    let mut tail = Tail::start(&server, &["--json"]);
    for i in 0..3 {
        server.post(&json!({"message": format!("number {i}"), "language": "cobol"}));
        let row = tail.json();
        assert_eq!(
            (row["message"].as_str(), row["language"].as_str()),
            (Some(&*format!("number {i}")), Some("cobol"))
        );
    }
}

#[test]
fn only_what_was_asked_for_appears() {
    let server = Server::start();
    let mut tail = Tail::start(&server, &["--json", "--level", "error", "-q", "disk"]);
    server.post(&json!([
        {"message": "disk fine", "level": "info"},
        {"message": "net broken", "level": "error"},
        {"message": "disk broken", "level": "error"},
    ]));
    assert_eq!(tail.json()["message"], "disk broken");
}

#[test]
fn what_is_above_the_budget_is_counted() {
    let server = Server::start();
    let mut tail = Tail::start(&server, &["--budget", "10", "--colour", "never"]);
    let records: Vec<Value> = (0..50).map(|i| json!({"message": format!("number {i}")})).collect();
    server.post(&json!(records));
    for _ in 0..10 {
        assert!(tail.line().contains(" INFO "));
    }
    let notice = tail.notice();
    assert!(notice.contains("40 of 50"), "{notice}");
}

#[test]
fn a_server_that_was_away_is_found_again_and_the_gap_is_told() {
    let server = Server::start();
    let mut tail = Tail::start(&server, &["--json"]);
    server.post(&json!({"message": "before"}));
    assert_eq!(tail.json()["message"], "before");
    let (home, port) = server.kill();
    assert!(tail.notice().contains("Connection lost"));
    let server = Server::start_in(home, port);
    let notice = tail.notice();
    assert!(notice.contains("Connected again") && notice.contains("--since"), "{notice}");
    await_viewer(&server);
    server.post(&json!({"message": "after"}));
    assert_eq!(tail.json()["message"], "after");
}

#[test]
fn a_wrong_question_ends_it() {
    let server = Server::start();
    let ran = run(&mut server.dlogs(&["tail", "-q", "level:>="]));
    assert_eq!(ran.exit, 4, "{}", ran.err);
}

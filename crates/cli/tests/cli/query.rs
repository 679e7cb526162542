use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::binary::{Running, Server, dlogs, run};

#[test]
fn records_come_oldest_first_and_as_many_as_asked() {
    let server = Server::start();
    let records: Vec<Value> =
        (0..2_500).map(|i| json!({"message": format!("number {i}")})).collect();
    server.post(&json!(records));
    server.await_rows(2_500);
    let rows = server.rows(&["--limit", "2400"]);
    let messages: Vec<_> = rows.iter().map(|row| row["message"].as_str().unwrap()).collect();
    assert_eq!(messages.len(), 2_400);
    assert_eq!((messages[0], messages[2_399]), ("number 100", "number 2499"));
}

#[test]
fn filters_are_those_of_the_api() {
    let server = Server::start();
    server.post(&json!([
        {"message": "a timed out b", "level": "error", "service": "pay"},
        {"message": "timed in", "level": "info", "service": "pay", "metadata": {"user": 7}},
        {"message": "other", "level": "info", "service": "ship"},
    ]));
    server.await_rows(3);
    assert_eq!(server.rows(&["-q", "\"timed out\""]).len(), 1);
    assert_eq!(server.rows(&["-q", "user:7"]).len(), 1);
    assert_eq!(server.rows(&["--level", "warning"]).len(), 1);
    assert_eq!(server.rows(&["--service", "pay", "--since", "1h"]).len(), 2);
    assert_eq!(server.rows(&["--since", "1h", "--until", "30m"]).len(), 0);
}

#[test]
fn a_line_for_people_has_no_control_character() {
    let server = Server::start();
    server.post(&json!({
        "message": "\u{1b}[2Jgone\u{202e}\nforged", "level": "warning", "service": "s\u{7}",
        "metadata": {"k\u{9b}": "v\r"}, "error": {"type": "T", "message": "m\u{1b}", "stack": "at a\nat\tb\u{85}"},
    }));
    server.await_rows(1);
    let ran = run(&mut server.dlogs(&["query", "--colour", "never"]));
    let is_safe = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
    assert!(ran.out.chars().all(is_safe), "{:?}", ran.out);
    let first = ran.out.lines().next().unwrap();
    for part in ["WARNING", "\\x1b[2Jgone\\u{202e}\\nforged", "s\\x07", "k\\x9b=v\\r"] {
        assert!(first.contains(part), "{part} in {first:?}");
    }
    assert!(
        ran.out.contains("    T: m\\x1b") && ran.out.contains("    at\\tb\\x85"),
        "{}",
        ran.out
    );
    let coloured = run(&mut server.dlogs(&["query", "--colour", "always"]));
    assert!(coloured.out.contains("\u{1b}[33m"), "WARNING is orange: {:?}", coloured.out);
    let row = &server.rows(&[])[0];
    assert_eq!(row["message"], "\u{1b}[2Jgone\u{202e}\nforged", "JSON says what it was");
}

#[test]
fn a_wrong_query_names_its_position_and_exits_with_4() {
    let server = Server::start();
    let ran = run(&mut server.dlogs(&["query", "-q", "level:>="]));
    assert_eq!(ran.exit, 4, "{}", ran.err);
    assert!(ran.err.contains("at character"), "{}", ran.err);
}

#[test]
fn nobody_there_exits_with_3_and_says_how_to_start() {
    let home = tempfile::tempdir().unwrap();
    let ran = run(dlogs(home.path()).args(["query", "--url", "http://127.0.0.1:1"]));
    assert_eq!(ran.exit, 3, "{}", ran.err);
    assert!(ran.err.contains("dlogs serve"), "{}", ran.err);
    let ran =
        run(dlogs(home.path()).env("DLOGS_ENDPOINT", "http://127.0.0.1:1/api/logs").arg("query"));
    assert_eq!(ran.exit, 3, "{}", ran.err);
    let ran = run(dlogs(home.path()).arg("frobnicate"));
    assert_eq!(ran.exit, 2);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let server = Server::start();
    let records: Vec<Value> =
        (0..5_000).map(|i| json!({"message": format!("number {i}")})).collect();
    server.post(&json!(records));
    server.await_rows(5_000);
    let mut query = server.dlogs(&["query", "--json", "--limit", "5000"]);
    let mut child = query.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with('{'));
    assert_eq!(Running(child).exit(), Some(0));
}

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
    assert_eq!(server.rows(&["--from", "1h", "--to", "now"]).len(), 3);
    assert_eq!(server.rows(&["-q", "-timed"])[0]["message"], "other", "a minus is no option");
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
fn a_wrong_query_is_shown_with_its_place_and_exits_with_4() {
    let server = Server::start();
    let ran = run(&mut server.dlogs(&["query", "-q", "level:>="]));
    assert_eq!(ran.exit, 4, "{}", ran.err);
    assert!(ran.err.ends_with("\n  level:>=\n        ^\n"), "{:?}", ran.err);
    let ran = run(&mut server.dlogs(&["query", "-q", "a\u{1b}[2J \"b"]));
    assert!(ran.err.ends_with("\n  a\\x1b[2J \"b\n           ^\n"), "{:?}", ran.err);
    let ran = run(&mut server.dlogs(&["query", "-q", "fine", "--since", "yesterday"]));
    assert_eq!(ran.exit, 4, "{}", ran.err);
    assert!(ran.err.contains("yesterday") && !ran.err.contains('^'), "{}", ran.err);
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

#[test]
fn a_table_has_a_record_a_line_and_the_columns_of_the_export() {
    let server = Server::start();
    server.post(&json!([
        {"message": "say \"hi\", twice", "level": "error", "service": "pay", "metadata": {"k": 1}},
        {"message": "a\nb\u{1b}", "error": {"type": "T", "message": "m"}},
    ]));
    server.await_rows(2);
    let ran = run(&mut server.dlogs(&["query", "--csv"]));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.out);
    let url = format!("{}/api/logs/export?format=csv", server.url);
    let exported = ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap();
    assert_eq!(exported.lines().next(), Some(lines[0]));
    assert!(lines[1].contains(r#",ERROR,pay,,http,,,"say ""hi"", twice","#), "{}", lines[1]);
    assert!(lines[1].contains(r#","{""k"":1}","#), "{}", lines[1]);
    assert!(lines[2].contains(r",a\nb\x1b,") && lines[2].contains(",T,m,"), "{}", lines[2]);
    let both = run(&mut server.dlogs(&["query", "--csv", "--json"]));
    assert_eq!(both.exit, 2, "one form at a time");
}

#[test]
fn following_goes_on_where_the_search_ended() {
    let server = Server::start();
    server.post(&json!([{"message": "old 0"}, {"message": "old 1"}, {"message": "noise"}]));
    server.await_rows(3);
    let mut query = server.dlogs(&["query", "--follow", "--json", "-q", "old"]);
    let child = query.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut running = Running(child);
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
    let mut next = || -> Value { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    assert_eq!((&next()["message"], &next()["message"]), (&json!("old 0"), &json!("old 1")));
    server.post(&json!([{"message": "noise"}, {"message": "old 2"}]));
    assert_eq!(next()["message"], "old 2");
    let ran = run(&mut server.dlogs(&["query", "--follow", "--to", "now"]));
    assert_eq!(ran.exit, 2, "what has an end is not followed");
}

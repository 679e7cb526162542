//! Other people's names, and what becomes of them.

use dlogs_record::{View, json};
use serde_json::{Value, json};

use super::*;

/// The row of a document, with its time.
fn row(document: Value) -> (Option<i64>, Value) {
    let text = document.to_string();
    let mut opened = Document::default();
    opened.open(Entries::of(&text).unwrap()).unwrap();
    let mut body = Vec::new();
    let incoming = opened.write(&mut body).unwrap();
    let mut row = serde_json::to_value(json::row(&View::parse(&body).unwrap(), None)).unwrap();
    row["service"] = json!(incoming.service);
    row["host"] = json!(incoming.host);
    (incoming.time_ns, row)
}

#[test]
fn the_elastic_common_schema_nested_and_dotted() {
    let nested = json!({"@timestamp": "2026-11-22T10:00:00.5Z", "message": "hi", "log": {"level": "WARN", "logger": "a.b"},
        "service": {"name": "billing", "version": "3"}, "host": {"name": "web-1"}, "trace": {"id": "t"}, "span": {"id": "s"},
        "error": {"type": "E", "message": "m", "stack_trace": "at x"}, "event": {"dataset": "d"}, "user": {"id": 7}});
    let dotted = json!({"@timestamp": "2026-11-22T10:00:00.5Z", "message": "hi", "log.level": "WARN", "log.logger": "a.b",
        "service.name": "billing", "service.version": "3", "host.name": "web-1", "trace.id": "t", "span.id": "s",
        "error.type": "E", "error.message": "m", "error.stack_trace": "at x", "event": {"dataset": "d"}, "user": {"id": 7}});
    let wanted = json!({"level": "WARNING", "message": "hi", "service": "billing", "host": "web-1", "logger": "a.b",
        "trace_id": "t", "span_id": "s", "error": {"type": "E", "message": "m", "stack": "at x"},
        "metadata": {"service.version": "3", "event": {"dataset": "d"}, "user": {"id": 7}}});
    assert_eq!(row(nested), (Some(1_795_341_600_500_000_000), wanted.clone()));
    assert_eq!(row(dotted), (Some(1_795_341_600_500_000_000), wanted));
}

#[test]
fn of_two_names_one_counts_and_the_other_stays() {
    let (_, row) =
        row(json!({"msg": "second", "message": "first", "level": 50, "severity": "info"}));
    assert_eq!(row["message"], "first");
    assert_eq!(row["level"], "ERROR");
    assert_eq!(row["metadata"], json!({"msg": "second", "severity": "info"}));
}

#[test]
fn what_does_not_fit_its_name_is_metadata() {
    let (time, row) = row(
        json!({"level": "purple", "time": "12 ms", "service": ["a"], "metadata": {"a": 1}, "error": null}),
    );
    assert_eq!(time, None);
    assert_eq!(row["level"], "INFO");
    let wanted =
        json!({"level": "purple", "time": "12 ms", "service": ["a"], "a": 1, "error": null});
    assert_eq!(row["metadata"], wanted);
}

#[test]
fn times_without_a_zone_are_utc() {
    for text in [
        "2026-11-22T10:00:00",
        "2026-11-22 10:00:00",
        "2026-11-22T11:00:00+01:00",
        "1795341600",
        "1795341600000",
    ] {
        assert_eq!(row(json!({"@timestamp": text})).0, Some(1_795_341_600_000_000_000), "{text}");
    }
    assert_eq!(row(json!({"@timestamp": "2026-11-22"})).0, Some(1_795_305_600_000_000_000));
    let mut document = Document::default();
    document.put_text("@timestamp", "yesterday");
    assert_eq!(document.write(&mut Vec::new()).unwrap_err().reason, Rejected::Timestamp);
}

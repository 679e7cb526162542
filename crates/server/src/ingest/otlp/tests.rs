//! The same record in protobuf and in JSON is the same row; what is broken is told, never a panic.

use std::sync::Arc;

use dlogs_record::{View, json};
use serde_json::{Value, json};

use super::envelope;
use crate::frame::Frames;
use crate::ingest::gather::{Gather, Name};
use crate::ingest::origins::Origins;
use crate::ingest::proto::{put_bytes, put_number};
use crate::ingest::recent::{Hold, Recent};
use crate::ingest::{Edge, Prepared};

const NOW_NS: i64 = 1_795_000_000_000_000_000;

fn gather() -> Gather {
    let edge = Edge { received_ns: NOW_NS, max_age_ms: 1_000_000, max_ahead_ms: 1_000 };
    Gather::new(edge, Origins::default())
}

fn finish(gather: Gather) -> (Prepared, Vec<Value>) {
    let hold = Hold::new(Arc::new(Recent::default()), NOW_NS);
    let prepared = gather.finish(Name::fresh().unwrap(), hold.identities()).unwrap();
    let head = &prepared.entry.head;
    let frames =
        crate::pack::unpack(head.encoding, &prepared.entry.body, head.decoded_bytes as usize);
    let frames = frames.unwrap();
    let rows = Frames::new(&frames).map(|frame| {
        let frame = frame.unwrap();
        let client = &head.clients[usize::from(frame.reserved)];
        let view = View::parse(frame.body).unwrap();
        let mut row = serde_json::to_value(json::row(&view, Some(&client.metadata))).unwrap();
        row["time_ns"] = json!(frame.time_ns);
        row["service"] = json!(client.service);
        row["language"] = json!(client.language);
        row["pid"] = json!(client.pid);
        row
    });
    let rows = rows.collect();
    (prepared, rows)
}

fn message(build: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    build(&mut out);
    out
}

fn text(value: &str) -> Vec<u8> {
    message(|out| put_bytes(out, 1, value.as_bytes()))
}

fn attribute(key: &str, value: &[u8]) -> Vec<u8> {
    message(|out| {
        put_bytes(out, 1, key.as_bytes());
        put_bytes(out, 2, value);
    })
}

fn fixed64(out: &mut Vec<u8>, number: u8, value: u64) {
    out.push(number << 3 | 1);
    out.extend_from_slice(&value.to_le_bytes());
}

fn request(records: &[Vec<u8>]) -> Vec<u8> {
    let resource = message(|out| {
        put_bytes(out, 1, &attribute("service.name", &text("billing")));
        put_bytes(out, 1, &attribute("telemetry.sdk.language", &text("nodejs")));
        put_bytes(out, 1, &attribute("process.pid", &message(|out| put_number(out, 3, 42))));
        put_bytes(out, 1, &attribute("os.type", &text("linux")));
    });
    let scope = message(|out| {
        put_bytes(out, 1, b"my.logger");
        put_bytes(out, 2, b"1.2");
    });
    let scope_logs = message(|out| {
        put_bytes(out, 1, &scope);
        records.iter().for_each(|record| put_bytes(out, 2, record));
    });
    let resource_logs = message(|out| {
        // Fields may come in any order.
        put_bytes(out, 2, &scope_logs);
        put_bytes(out, 1, &resource);
    });
    message(|out| put_bytes(out, 1, &resource_logs))
}

fn record() -> Vec<u8> {
    message(|out| {
        fixed64(out, 1, NOW_NS as u64);
        put_number(out, 2, 17);
        put_bytes(out, 3, b"ERROR");
        put_bytes(out, 5, &text("it failed"));
        let list = message(|out| {
            put_bytes(out, 1, &text("a"));
            put_bytes(out, 1, &message(|out| put_number(out, 2, 1)));
        });
        put_bytes(out, 6, &attribute("tags", &message(|out| put_bytes(out, 5, &list))));
        let map = message(|out| {
            put_bytes(out, 1, &attribute("status", &message(|out| put_number(out, 3, 504))))
        });
        put_bytes(out, 6, &attribute("http", &message(|out| put_bytes(out, 6, &map))));
        put_bytes(out, 6, &attribute("raw", &message(|out| put_bytes(out, 7, &[0, 255]))));
        put_bytes(out, 6, &attribute("ratio", &message(|out| fixed64(out, 4, 0.5_f64.to_bits()))));
        put_bytes(
            out,
            6,
            &attribute("negative", &message(|out| put_number(out, 3, -7_i64 as u64))),
        );
        put_bytes(out, 6, &attribute("exception.type", &text("IOError")));
        put_bytes(out, 6, &attribute("exception.stacktrace", &text("at x")));
        put_bytes(out, 9, &[0xab; 16]);
        put_bytes(out, 10, &[0xcd; 8]);
    })
}

#[test]
fn protobuf_and_json_are_the_same_row() {
    let wanted = json!({"level": "ERROR", "message": "it failed", "service": "billing", "language": "node", "pid": 42,
        "trace_id": "ab".repeat(16), "span_id": "cd".repeat(8), "logger": "my.logger", "time_ns": NOW_NS,
        "error": {"type": "IOError", "stack": "at x"},
        "metadata": {"tags": ["a", true], "http": {"status": 504}, "raw": "AP8=", "ratio": 0.5, "negative": -7,
            "scope.version": "1.2", "os.type": "linux"}});
    let mut proto = gather();
    envelope::from_proto(&request(&[record()]), &mut proto).unwrap();
    assert_eq!(finish(proto).1, std::slice::from_ref(&wanted));
    let spelled = json!({"resourceLogs": [{
        "resource": {"attributes": [
            {"key": "service.name", "value": {"stringValue": "billing"}},
            {"key": "telemetry.sdk.language", "value": {"stringValue": "nodejs"}},
            {"key": "process.pid", "value": {"intValue": "42"}},
            {"key": "os.type", "value": {"stringValue": "linux"}}]},
        "scopeLogs": [{"scope": {"name": "my.logger", "version": "1.2"}, "logRecords": [{
            "timeUnixNano": NOW_NS.to_string(), "severityNumber": 17, "severityText": "ERROR",
            "body": {"stringValue": "it failed"},
            "attributes": [
                {"key": "tags", "value": {"arrayValue": {"values": [{"stringValue": "a"}, {"boolValue": true}]}}},
                {"key": "http", "value": {"kvlistValue": {"values": [{"key": "status", "value": {"intValue": 504}}]}}},
                {"key": "raw", "value": {"bytesValue": "AP8="}},
                {"key": "ratio", "value": {"doubleValue": 0.5}},
                {"key": "negative", "value": {"intValue": "-7"}},
                {"key": "exception.type", "value": {"stringValue": "IOError"}},
                {"key": "exception.stacktrace", "value": {"stringValue": "at x"}}],
            "traceId": "ab".repeat(16), "spanId": "cd".repeat(8)}]}]}]});
    let mut json = gather();
    envelope::from_json(&spelled.to_string(), &mut json).unwrap();
    assert_eq!(finish(json).1, [wanted]);
}

#[test]
fn bodies_events_severities_and_times() {
    let cases = [
        (
            json!({"body": {"kvlistValue": {"values": [{"key": "a", "value": {"intValue": 1}}]}}}),
            json!({"message": "{\"a\":1}", "metadata": {"body": {"a": 1}, "scope.version": "1"}}),
        ),
        (json!({"body": {"doubleValue": 1.5}}), json!({"message": "1.5"})),
        (
            json!({"eventName": "paid", "body": {"stringValue": "text"}}),
            json!({"event": "paid", "message": "paid", "metadata": {"message": "text", "scope.version": "1"}}),
        ),
        (json!({"severityNumber": 13}), json!({"level": "WARNING"})),
        (json!({"severityNumber": 24}), json!({"level": "CRITICAL"})),
        (json!({"severityText": "warn"}), json!({"level": "WARNING"})),
        (
            json!({"severityNumber": 9, "severityText": "Notice!"}),
            json!({"level": "INFO", "metadata": {"severity_text": "Notice!", "scope.version": "1"}}),
        ),
        (json!({"observedTimeUnixNano": (NOW_NS - 5).to_string()}), json!({"time_ns": NOW_NS - 5})),
        (
            json!({"timeUnixNano": "0", "traceId": "0".repeat(32)}),
            json!({"time_ns": NOW_NS, "language": "http"}),
        ),
        (
            json!({"attributes": [{"key": "none", "value": {}}, {"key": "bare"}]}),
            json!({"metadata": {"none": null, "bare": null, "scope.version": "1"}}),
        ),
    ];
    for (record, wanted) in cases {
        let logs = json!({"resourceLogs": [{"scopeLogs": [{"scope": {"version": "1"}, "logRecords": [record]}]}]});
        let mut taken = gather();
        envelope::from_json(&logs.to_string(), &mut taken).unwrap();
        let (_, rows) = finish(taken);
        for (key, value) in wanted.as_object().unwrap() {
            assert_eq!(rows[0][key], *value, "{key} of {record}");
        }
        assert_eq!(rows[0].get("trace_id"), None);
    }
}

#[test]
fn bad_records_are_counted_and_the_others_kept() {
    let old = message(|out| fixed64(out, 1, 1_000));
    let broken = vec![0x0a, 0xff];
    let mut taken = gather();
    envelope::from_proto(&request(&[record(), old, broken, record()]), &mut taken).unwrap();
    let (prepared, rows) = finish(taken);
    assert_eq!(rows.len(), 2);
    let rejected: Vec<_> = prepared
        .entry
        .head
        .claim
        .rejected
        .iter()
        .map(|(seq, why)| (*seq, why.0.as_str()))
        .collect();
    assert_eq!(rejected, [(2, "too_old"), (3, "malformed")]);
}

#[test]
fn every_cut_and_every_flipped_byte_is_an_answer() {
    let whole = request(&[record()]);
    for end in 0..whole.len() {
        let _ = envelope::from_proto(&whole[..end], &mut gather());
    }
    for at in 0..whole.len() {
        let mut bent = whole.clone();
        bent[at] ^= 0x55;
        let _ = envelope::from_proto(&bent, &mut gather());
    }
    let mut deep = text("x");
    for _ in 0..10_000 {
        deep = message(|out| put_bytes(out, 5, &message(|out| put_bytes(out, 1, &deep))));
    }
    let deep = message(|out| put_bytes(out, 5, &deep));
    let mut taken = gather();
    envelope::from_proto(&request(&[deep]), &mut taken).unwrap();
    assert_eq!(finish(taken).0.entry.head.claim.rejected.len(), 1);
}

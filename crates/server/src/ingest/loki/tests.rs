//! Labels as they are spelled, and lines as they become records.

use dlogs_record::{View, json};
use serde_json::{Value, json};

use super::labels::parse;
use super::push;
use crate::client_block::ClientBlock;
use crate::frame::Frames;
use crate::ingest::Edge;
use crate::ingest::gather::{Gather, Name};
use crate::ingest::origins::Origins;
use crate::ingest::proto::{put_bytes, put_number};

const NOW_NS: i64 = 1_795_000_000_000_000_000;

fn gather() -> Gather {
    let edge = Edge { received_ns: NOW_NS, max_age_ms: 1_000_000, max_ahead_ms: 1_000 };
    Gather::new(edge, Origins::new(ClientBlock::default()))
}

fn rows(gather: Gather) -> Vec<Value> {
    let prepared = gather.finish(Name::fresh().unwrap(), Vec::new()).unwrap();
    let head = &prepared.entry.head;
    let frames =
        crate::pack::unpack(head.encoding, &prepared.entry.body, head.decoded_bytes as usize);
    let frames = frames.unwrap();
    let row = |frame: Result<crate::frame::Frame<'_>, usize>| {
        let frame = frame.unwrap();
        let client = &head.clients[usize::from(frame.reserved)];
        let view = View::parse(frame.body).unwrap();
        let mut row = serde_json::to_value(json::row(&view, None)).unwrap();
        row["time_ns"] = json!(frame.time_ns);
        row["service"] = json!(client.service);
        row
    };
    Frames::new(&frames).map(row).collect()
}

#[test]
fn labels_with_gos_quotes() {
    let pairs = |text| {
        parse(text)
            .map(|labels| labels.into_iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>())
    };
    assert_eq!(pairs("{}"), Some(vec![]));
    assert_eq!(
        pairs(r#"{a="b", c = "d,}\"e\\\n\u00e4",}"#),
        Some(vec!["a=b".into(), "c=d,}\"e\\\n\u{e4}".into()])
    );
    assert_eq!(pairs("{a=`b\\n`}"), Some(vec!["a=b\\n".into()]));
    for bad in ["", "{", "a=\"b\"", "{a}", "{a=b}", "{a=\"b}", "{a=\"b\" c=\"d\"}", "{a=\"\\q\"}"] {
        assert_eq!(pairs(bad), None, "{bad}");
    }
}

fn pushed() -> [Value; 2] {
    [
        json!({"level": "WARNING", "message": "disk full", "service": "billing", "time_ns": NOW_NS,
            "metadata": {"app": "x", "pod": "p-1"}}),
        json!({"level": "ERROR", "message": "structured", "service": "billing", "time_ns": NOW_NS + 1, "trace_id": "t",
            "metadata": {"app": "x", "level": "warn", "n": 12345678901234567890_u64}}),
    ]
}

#[test]
fn protobuf_and_json_are_the_same_rows() {
    let line = r#"{"severity":"debug","msg":"structured","n":12345678901234567890,"trace_id":"t"}"#;
    let text = json!({"streams": [
        {"stream": {"service_name": "billing", "app": "x", "level": "warn"},
            "values": [[NOW_NS.to_string(), "disk full", {"pod": "p-1"}]]},
        {"stream": {"service_name": "billing", "app": "x", "level": "warn"},
            "values": [[(NOW_NS + 1).to_string(), line, {"log.level": "error"}]]}]});
    let mut taken = gather();
    push::from_json(&text.to_string(), &mut taken).unwrap();
    let mut wanted = pushed();
    wanted[1]["metadata"]["severity"] = json!("debug");
    assert_eq!(rows(taken), wanted);

    let entry = |ns: u64, line: &str, name: &str, value: &str| {
        let (mut time, mut pair, mut entry) = (Vec::new(), Vec::new(), Vec::new());
        put_number(&mut time, 1, NOW_NS as u64 / 1_000_000_000);
        put_number(&mut time, 2, ns);
        put_bytes(&mut pair, 1, name.as_bytes());
        put_bytes(&mut pair, 2, value.as_bytes());
        put_bytes(&mut entry, 1, &time);
        put_bytes(&mut entry, 2, line.as_bytes());
        put_bytes(&mut entry, 3, &pair);
        entry
    };
    let (mut stream, mut request) = (Vec::new(), Vec::new());
    put_bytes(&mut stream, 1, br#"{service_name="billing", app="x", level="warn"}"#);
    put_bytes(&mut stream, 2, &entry(0, "disk full", "pod", "p-1"));
    put_bytes(&mut stream, 2, &entry(1, line, "log.level", "error"));
    put_bytes(&mut request, 1, &stream);
    let mut taken = gather();
    push::from_proto(&request, &mut taken).unwrap();
    assert_eq!(rows(taken), wanted);
    for end in 0..request.len() {
        let _ = push::from_proto(&request[..end], &mut gather());
    }
}

#[test]
fn a_service_is_found_under_lokis_names_and_lines_stay_whole() {
    let text = json!({"streams": [{"stream": {"job": "varlogs", "container": "web"},
        "values": [[NOW_NS.to_string(), "{\"no\": \"text\"}"], [NOW_NS.to_string(), "{broken"]]}]});
    let mut taken = gather();
    push::from_json(&text.to_string(), &mut taken).unwrap();
    let rows = rows(taken);
    assert_eq!(rows[0]["service"], "web");
    assert_eq!(rows[0]["metadata"], json!({"job": "varlogs"}));
    assert_eq!(
        (&rows[0]["message"], &rows[1]["message"]),
        (&json!("{\"no\": \"text\"}"), &json!("{broken"))
    );
}

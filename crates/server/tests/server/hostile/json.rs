//! JSON that is broken, of wrong types, too deep, too long, or no UTF-8.

use dlogs_record::Level;

use super::table::{Cases, JSON, NDJSON, now_ns};
use crate::support::batch::{body, frame, header, stream, wrap};
use crate::support::server::NATIVE;

pub(super) fn broken_json(cases: &mut Cases) {
    let whole = r#"[{"message": "hi", "level": "INFO", "metadata": {"a": [1, 2.5e3, null], "b": "\u00e9"}}]"#;
    for end in 0..whole.len() {
        cases.json(&whole[..end], 400, &["json"]);
    }
    for text in [
        " ",
        "\n",
        "nul",
        "tru",
        "NaN",
        "-",
        "{]",
        "[}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "[1,]",
        "[,]",
        "{,}",
        "{'a': 1}",
        "{a: 1}",
        "{\"a\": NaN}",
        "{\"a\": Infinity}",
        "{\"a\": -Infinity}",
        "{\"a\": 0x10}",
        "{\"a\": 01}",
        "{\"a\": +1}",
        "{\"a\": .5}",
        "{\"a\": 1.}",
        "{\"a\": 1e}",
        "{\"a\": \"\\x\"}",
        "{\"a\": \"\\u12\"}",
        "{\"a\": \"line\nbreak\"}",
        "{\"a\": \"\t\"}",
        "{} {}",
        "{}{}",
        "[] []",
        "{\"a\": 1} x",
        "// c\n{}",
        "{\"a\": /* c */ 1}",
        "{\"a\" 1}",
        "{\"a\"=1}",
        "{\"a\": undefined}",
        "{\"a\": True}",
        "\u{0}{}",
        "{\"logs\": [1, }",
        "{\"logs\": [{]}",
        "5",
        "\"text\"",
        "true",
        "null",
        "[5]",
        "[null]",
        "[[]]",
        "[\"a\"]",
        "[true, false]",
        "<xml/>",
        "a=b&c=d",
        "message=hi",
        "--x\r\nContent-Disposition: form-data",
    ] {
        cases.json(text, 400, &["json"]);
    }
    for lines in ["{", "{}x\n{", "5\n6", "not json\n", "[{}", "\"a\"\n"] {
        cases.add(format!("ndjson {lines:?}"), &[("Content-Type", NDJSON)], lines, 400, &["json"]);
    }
}

pub(super) fn wrong_types(cases: &mut Cases) {
    for level in ["\"loud\"", "6", "-1", "2.5", "[]", "{}", "true", "\"\"", "\"INFO;DROP\"", "1e99"]
    {
        cases.json(&format!("{{\"level\": {level}}}"), 400, &["level"]);
    }
    for time in [
        "\"soon\"",
        "[]",
        "{}",
        "true",
        "\"\"",
        "\"2026-13-45T00:00:00Z\"",
        "\"2026-11-22\"",
        "\"12:00\"",
    ] {
        cases.json(&format!("{{\"timestamp\": {time}}}"), 400, &["timestamp"]);
    }
    for time in ["\"1970-01-01T00:00:01Z\"", "1", "-5"] {
        cases.json(&format!("{{\"timestamp\": {time}}}"), 400, &["too_old"]);
    }
    cases.json("{\"timestamp\": \"2200-01-01T00:00:00Z\"}", 400, &["too_new"]);
    for metadata in ["5", "\"a\"", "[]", "true", "1.5"] {
        cases.json(&format!("{{\"metadata\": {metadata}}}"), 400, &["type"]);
    }
    cases.json("{\"error\": [1]}", 400, &["type"]);
    for client in [
        "5",
        "\"a\"",
        "[]",
        "{\"pid\": \"x\"}",
        "{\"service\": 5}",
        "{\"metadata\": 5}",
        "{\"pid\": -1}",
    ] {
        cases.json(&format!("{{\"client\": {client}, \"logs\": [{{}}]}}"), 400, &["header"]);
    }
}

pub(super) fn depth_and_size(cases: &mut Cases) {
    for depth in [200, 1000, 50_000, 500_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = open.repeat(depth) + "1" + &close.repeat(depth);
            cases.json(&format!("{{\"metadata\": {{\"x\": {nested}}}}}"), 400, &["depth"]);
            cases.json(&nested, 400, &["depth", "json"]);
            cases.json(&open.repeat(depth), 400, &["depth", "json"]);
        }
    }
    let long = "x".repeat(10 << 20);
    cases.json(&format!("{{\"message\": \"{long}\"}}"), 413, &["too_large"]);
    cases.json(&format!("[{{\"metadata\": {{\"{long}\": 1}}}}]"), 413, &["too_large"]);
    cases.json(&format!("{{\"service\": \"{long}\"}}"), 413, &["too_large"]);
    cases.json(&format!("{{\"timestamp\": {}}}", "9".repeat(2 << 20)), 413, &["too_large"]);
    cases.json(&format!("[{}{{}}]", "{},".repeat(100_000)), 413, &["too_many_records"]);
    cases.json(
        &format!("{{\"logs\": [{}{{}}]}}", "{},".repeat(100_000)),
        413,
        &["too_many_records"],
    );
    cases.add(
        "ndjson",
        &[("Content-Type", NDJSON)],
        "{}\n".repeat(100_001),
        413,
        &["too_many_records"],
    );
    let body = body(Level::Info, "x");
    let frames: Vec<u8> =
        (1..=100_001).flat_map(|seq| frame(stream(1), seq, now_ns(), &body)).collect();
    let many = zstd::bulk::compress(&wrap(&header(stream(1), 1, 100_001), &frames), 1).unwrap();
    let headers = [("Content-Type", NATIVE), ("Content-Encoding", "zstd")];
    cases.add("100001 frames", &headers, many, 413, &["too_many_records"]);
    cases.add("17 MiB", &[("Content-Type", JSON)], vec![b' '; 17 << 20], 413, &["body_too_large"]);
    let headers = [("Content-Type", JSON), ("Content-Length", "99999999999")];
    cases.add("a length that lies", &headers, "{}", 413, &["body_too_large"]);
}

pub(super) fn bad_utf8(cases: &mut Cases) {
    let bad: [&[u8]; 6] =
        [b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\x80"];
    for bytes in bad {
        let text = [b"{\"message\": \"", bytes, b"\"}"].concat();
        cases.add(
            format!("utf8 {bytes:?}"),
            &[("Content-Type", JSON)],
            text.clone(),
            400,
            &["utf8"],
        );
        cases.add(
            format!("utf8 line {bytes:?}"),
            &[("Content-Type", NDJSON)],
            text.clone(),
            400,
            &["utf8"],
        );
        let mut native = (text.len() as u32).to_le_bytes().to_vec();
        native.extend(text);
        cases.native(format!("utf8 header {bytes:?}"), native, &["utf8"]);
    }
}

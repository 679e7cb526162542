//! Hostile requests: each gets a right 4xx with a reason and a cure, none a 5xx; the server serves on.

use std::io::Write;

use dlogs_record::Level;
use serde_json::{Value, json};

use crate::support::batch::{SALT, batch, body, frame, header, stream, wrap};
use crate::support::http::{raw, request};
use crate::support::server::{NATIVE, Server};

const JSON: &str = "application/json";
const NDJSON: &str = "application/x-ndjson";

struct Case {
    name: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    status: u16,
    /// Any of these words.
    reasons: &'static [&'static str],
}

#[derive(Default)]
struct Cases(Vec<Case>);

impl Cases {
    fn add(
        &mut self,
        name: impl Into<String>,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
        status: u16,
        reasons: &'static [&'static str],
    ) {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let headers = headers.iter().map(own).collect();
        self.0.push(Case { name: name.into(), headers, body: body.into(), status, reasons });
    }

    fn json(&mut self, body: &str, status: u16, reasons: &'static [&'static str]) {
        let name: String = body.chars().take(60).collect();
        self.add(name, &[("Content-Type", JSON)], body, status, reasons);
    }

    fn native(&mut self, name: impl Into<String>, body: Vec<u8>, reasons: &'static [&'static str]) {
        self.add(name, &[("Content-Type", NATIVE)], body, 400, reasons);
    }
}

fn now_ns() -> i64 {
    dlogs_server::clock::now_ns()
}

fn three() -> Vec<u8> {
    batch(stream(1), 1..=3, now_ns())
}

/// Bytes that do not pack well.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn broken_json(cases: &mut Cases) {
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

fn wrong_types(cases: &mut Cases) {
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

fn depth_and_size(cases: &mut Cases) {
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

fn bad_utf8(cases: &mut Cases) {
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

fn wrong_encodings(cases: &mut Cases) {
    for encoding in
        ["br", "deflate", "zstd, gzip", "gzip,gzip", "zstd;q=1", "lz4", "snappy", "*", "utf-8"]
    {
        let headers = [("Content-Type", JSON), ("Content-Encoding", encoding)];
        cases.add(format!("encoding {encoding}"), &headers, "{}", 415, &["content_encoding"]);
    }
    let twice =
        [("Content-Type", JSON), ("Content-Encoding", "zstd"), ("Content-Encoding", "gzip")];
    cases.add("two encodings", &twice, "{}", 415, &["content_encoding"]);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "",
        "application/json; charset=utf-16",
        "application/json; charset=latin1",
        "application/vnd.dlogs.batch2",
        "json",
        "application/octet-stream",
        "application/x-protobuf",
    ] {
        cases.add(format!("type {kind}"), &[("Content-Type", kind)], "{}", 415, &["content_type"]);
    }
    cases.add("no type", &[], "{}", 415, &["content_type"]);
    let plain = three();
    let packed = zstd::bulk::compress(&plain, 3).unwrap();
    let zipped = gzip(&plain);
    for (encoding, whole) in [("zstd", &packed), ("gzip", &zipped)] {
        let headers = [("Content-Type", NATIVE), ("Content-Encoding", encoding)];
        cases.add(
            format!("{encoding} of nothing packed"),
            &headers,
            plain.clone(),
            400,
            &["encoding"],
        );
        cases.add(
            format!("{encoding} with junk behind"),
            &headers,
            [&whole[..], b"junk"].concat(),
            400,
            &["encoding"],
        );
        for end in (1..whole.len()).step_by(whole.len() / 12) {
            let name = format!("{encoding} cut at {end}");
            cases.add(name, &headers, &whole[..end], 400, &["encoding"]);
        }
    }
}

fn bombs(cases: &mut Cases) {
    let zeros = vec![0; 70 << 20];
    let bombs = [("zstd", zstd::bulk::compress(&zeros, 19).unwrap()), ("gzip", gzip(&zeros))];
    for (encoding, bomb) in bombs {
        for kind in [JSON, NDJSON, NATIVE] {
            let headers = [("Content-Type", kind), ("Content-Encoding", encoding)];
            cases.add(
                format!("bomb {encoding} {kind}"),
                &headers,
                bomb.clone(),
                413,
                &["decoded_too_large"],
            );
        }
    }
    let mut wide = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    wide.window_log(27).unwrap();
    wide.write_all(&zeros[..32 << 20]).unwrap();
    let headers = [("Content-Type", JSON), ("Content-Encoding", "zstd")];
    cases.add("a window of 128 MiB", &headers, wide.finish().unwrap(), 400, &["encoding"]);
}

fn native_frames(cases: &mut Cases) {
    let whole = three();
    let frames_at = 4 + u32::from_le_bytes([whole[0], whole[1], whole[2], whole[3]]) as usize;
    let frame_bytes = (whole.len() - frames_at) / 3;
    for end in (0..frames_at).step_by(29) {
        cases.native(format!("cut in the header at {end}"), whole[..end].to_vec(), &["header"]);
    }
    for end in (frames_at + 1..whole.len()).step_by(7) {
        if (end - frames_at) % frame_bytes != 0 {
            cases.native(format!("cut in a frame at {end}"), whole[..end].to_vec(), &["frame"]);
        }
    }
    for at in (frames_at..whole.len()).step_by(5) {
        // The padding behind a body is no part of the record.
        let in_padding = (at - frames_at) % frame_bytes >= 24 + body(Level::Info, "record 1").len();
        if !in_padding {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x10;
            cases.native(
                format!("a bit flipped at {at}"),
                flipped,
                &["check", "frame", "too_large"],
            );
        }
    }
    for length in [0, 1, 3, 65_537, u32::MAX, i32::MAX as u32, whole.len() as u32] {
        let mut lying = whole.clone();
        lying[..4].copy_from_slice(&length.to_le_bytes());
        cases.native(format!("header length {length}"), lying, &["header"]);
    }
    for size in [0, 1, 8, 10_000, u32::MAX, u32::MAX - 24] {
        let mut lying = whole.clone();
        lying[frames_at..frames_at + 4].copy_from_slice(&size.to_le_bytes());
        cases.native(format!("frame size {size}"), lying, &["frame", "check"]);
    }
    let record = body(Level::Info, "x");
    let numbers: [&[u64]; 5] = [&[2, 1], &[1, 1], &[1, 9], &[9], &[5, 4, 3]];
    for seqs in numbers {
        let frames: Vec<u8> =
            seqs.iter().flat_map(|seq| frame(stream(1), *seq, 1, &record)).collect();
        cases.native(
            format!("numbers {seqs:?}"),
            wrap(&header(stream(1), 1, 8), &frames),
            &["frame"],
        );
    }
    let frames = frame(stream(1), 1, now_ns(), &record);
    cases.native("another's stream", wrap(&header(stream(2), 1, 1), &frames), &["check"]);
    let mut salted = header(stream(1), 1, 1);
    salted["salt"] = json!(format!("{:016x}", SALT + 1));
    cases.native("another salt", wrap(&salted, &frames), &["check"]);
    let mut reserved = frames.clone();
    reserved[22] = 1;
    cases.native("reserved bits", wrap(&header(stream(1), 1, 1), &reserved), &["frame", "check"]);
    for check in [0_u32, u32::MAX] {
        let mut never = frames.clone();
        never[4..8].copy_from_slice(&check.to_le_bytes());
        cases.native(format!("check {check}"), wrap(&header(stream(1), 1, 1), &never), &["check"]);
    }
}

fn native_headers(cases: &mut Cases) {
    let good = header(stream(1), 1, 1);
    for key in ["stream", "first_seq", "last_seq", "salt", "check", "v"] {
        let mut lacking = good.clone();
        lacking.as_object_mut().unwrap().remove(key);
        cases.native(format!("without {key}"), wrap(&lacking, &[]), &["header"]);
        for wrong in [
            json!(null),
            json!([]),
            json!({}),
            json!(true),
            json!(-1),
            json!(1.5),
            json!("\r\nx: y"),
        ] {
            let mut bad = good.clone();
            bad[key] = wrong.clone();
            cases.native(format!("{key} = {wrong}"), wrap(&bad, &[]), &["header", "version"]);
        }
    }
    let mut set = |key: &str, value: Value, reasons| {
        let mut bad = good.clone();
        bad[key] = value.clone();
        let name: String = format!("{key} = {value}").chars().take(80).collect();
        cases.native(name, wrap(&bad, &[]), reasons);
    };
    for version in [json!(0), json!(2), json!("1"), json!(1e300)] {
        set("v", version, &["version"]);
    }
    for id in [
        "",
        ".",
        "00.0",
        &"0".repeat(32),
        &format!("{}.", "0".repeat(32)),
        &format!("{}.70000", "0".repeat(32)),
        &format!("{}.-1", "0".repeat(32)),
        &format!("{}.0", "g".repeat(32)),
        &format!("{}.0 ", "0".repeat(32)),
        "../../../../etc/passwd.0",
        &format!("{}.0", "0".repeat(3000)),
    ] {
        set("stream", json!(id), &["header"]);
    }
    for salt in ["", "0", "+123456789abcdef", "0123456789abcdeg", &"0".repeat(17)] {
        set("salt", json!(salt), &["header"]);
    }
    for check in ["", "md5", "CRC32C", "none"] {
        set("check", json!(check), &["header"]);
    }
    for seq in [json!(0), json!(u64::MAX), json!(i64::MAX as u64 + 1), json!("1")] {
        set("first_seq", seq, &["header"]);
    }
    set("last_seq", json!(u64::MAX), &["header"]);
    set("last_seq", json!(1_u64 << 40), &["header"]);
    set("first_seq", json!(3), &["header"]);
    for losses in [
        json!(5),
        json!([5]),
        json!([{}]),
        json!([{"from": 0, "to": 1, "reason": "torn"}]),
        json!([{"from": 2, "to": 1, "reason": "torn"}]),
        json!([{"from": 1, "to": 1, "reason": ""}]),
        json!([{"from": 1, "to": 1, "reason": "a\r\nb"}]),
        json!([{"from": 1, "to": 1, "reason": "TORN"}]),
        json!([{"from": 1, "to": u64::MAX, "reason": "torn"}]),
        json!([{"from": -1, "to": 1, "reason": "torn"}]),
        json!(vec![json!({"from": 1, "to": 1, "reason": "torn"}); 1001]),
    ] {
        set("losses", losses, &["header"]);
    }
    for client in
        [json!(5), json!([]), json!({"pid": "x"}), json!({"service": 5}), json!({"metadata": []})]
    {
        set("client", client, &["header"]);
    }
    set("end_of_stream", json!("yes"), &["header"]);
    for key in ["", " ", "a b", "caf\u{e9}", &"k".repeat(129)] {
        let headers = [("Content-Type", JSON), ("Idempotency-Key", key)];
        cases.add(format!("key {key:?}"), &headers, "{}", 400, &["idempotency_key"]);
    }
}

fn all() -> Vec<Case> {
    let mut cases = Cases::default();
    broken_json(&mut cases);
    wrong_types(&mut cases);
    depth_and_size(&mut cases);
    bad_utf8(&mut cases);
    wrong_encodings(&mut cases);
    bombs(&mut cases);
    native_frames(&mut cases);
    native_headers(&mut cases);
    cases.0
}

#[test]
fn hostile_batches_get_a_right_4xx() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let cases = all();
    assert!(cases.len() >= 300, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let headers: Vec<(&str, &str)> =
            case.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let Some(answer) = request(server.address, "POST", "/api/logs", &headers, &case.body)
        else {
            wrong.push(format!("{}: no answer", case.name));
            continue;
        };
        let said = answer.json();
        let sentence = said["error"].as_str().unwrap_or_default();
        let right = answer.status == case.status
            && case.reasons.contains(&answer.reason().as_str())
            && said["dlogs"] == 1
            && sentence.len() > 10
            && sentence.ends_with('.')
            && (answer.status != 413 || said["limit"].is_u64());
        if !right {
            wrong.push(format!(
                "{}: {} {said}, not {} {:?}",
                case.name, answer.status, case.status, case.reasons
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert_eq!(server.all_rows().len(), 0, "nothing of it was stored");
    assert_eq!(server.native(&three()).json()["accepted"], 3, "and the server serves on");
}

#[test]
fn hostile_requests_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let routes = [
        ("PUT", "/api/logs", 405, "method"),
        ("DELETE", "/api/logs", 405, "method"),
        ("OPTIONS", "/api/logs", 405, "method"),
        ("POST", "/api/log", 404, "route"),
        ("GET", "/api/../../etc/passwd", 404, "route"),
        ("GET", "/api/logs?limit=0", 400, "parameter"),
        ("GET", "/api/logs?limit=1001", 400, "parameter"),
        ("GET", "/api/logs?limit=x", 400, "parameter"),
        ("GET", "/api/logs?lvl=error", 400, "parameter"),
        ("GET", "/api/logs?q=a&q=b", 400, "parameter"),
        ("GET", "/api/logs?cursor=zzz", 400, "cursor"),
        ("GET", "/api/logs?cursor=1~0~0~0~0~x~0", 400, "cursor"),
        ("GET", "/api/logs?level=loud", 400, "query"),
        ("GET", "/api/logs?from=yesterday", 400, "query"),
        ("GET", "/api/logs?q=%22open", 400, "query"),
        ("GET", "/api/logs?q=level:loud", 400, "query"),
        ("GET", "/api/logs?q=service:", 400, "query"),
        ("GET", "/api/logs?q=-", 400, "query"),
        ("GET", "/api/logs?q=/(/", 400, "query"),
        ("GET", "/api/logs?q=/(a%7B999%7D)%7B999%7D/", 400, "query"),
    ];
    for (method, path, status, reason) in routes {
        let answer = request(server.address, method, path, &[], b"").unwrap();
        assert_eq!((answer.status, answer.reason().as_str()), (status, reason), "{method} {path}");
    }
    let long = format!("/api/logs?q={}", "a".repeat(5000));
    assert_eq!(server.get(&long).reason(), "query");
    let many = format!("/api/logs?q={}", "a+".repeat(65));
    assert_eq!(server.get(&many).json()["position"], 128);
}

#[test]
fn hostile_bytes_end_the_connection() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let host = format!("Host: {}\r\n", server.address);
    let post = |rest: &str| {
        format!("POST /api/logs HTTP/1.1\r\n{host}Content-Type: application/json\r\n{rest}")
    };
    let headers = "X: y\r\n".repeat(100);
    let huge = format!("X: {}\r\n\r\n", "y".repeat(300_000));
    let lines = [
        "garbage\r\n\r\n".to_owned(),
        "\0\0\0\0\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        format!("G\u{e9}T / HTTP/1.1\r\n{host}\r\n"),
        post("Bad Name: x\r\n\r\n"),
        post("X: a\0b\r\n\r\n"),
        post("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        post("Content-Length: -1\r\n\r\n"),
        post("Content-Length: 1e3\r\n\r\n"),
        post("Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        post("Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"),
        post(&format!("{headers}\r\n")),
        post(&huge),
    ];
    for line in &lines {
        let shown: String = line.chars().take(90).collect();
        if let Some(answer) = raw(server.address, line.as_bytes()) {
            assert!((400..500).contains(&answer.status), "{shown:?}: {}", answer.status);
        }
    }
    assert_eq!(server.json("{\"message\": \"well\"}").status, 200);
}

#[test]
fn one_poisoned_record_does_not_sink_a_native_batch() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let good = body(Level::Info, "good");
    let bodies: [Vec<u8>; 8] = [
        Vec::new(),
        vec![9; 12],
        good[..good.len() - 1].to_vec(),
        [&good[..], b"x"].concat(),
        vec![0xff; 100],
        body(Level::Info, "x")
            .into_iter()
            .enumerate()
            .map(|(at, b)| if at == 0 { 77 } else { b })
            .collect(),
        noise(300 << 10),
        noise(10 << 20),
    ];
    let mut frames = Vec::new();
    for (bad, seq) in bodies.iter().zip(1..) {
        frames.extend(frame(stream(1), seq, now_ns(), bad));
    }
    frames.extend(frame(stream(1), 9, now_ns(), &good));
    let packed = zstd::bulk::compress(&wrap(&header(stream(1), 1, 9), &frames), 1).unwrap();
    let answer =
        server.post_with(&[("Content-Type", NATIVE), ("Content-Encoding", "zstd")], &packed).json();
    assert_eq!(answer["accepted"], 1, "{answer}");
    let reasons: Vec<&str> = answer["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons, [["malformed"; 6].as_slice(), ["too_large"; 2].as_slice()].concat());
    assert_eq!(server.messages(""), ["good"]);
}

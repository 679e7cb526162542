//! Hostile requests: each gets a right 4xx with a reason and a cure, none a 5xx; the server serves on.

mod json;
mod native;
mod packing;
mod table;

use dlogs_record::Level;

use self::table::{Case, Cases, now_ns, three};
use crate::support::batch::{body, frame, header, stream, wrap};
use crate::support::http::{raw, request};
use crate::support::server::{NATIVE, Server};

/// Bytes that do not pack well.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn all() -> Vec<Case> {
    let mut cases = Cases::default();
    json::broken_json(&mut cases);
    json::wrong_types(&mut cases);
    json::depth_and_size(&mut cases);
    json::bad_utf8(&mut cases);
    packing::wrong_encodings(&mut cases);
    packing::bombs(&mut cases);
    native::native_frames(&mut cases);
    native::native_headers(&mut cases);
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

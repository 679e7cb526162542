//! Batches over a real socket into real files, and back through the query.

use crate::support::batch::{SALT, batch, body, frame, header, stream, wrap};
use crate::support::server::{NATIVE, Server};
use serde_json::json;

fn now_ns() -> i64 {
    dlogs_server::clock::now_ns()
}

#[test]
fn a_native_batch_is_stored_and_found() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let answer = server.native(&batch(stream(1), 1..=100, now_ns()));
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(
        answer.json(),
        json!({"dlogs": 1, "accepted": 100, "rejected": [], "acked_through": 100, "durability": "disk"})
    );
    let rows = server.rows("limit=2");
    assert_eq!(rows[0]["message"], "record 100");
    assert_eq!(rows[0]["seq"], 100);
    assert_eq!(rows[0]["service"], "billing");
    assert_eq!(rows[0]["language"], "python");
    assert_eq!(
        rows[0]["metadata"],
        json!({"user_id": 12345, "login_method": "oauth", "region": "eu"})
    );
    assert!(rows[0].get("trace_id").is_none(), "absent is absent");
    assert_eq!(rows[1]["message"], "record 99");
    assert_eq!(server.all_rows().len(), 100);
}

#[test]
fn packed_batches_are_stored() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let zstd = zstd::bulk::compress(&batch(stream(1), 1..=10, now_ns()), 1).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &batch(stream(2), 1..=10, now_ns())).unwrap();
    let gzip = gzip.finish().unwrap();
    for (encoding, body) in [("zstd", zstd), ("gzip", gzip)] {
        let headers = [("Content-Type", NATIVE), ("Content-Encoding", encoding)];
        let answer = server.post_with(&headers, &body);
        assert_eq!(answer.json()["accepted"], 10, "{encoding}: {}", answer.json());
    }
    assert_eq!(server.all_rows().len(), 20);
}

#[test]
fn the_four_shapes_of_json_are_stored() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let one =
        server.json(r#"{"message": "object", "level": "warn", "service": "curl", "order": 7}"#);
    assert_eq!(one.json()["accepted"], 1, "{}", one.json());
    assert!(one.json().get("acked_through").is_none());
    server.json(r#"[{"message": "array 1"}, {"message": "array 2", "host": "h2"}]"#);
    server.post("application/x-ndjson", b"{\"message\":\"line 1\"}\n\n{\"message\":\"line 2\"}\n");
    server.json(
        r#"{"client": {"language": "ruby", "service": "shop"}, "logs": [{"message": "enveloped"}]}"#,
    );
    assert_eq!(server.all_rows().len(), 6);
    let row = &server.rows("q=object")[0];
    assert_eq!(
        (&row["level"], &row["service"], &row["language"], &row["metadata"]["order"]),
        (&json!("WARNING"), &json!("curl"), &json!("http"), &json!(7))
    );
    assert_eq!(server.messages("service=shop&language=ruby"), ["enveloped"]);
    assert_eq!(server.messages("host=h2"), ["array 2"]);
}

#[test]
fn a_bad_record_never_sinks_its_batch() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let answer = server.json(
        r#"[{"message": "good"}, 5, {"message": "x", "level": "loud"}, {"timestamp": "soon"},
            {"message": "old", "timestamp": "1999-01-01T00:00:00Z"}, {"message": "also good"}]"#,
    );
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(answer.json()["accepted"], 2);
    let told = answer.json()["rejected"].clone();
    let reasons: Vec<_> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["index"].as_u64().unwrap(), one["reason"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(
        reasons,
        [
            (1, "malformed".to_owned()),
            (2, "level".to_owned()),
            (3, "timestamp".to_owned()),
            (4, "too_old".to_owned())
        ]
    );
    assert_eq!(server.all_rows().len(), 2);
}

#[test]
fn rejects_of_a_native_batch_are_the_same_when_it_is_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let id = stream(1);
    let good = body(dlogs_record::Level::Info, "good");
    let mut frames = frame(id, 1, now_ns(), &good);
    frames.extend(frame(id, 2, 1, &good));
    frames.extend(frame(id, 3, i64::MAX, &good));
    frames.extend(frame(id, 4, now_ns(), b"no record"));
    frames.extend(frame(id, 5, now_ns(), &good));
    let batch = wrap(&header(id, 1, 6), &frames);
    let first = server.native(&batch).json();
    assert_eq!(first["accepted"], 2, "{first}");
    assert_eq!(
        first["rejected"],
        json!([{"seq": 2, "reason": "too_old"}, {"seq": 3, "reason": "too_new"}, {"seq": 4, "reason": "malformed"}])
    );
    assert_eq!(first["acked_through"], 6);
    assert_eq!(server.native(&batch).json(), first);
    assert_eq!(server.all_rows().len(), 2);
}

#[test]
fn a_retry_that_overlaps_is_stored_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let start = now_ns();
    server.native(&batch(stream(1), 1..=100, start));
    let again = server.native(&batch(stream(1), 1..=180, start)).json();
    assert_eq!((&again["accepted"], &again["acked_through"]), (&json!(180), &json!(180)));
    server.native(&batch(stream(1), 50..=60, start));
    let mut seqs: Vec<u64> =
        server.all_rows().iter().map(|row| row["seq"].as_u64().unwrap()).collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=180).collect::<Vec<_>>());
}

#[test]
fn holes_and_declared_losses_stay_fillable() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let start = now_ns();
    server.native(&batch(stream(1), [1, 2, 5, 6], start));
    let mut probe = header(stream(1), 7, 6);
    probe["losses"] = json!([{"from": 3, "to": 3, "reason": "torn"}]);
    let answer = server.native(&wrap(&probe, &[])).json();
    assert_eq!((&answer["accepted"], &answer["acked_through"]), (&json!(0), &json!(6)));
    server.native(&batch(stream(1), [3, 4], start));
    assert_eq!(server.all_rows().len(), 6);
}

#[test]
fn a_heartbeat_stores_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let answer = server.native(&wrap(&header(stream(1), 1, 0), &[])).json();
    assert_eq!((&answer["accepted"], &answer["acked_through"]), (&json!(0), &json!(0)));
    assert_eq!(server.all_rows().len(), 0);
}

#[test]
fn an_idempotency_key_makes_a_batch_safe_to_repeat() {
    let dir = tempfile::tempdir().unwrap();
    let key = [("Content-Type", "application/json"), ("Idempotency-Key", "order-7")];
    let body = br#"[{"message": "once"}, 5]"#;
    let server = Server::start(dir.path());
    let first = server.post_with(&key, body).json();
    assert_eq!(first["accepted"], 1);
    let second = server.post_with(&key, body).json();
    assert_eq!((&second["accepted"], &second["rejected"][0]["index"]), (&json!(1), &json!(1)));
    server.stop();
    let server = Server::start(dir.path());
    assert_eq!(server.post_with(&key, body).json()["accepted"], 1, "also over a restart");
    assert_eq!(server.all_rows().len(), 1);
    let other = server.post_with(&key, br#"[{"message": "another"}]"#);
    assert_eq!((other.status, other.reason().as_str()), (422, "idempotency_key"));
    server.json(r#"[{"message": "plain"}]"#);
    server.json(r#"[{"message": "plain"}]"#);
    assert_eq!(server.all_rows().len(), 3, "without a key: at least once");
}

#[test]
fn a_restart_keeps_every_record_and_the_dedupe() {
    let dir = tempfile::tempdir().unwrap();
    let start = now_ns();
    for round in 0..5 {
        let server = Server::start(dir.path());
        assert_eq!(server.all_rows().len(), round * 10);
        let from = round as u64 * 10 + 1;
        server.native(&batch(stream(1), 1..=from + 9, start));
        server.stop();
    }
    let server = Server::start(dir.path());
    assert_eq!(server.all_rows().len(), 50);
    assert_eq!(SALT, 0x0123_4567_89ab_cdef);
}

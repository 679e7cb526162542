//! The scripted server against batches made by hand: whoever judges others is judged first.

use dlogs_record::{Encoder, Kind, Level};
use dlogs_testkit::scripted::{Scripted, script};
use serde_json::{Value, json};

const STREAM: &str = "000102030405060708090a0b0c0d0e0f.0";
const SALT: u64 = 0x1122_3344_5566_7788;

fn frame(seq: u64, message: &str) -> Vec<u8> {
    let mut body = Vec::new();
    Encoder::new(&mut body, Level::Info, Kind::Log, 7, message).finish();
    let time_ns = 1_700_000_000_000_000_000_u64.to_le_bytes();
    let size = (body.len() as u32).to_le_bytes();
    let instance: Vec<u8> = (0..16).collect();
    let covered = [
        &SALT.to_le_bytes()[..],
        &instance,
        &[0, 0],
        &seq.to_le_bytes(),
        &size,
        &time_ns,
        &[0; 4],
        &body,
    ];
    let check = crc32c::crc32c(&covered.concat()).to_le_bytes();
    let low = (seq as u32).to_le_bytes();
    let mut frame = [&size[..], &check, &time_ns, &low, &[0; 4], &body].concat();
    frame.resize(frame.len().next_multiple_of(8), 0);
    frame
}

fn batch(first: u64, messages: &[&str]) -> Vec<u8> {
    let last = first + messages.len() as u64 - 1;
    let header = json!({
        "v": 1, "stream": STREAM, "first_seq": first, "last_seq": last, "salt": format!("{SALT:016x}"),
        "check": "crc32c", "losses": [], "end_of_stream": false, "client": {"language": "test"},
    });
    let header = header.to_string().into_bytes();
    let frames: Vec<u8> = messages.iter().zip(first..).flat_map(|(m, seq)| frame(seq, m)).collect();
    [&(header.len() as u32).to_le_bytes()[..], &header, &frames].concat()
}

fn post(server: &Scripted, body: &[u8]) -> Result<Value, ureq::Error> {
    let request =
        ureq::post(server.endpoint()).header("Content-Type", "application/vnd.dlogs.batch");
    let mut answer = request.send(body)?;
    let text = answer.body_mut().read_to_string()?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

#[test]
fn it_stores_acknowledges_and_recognises_repeats() {
    let server = Scripted::start(script(&Value::Null).unwrap()).unwrap();
    let answer = post(&server, &batch(1, &["a", "b"])).unwrap();
    assert_eq!(answer["acked_through"], 2);
    post(&server, &batch(2, &["b", "c"])).unwrap();
    post(&server, &batch(5, &["e"])).unwrap();
    let seen = server.seen().json();
    assert_eq!(seen["messages"], json!(["a", "b", "c", "e"]));
    assert_eq!((&seen["duplicates"], &seen["gaps"]), (&json!(1), &json!([[4, 4]])));
    assert_eq!(seen["violations"], json!([]));
}

#[test]
fn it_follows_its_script_and_then_acknowledges() {
    let replies = json!([
        {"status": 503, "reason": "queue", "times": 2}, {"drop": "read"},
        {"when": {"messages": {"$has": "x"}}, "status": 400, "reason": "frame"}
    ]);
    let server = Scripted::start(script(&replies).unwrap()).unwrap();
    for _ in 0..2 {
        assert!(matches!(post(&server, &batch(1, &["a"])), Err(ureq::Error::StatusCode(503))));
    }
    assert!(post(&server, &batch(1, &["a"])).is_err());
    assert!(matches!(post(&server, &batch(1, &["a", "x"])), Err(ureq::Error::StatusCode(400))));
    post(&server, &batch(1, &["a"])).unwrap();
    assert_eq!(server.seen().json()["messages"], json!(["a"]));
}

#[test]
fn it_notices_a_flipped_bit() {
    let server = Scripted::start(Vec::new()).unwrap();
    let mut bytes = batch(1, &["a"]);
    let last = bytes.len() - 10;
    bytes[last] ^= 1;
    post(&server, &bytes).unwrap();
    assert_eq!(server.seen().violations(), ["seq 1: the check is wrong"]);
}

#[test]
fn it_can_go_away_and_come_back_on_the_same_port() {
    let mut server = Scripted::start(Vec::new()).unwrap();
    post(&server, &batch(1, &["a"])).unwrap();
    server.stop();
    assert!(post(&server, &batch(2, &["b"])).is_err());
    server.resume().unwrap();
    post(&server, &batch(2, &["b"])).unwrap();
    assert_eq!(server.seen().stored(), 2);
}

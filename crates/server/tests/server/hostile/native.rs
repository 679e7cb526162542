//! Native batches with lying lengths, flipped bits, wrong numbers and wrong headers.

use dlogs_record::Level;
use serde_json::{Value, json};

use super::table::{Cases, JSON, now_ns, three};
use crate::support::batch::{SALT, body, frame, header, stream, wrap};

pub(super) fn native_frames(cases: &mut Cases) {
    let whole = three();
    let frames_at = 4 + u32::from_le_bytes([whole[0], whole[1], whole[2], whole[3]]) as usize;
    let frame_bytes = (whole.len() - frames_at) / 3;
    for end in (0..frames_at).step_by(29) {
        cases.native(format!("cut in the header at {end}"), whole[..end].to_vec(), &["header"]);
    }
    for end in (frames_at + 1..whole.len()).step_by(7) {
        if !(end - frames_at).is_multiple_of(frame_bytes) {
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

pub(super) fn native_headers(cases: &mut Cases) {
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

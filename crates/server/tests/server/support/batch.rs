//! Native batches, as spec/wire.md draws them, also broken on purpose.

use dlogs_record::{Encoder, Kind, Level};
use dlogs_server::frame::{Checker, Frame};
use dlogs_server::stream_id::StreamId;
use serde_json::{Value, json};

pub const SALT: u64 = 0x0123_4567_89ab_cdef;

pub fn stream(number: u8) -> StreamId {
    StreamId { instance: [number; 16], lane: 0 }
}

pub fn body(level: Level, message: &str) -> Vec<u8> {
    let mut body = Vec::new();
    let mut encoder = Encoder::new(&mut body, level, Kind::Log, 0, message);
    encoder.key("user_id").i64(12345).key("login_method").str("oauth");
    encoder.finish();
    body
}

/// A frame with its check.
pub fn frame(stream: StreamId, seq: u64, time_ns: i64, body: &[u8]) -> Vec<u8> {
    let frame = Frame {
        check: 0,
        time_ns: time_ns as u64,
        seq_low: seq as u32,
        flags: 0,
        reserved: 0,
        body,
    };
    let check = Checker::new(SALT, stream).check(&frame, seq);
    let mut out = Vec::new();
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(&check.to_le_bytes());
    out.extend_from_slice(&time_ns.to_le_bytes());
    out.extend_from_slice(&(seq as u32).to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(body);
    out.resize(out.len().next_multiple_of(8), 0);
    out
}

pub fn header(stream: StreamId, first_seq: u64, last_seq: u64) -> Value {
    json!({
        "v": 1, "stream": stream.to_string(), "first_seq": first_seq, "last_seq": last_seq,
        "salt": format!("{SALT:016x}"), "check": "crc32c",
        "client": {
            "language": "python", "sdk_version": "0.1.0", "service": "billing", "component": "api",
            "environment": "test", "host": "h1", "pid": 42, "state": "running",
            "metadata": {"region": "eu"}, "statistics": {"accepted": last_seq}
        }
    })
}

pub fn wrap(header: &Value, frames: &[u8]) -> Vec<u8> {
    let header = header.to_string();
    let mut out = (header.len() as u32).to_le_bytes().to_vec();
    out.extend_from_slice(header.as_bytes());
    out.extend_from_slice(frames);
    out
}

/// A whole batch of INFO records `record <seq>`, a millisecond apart, unpacked.
pub fn batch(stream: StreamId, seqs: impl IntoIterator<Item = u64>, start_ns: i64) -> Vec<u8> {
    let seqs: Vec<u64> = seqs.into_iter().collect();
    let (first, last) = (seqs[0], seqs[seqs.len() - 1]);
    let mut frames = Vec::new();
    for seq in seqs {
        let body = body(Level::Info, &format!("record {seq}"));
        frames.extend(frame(stream, seq, start_ns + seq as i64 * 1_000_000, &body));
    }
    wrap(&header(stream, first, last), &frames)
}

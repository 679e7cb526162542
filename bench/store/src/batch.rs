//! Records of one process as the native batch of spec/wire.md, as the client sends it.

use dlogs_record::{Encoder, Kind, Level, reserved};
use serde_json::json;

use crate::process::PROCESSES;
use crate::record::{Record, Records};
use crate::template::STACK;
use crate::values::Value;

const SALT: u64 = 0x0123_4567_89ab_cdef;

/// The batch with these sequence numbers of the process's stream, inclusive, not compressed.
pub(crate) fn native(records: &Records, process: usize, first_seq: u64, last_seq: u64) -> Vec<u8> {
    let header = header(process, first_seq, last_seq);
    let mut out = (header.len() as u32).to_le_bytes().to_vec();
    out.extend_from_slice(&header);
    let prefix = prefix(process);
    let mut body = Vec::new();
    for seq in first_seq..=last_seq {
        let record = records.get(records.schedule.record(process, seq));
        body.clear();
        encode(&record, &mut body);
        frame(&record, &prefix, &body, &mut out);
    }
    out
}

fn encode(record: &Record, body: &mut Vec<u8>) {
    let template = record.template;
    let message = record.message.as_str();
    let mut encoder = Encoder::new(body, template.level, Kind::Log, 0, message);
    if let Some(trace_id) = &record.trace_id {
        encoder.key(reserved::TRACE_ID).str(trace_id);
    }
    encoder.key(reserved::LOGGER).str(template.logger);
    if let Some((class, text, stack)) = template.error {
        encoder.key(reserved::ERROR_TYPE).str(class).key(reserved::ERROR_MESSAGE).str(text);
        if stack {
            encoder.key(reserved::ERROR_STACK).str(STACK);
        }
    }
    for (key, value) in &record.fields {
        encoder.key(key);
        match value {
            Value::Int(number) => encoder.i64(*number),
            Value::Float(number) => encoder.f64(*number),
            Value::Bool(truth) => encoder.bool(*truth),
            Value::Name(text) => encoder.str(text),
            Value::Text(text) => encoder.str(text),
        };
    }
    encoder.finish();
}

/// Size, check, time, number, flags, body, padding.
fn frame(record: &Record, prefix: &[u8; 26], body: &[u8], out: &mut Vec<u8>) {
    let size = (body.len() as u32).to_le_bytes();
    let time = record.time_ns.to_le_bytes();
    let important = u16::from(record.template.level >= Level::Warning);
    let flags = (u32::from(important)).to_le_bytes();
    let mut check = crc32c::crc32c(prefix);
    for covered in [&record.seq.to_le_bytes()[..], &size, &time, &flags, body] {
        check = crc32c::crc32c_append(check, covered);
    }
    // 0 and all ones mean something else in a journal.
    let check = check.clamp(1, u32::MAX - 1).to_le_bytes();
    let seq_low = (record.seq as u32).to_le_bytes();
    let start = out.len();
    for part in [&size[..], &check, &time, &seq_low, &flags, body] {
        out.extend_from_slice(part);
    }
    out.resize(start + (out.len() - start).next_multiple_of(8), 0);
}

/// What the check of every frame begins with: salt, instance, lane.
fn prefix(process: usize) -> [u8; 26] {
    let mut prefix = [0; 26];
    prefix[..8].copy_from_slice(&SALT.to_le_bytes());
    prefix[8..24].copy_from_slice(&instance(process).to_be_bytes());
    prefix
}

/// 16 bytes that look as random as real ones.
fn instance(process: usize) -> u128 {
    (process as u128 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_D6E8_FEB8_6659_FD93)
}

fn header(process: usize, first_seq: u64, last_seq: u64) -> Vec<u8> {
    let it = &PROCESSES[process];
    let header = json!({
        "v": 1, "stream": format!("{:032x}.0", instance(process)), "first_seq": first_seq,
        "last_seq": last_seq, "salt": format!("{SALT:016x}"), "check": "crc32c", "losses": [],
        "client": {
            "language": it.language, "sdk_version": "0.1.0", "runtime_version": "1",
            "service": it.service, "component": it.component, "environment": "production",
            "host": it.host, "pid": it.pid, "started_at": "2026-11-01T00:00:00Z",
            "state": "running", "activity": "sending", "metadata": {},
            "statistics": {"accepted": last_seq, "acked": first_seq - 1, "journal": "disk"}
        }
    });
    header.to_string().into_bytes()
}

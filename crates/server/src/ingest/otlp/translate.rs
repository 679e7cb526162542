//! One `LogRecord` as the body of our record.

use dlogs_record::{Encoder, Kind, Level, hosts, reserved};

use super::record::{LogRecord, Scope};
use super::value::Value;

/// Appends the body; returns the record's own time (that of its observation where it has none) and its level.
pub(super) fn write(
    record: &LogRecord<'_>,
    scope: &Scope<'_>,
    out: &mut Vec<u8>,
) -> (Option<i64>, Level) {
    let own_ns = if record.time_ns > 0 { record.time_ns } else { record.observed_ns };
    let time_ns = (own_ns > 0).then(|| i64::try_from(own_ns).unwrap_or(i64::MAX));
    let (level, told) = level(record);
    let text = record.body.text();
    let event = !record.event_name.is_empty();
    let (kind, first) =
        if event { (Kind::Event, &*record.event_name) } else { (Kind::Log, &*text) };
    let mut encoder = Encoder::new(out, level, kind, time_ns.unwrap_or(0), first);
    if event && !text.is_empty() {
        encoder.key("message").str(&text);
    }
    for (key, id) in [(reserved::TRACE_ID, &record.trace_id), (reserved::SPAN_ID, &record.span_id)]
    {
        // An id of zeros means that there is none.
        if id.bytes().any(|digit| digit != b'0') {
            encoder.key(key).str(id.as_bytes());
        }
    }
    if !scope.name.is_empty() {
        encoder.key(reserved::LOGGER).str(&scope.name);
    }
    for (key, value) in &record.attributes {
        encoder.key(place(key));
        value.write(&mut encoder);
    }
    if matches!(record.body, Value::Map(_) | Value::List(_)) {
        encoder.key("body");
        record.body.write(&mut encoder);
    }
    if !scope.version.is_empty() {
        encoder.key("scope.version").str(&scope.version);
    }
    for (key, value) in &scope.attributes {
        encoder.key([b"scope.", &**key].concat());
        value.write(&mut encoder);
    }
    if !told {
        encoder.key("severity_text").str(&record.severity_text);
    }
    if record.flags & 0xff != 0 {
        encoder.key("trace_flags").i64(i64::from(record.flags & 0xff));
    }
    if record.dropped_attributes > 0 {
        encoder.key("dropped_attributes_count").u64(record.dropped_attributes);
    }
    encoder.finish();
    (time_ns, level)
}

/// The level, and whether it tells all that the sender's text for it says.
fn level(record: &LogRecord<'_>) -> (Level, bool) {
    let text = String::from_utf8_lossy(&record.severity_text);
    let named: Option<Level> = text.parse().ok();
    let level = match record.severity {
        1.. => Level::from_host(hosts::OTEL, record.severity),
        _ => named.unwrap_or(Level::Info),
    };
    (level, text.is_empty() || named == Some(level))
}

/// Where an attribute belongs, by the semantic conventions.
fn place(key: &[u8]) -> &[u8] {
    match key {
        b"exception.type" => reserved::ERROR_TYPE.as_bytes(),
        b"exception.message" => reserved::ERROR_MESSAGE.as_bytes(),
        b"exception.stacktrace" => reserved::ERROR_STACK.as_bytes(),
        b"thread.name" => reserved::THREAD.as_bytes(),
        other => other,
    }
}

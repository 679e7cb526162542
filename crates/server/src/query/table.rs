//! A row of the query API as a line of a table (CSV). Decides no line's end, and leaves control characters alone.

use serde_json::Value;

/// The columns, as paths into a row.
pub const COLUMNS: [&str; 18] = [
    "time",
    "level",
    "service",
    "component",
    "language",
    "environment",
    "host",
    "message",
    "event",
    "logger",
    "thread",
    "trace_id",
    "span_id",
    "error.type",
    "error.message",
    "error.stack",
    "metadata",
    "id",
];

/// What a row has at a path, as text; empty when it has nothing there.
pub fn text(row: &Value, path: &str) -> String {
    let value = match path.split_once('.') {
        Some((above, below)) => &row[above][below],
        None => &row[path],
    };
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(fields) if fields.is_empty() => String::new(),
        other => other.to_string(),
    }
}

/// A cell, in quotes where it needs them (RFC 4180).
pub fn cell(text: &str) -> String {
    match text.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

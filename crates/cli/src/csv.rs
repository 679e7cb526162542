//! A row of the query API as a line of a table, as `GET /api/logs/export?format=csv` has it, but for control characters:
//! they are spelled out, so that a record is a line and harmless in a terminal.

use serde_json::Value;

use crate::escape::for_terminal;

/// Paths into a row.
const COLUMNS: [&str; 18] = [
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

/// The names of the columns.
pub(crate) fn head() -> String {
    COLUMNS.join(",")
}

/// A row; what it does not have is empty.
pub(crate) fn line(row: &Value) -> String {
    COLUMNS.map(|path| cell(&text(row, path))).join(",")
}

fn text(row: &Value, path: &str) -> String {
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

/// RFC 4180.
fn cell(text: &str) -> String {
    let text = for_terminal(text);
    match text.contains([',', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.into_owned(),
    }
}

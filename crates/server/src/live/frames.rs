//! The texts that the live socket and the tail send, as spec/api.md draws them.

use std::fmt::Write;

use dlogs_record::Level;
use serde_json::json;

use crate::query::BadFilter;

use super::shown::Shown;

/// The first frame.
pub fn hello(now_ms: u64, budget: u32, needs_key: bool) -> String {
    let auth = if needs_key { "key" } else { "open" };
    let server = env!("CARGO_PKG_VERSION");
    json!({"type": "hello", "v": 1, "server": server, "now_ms": now_ms, "budget": budget, "auth": auth})
        .to_string()
}

/// A frame of rows with its exact counts.
pub fn rows(shown: &Shown) -> String {
    format!("{{\"type\":\"rows\",\"rows\":{},{}}}", shown.array, counts(shown))
}

/// Rows, or pieces of several, as a JSON array. Each is JSON already.
pub fn array<'a>(rows: impl Iterator<Item = &'a str> + Clone) -> String {
    let bytes: usize = rows.clone().map(|row| row.len() + 1).sum();
    let mut text = String::with_capacity(bytes + 2);
    text.push('[');
    for (i, row) in rows.enumerate() {
        if i > 0 {
            text.push(',');
        }
        text.push_str(row);
    }
    text.push(']');
    text
}

/// `"matched":…,"skipped":…,"skipped_by_level":{…}` without braces around it.
pub fn counts(shown: &Shown) -> String {
    let mut levels = String::new();
    for (level, n) in shown.skipped_by_level.iter().enumerate().filter(|(_, n)| **n > 0) {
        let level = Level::from_u8(level as u8).unwrap_or(Level::Info).as_str();
        let comma = if levels.is_empty() { "" } else { "," };
        // Writing to a String cannot fail.
        let _ = write!(levels, "{comma}\"{level}\":{n}");
    }
    let (matched, skipped) = (shown.matched(), shown.skipped());
    format!("\"matched\":{matched},\"skipped\":{skipped},\"skipped_by_level\":{{{levels}}}")
}

/// The answer to a view that was understood.
pub fn view_ok() -> String {
    json!({"type": "view", "ok": true}).to_string()
}

/// The answer to a view that was not; the view before it stays.
pub fn bad_view(bad: &BadFilter) -> String {
    let BadFilter { parameter, error, position } = bad;
    json!({"type": "error", "reason": "query", "parameter": parameter, "error": error, "position": position})
        .to_string()
}

/// The answer to a message that is none of ours.
pub fn bad_message(error: &str) -> String {
    json!({"type": "error", "reason": "message", "error": error}).to_string()
}

//! A row of the query API as one line for people.

use std::fmt::Write;

use serde_json::Value;

use crate::terminal::{BLUE, DIM, ORANGE, RED, RED_BOLD, Style, Terminal};

/// `2026-11-22T16:46:40.123Z ERROR python billing/worker message key=value`, stack traces indented below.
pub(crate) fn line(terminal: &Terminal, row: &Value) -> String {
    let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
    let level = text("level");
    let mut line = terminal.paint(DIM, &milliseconds(text("time")));
    let _ = write!(line, " {}", terminal.paint(style(level), &format!("{level:<8}")));
    let origin = [text("service"), text("component")].map(str::to_owned);
    let origin = origin.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>();
    let origin = format!("{} {}", text("language"), origin.join("/"));
    let _ = write!(line, " {}", terminal.paint(DIM, origin.trim()));
    if let Some(event) = row.get("event").and_then(Value::as_str) {
        let _ = write!(line, " {}", terminal.paint(BLUE, &format!("[{event}]")));
    }
    if row.get("event").and_then(Value::as_str) != Some(text("message")) {
        let _ = write!(line, " {}", terminal.paint(Style("0"), text("message")));
    }
    for (key, value) in row.get("metadata").and_then(Value::as_object).into_iter().flatten() {
        let value = match value {
            Value::String(value) => value.clone(),
            other => other.to_string(),
        };
        let _ = write!(line, " {}", terminal.paint(DIM, &format!("{key}={value}")));
    }
    if let Some(error) = row.get("error") {
        error_lines(terminal, error, &mut line);
    }
    line
}

fn error_lines(terminal: &Terminal, error: &Value, line: &mut String) {
    let text = |key: &str| error.get(key).and_then(Value::as_str).unwrap_or_default();
    let head = [text("type"), text("message")];
    let head = head.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    if !head.is_empty() {
        let _ = write!(line, "\n    {}", terminal.paint(RED, &head));
    }
    for part in text("stack").lines() {
        let _ = write!(line, "\n    {}", terminal.paint(DIM, part));
    }
}

/// Nanoseconds are for machines: `…40.123456789Z` becomes `…40.123Z`.
fn milliseconds(time: &str) -> String {
    match time.split_once('.') {
        Some((seconds, fraction)) if fraction.is_ascii() && fraction.len() > 3 => {
            format!("{seconds}.{}Z", &fraction[..3])
        }
        _ => time.to_owned(),
    }
}

fn style(level: &str) -> Style {
    match level {
        "CRITICAL" => RED_BOLD,
        "ERROR" => RED,
        "WARNING" => ORANGE,
        "INFO" => BLUE,
        _ => DIM,
    }
}

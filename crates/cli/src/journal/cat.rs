//! Prints a stream's records as rows.

use std::path::Path;

use dlogs_journal::inspect::{self, Entry};
use dlogs_record::{View, json, time};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::row;
use crate::terminal::Terminal;

/// Prints what is left of a stream, in order; gaps go to standard error.
pub(super) fn cat(
    dir: &Path,
    as_json: bool,
    only_waiting: bool,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let unreadable = |error| Failure::problem(format!("{}: {error}.", dir.display()));
    let segments = inspect::stream(dir).map_err(unreadable)?;
    // The last word on what is done with: a segment knows only of its time.
    let released = segments.iter().map(|segment| segment.released).max().unwrap_or(0);
    for segment in &segments {
        let client = client(&segment.label);
        for entry in segment.entries() {
            match entry {
                Entry::Frame { seq, time_ns, body, .. } => {
                    if only_waiting && seq <= released {
                        continue;
                    }
                    let stream = segment.stream.to_string();
                    let row = row_of(&stream, seq, time_ns, body, &client);
                    if as_json {
                        terminal.json(&row.to_string())?;
                    } else {
                        terminal.line(&row::line(terminal, &row))?;
                    }
                }
                Entry::Gap { from, to, reason, .. } => {
                    let file = segment.path.display();
                    terminal
                        .notice(&format!("{file}: numbers {from} to {to} are {}", reason.name()));
                }
            }
        }
    }
    Ok(())
}

/// The row as the server would show it, as far as the journal knows it.
fn row_of(stream: &str, seq: u64, time_ns: u64, body: &[u8], client: &Map<String, Value>) -> Value {
    let time_ns = i64::try_from(time_ns).unwrap_or(i64::MAX);
    let mut row = Map::new();
    row.insert("id".into(), format!("{time_ns}-{stream}-{seq}").into());
    row.insert("time_ns".into(), time_ns.to_string().into());
    row.insert("time".into(), time::to_rfc3339(time_ns).into());
    match View::parse(body) {
        Ok(view) => {
            let shared = client.get("metadata").and_then(Value::as_object);
            if let Ok(Value::Object(parts)) = serde_json::to_value(json::row(&view, shared)) {
                row.extend(parts);
            }
        }
        // The frame's check is right, so a client wrote this: the server would reject it.
        Err(fault) => {
            row.insert("malformed".into(), fault.to_string().into());
        }
    }
    for key in ["language", "service", "component", "environment", "host", "pid"] {
        if let Some(value) = client.get(key).filter(|value| **value != "") {
            row.insert(key.into(), value.clone());
        }
    }
    row.insert("stream".into(), stream.into());
    row.insert("seq".into(), seq.into());
    Value::Object(row)
}

/// The client's block, which it keeps in every segment.
fn client(label: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(label).unwrap_or_default()
}

//! Rows as files: a JSON object a line, a table, or lines for people.

use std::fmt::Write;

use serde_json::Value;

use super::table::{COLUMNS, cell, text};
use crate::refusal::Refusal;

/// A form of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Ndjson,
    Csv,
    Txt,
}

impl Format {
    pub(super) fn asked(name: &str) -> Result<Self, Refusal> {
        match name {
            "ndjson" | "jsonl" => Ok(Self::Ndjson),
            "csv" => Ok(Self::Csv),
            "txt" => Ok(Self::Txt),
            _ => Err(Refusal::bad(
                "parameter",
                format!("format={name:?} is none of ndjson, csv, txt."),
            )),
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Txt => "txt",
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
        }
    }

    /// What stands above all rows.
    pub(super) fn head(self) -> String {
        match self {
            Self::Csv => format!("{}\r\n", COLUMNS.join(",")),
            _ => String::new(),
        }
    }

    /// Appends a row, which is the JSON of spec/api.md.
    pub(super) fn write(self, row: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Ndjson => {
                out.extend_from_slice(row);
                out.push(b'\n');
            }
            Self::Csv => {
                let row: Value = serde_json::from_slice(row).unwrap_or_default();
                let cells: Vec<String> =
                    COLUMNS.iter().map(|path| cell(&text(&row, path))).collect();
                out.extend_from_slice(cells.join(",").as_bytes());
                out.extend_from_slice(b"\r\n");
            }
            Self::Txt => {
                let row: Value = serde_json::from_slice(row).unwrap_or_default();
                out.extend_from_slice(line(&row).as_bytes());
            }
        }
    }
}

/// `time LEVEL service: message {metadata}`, then the error, a line each; nothing in it moves a terminal's cursor.
fn line(row: &Value) -> String {
    let at = |path| visible(&text(row, path));
    let mut line = format!("{} {:<8} ", at("time"), at("level"));
    let service = at("service");
    if !service.is_empty() {
        line += &format!("{service}: ");
    }
    line += &at("message");
    let metadata = at("metadata");
    if !metadata.is_empty() {
        line += &format!(" {metadata}");
    }
    line.push('\n');
    let (class, message) = (at("error.type"), at("error.message"));
    if !class.is_empty() || !message.is_empty() {
        let _ = writeln!(line, "    {class}: {message}");
    }
    for frame in text(row, "error.stack").lines() {
        let _ = writeln!(line, "    {}", visible(frame));
    }
    line
}

fn visible(text: &str) -> String {
    let each = |c: char| match c {
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    };
    text.chars().map(each).collect()
}

#[cfg(test)]
mod tests;

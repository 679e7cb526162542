//! A row of the query API as a line of a table, as `GET /api/logs/export?format=csv` has it, but for control characters:
//! they are spelled out, so that a record is a line and harmless in a terminal.

use dlogs_server::query::table::{COLUMNS, cell, text};
use serde_json::Value;

use crate::escape::for_terminal;

/// The names of the columns.
pub(crate) fn head() -> String {
    COLUMNS.join(",")
}

/// A row; what it does not have is empty.
pub(crate) fn line(row: &Value) -> String {
    COLUMNS.map(|path| cell(&for_terminal(&text(row, path)))).join(",")
}

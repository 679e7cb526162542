//! `dlogs query`: finds stored records and prints them, oldest first; goes on with what arrives, if asked to.

use std::collections::HashSet;
use std::time::Duration;

use clap::Args;
use serde_json::Value;

use crate::failure::Failure;
use crate::form::Form;
use crate::live::{BUDGET_MAX, Live};
use crate::server::Server;
use crate::terminal::Terminal;
use crate::wanted::Wanted;

/// The most rows in one answer of the API.
const PAGE_MAX: u64 = 1_000;

/// Find stored records
#[derive(Debug, Args)]
pub(crate) struct Query {
    #[command(flatten)]
    wanted: Wanted,

    /// Not before: 15m, 2h, 1d, an RFC 3339 time, or an epoch
    #[arg(
        long,
        visible_alias = "since",
        value_name = "TIME",
        default_value = "",
        hide_default_value = true
    )]
    from: String,

    /// Not after, as --from
    #[arg(
        long,
        visible_alias = "until",
        value_name = "TIME",
        default_value = "",
        hide_default_value = true
    )]
    to: String,

    /// How many at most; the newest ones
    #[arg(long, default_value_t = 100)]
    limit: u64,

    /// Then go on with what arrives, as dlogs tail does
    #[arg(long, short, conflicts_with = "to")]
    follow: bool,

    #[command(flatten)]
    form: Form,

    #[command(flatten)]
    server: Server,
}

impl Query {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let live = Live { server: &self.server, wanted: &self.wanted, budget: BUDGET_MAX };
        // Watched before it is searched: nothing falls between the two.
        let events = if self.follow { Some(live.connect()?) } else { None };
        let found = self.find()?;
        self.form.head(&terminal)?;
        for row in found.rows.iter().rev() {
            self.form.row(&terminal, row)?;
        }
        if found.partial {
            terminal.notice("The server ran out of time before it had looked at everything: ask for a shorter time.");
        }
        let Some(events) = events else { return Ok(()) };
        // What was stored while the search ran comes from both.
        let shown: HashSet<&str> = found.rows.iter().filter_map(id).collect();
        live.watch(&terminal, events, &mut |row| match id(row) {
            Some(id) if shown.contains(id) => Ok(()),
            _ => self.form.row(&terminal, row),
        })
    }

    /// Page after page, newest first.
    fn find(&self) -> Result<Found, Failure> {
        let mut found = Found { rows: Vec::new(), partial: false };
        let mut cursor: Option<String> = None;
        while (found.rows.len() as u64) < self.limit {
            let limit = (self.limit - found.rows.len() as u64).min(PAGE_MAX).to_string();
            let mut parameters = self.wanted.parameters();
            parameters.push(("limit", &limit));
            for (name, value) in [("from", &self.from), ("to", &self.to)] {
                if !value.is_empty() {
                    parameters.push((name, value));
                }
            }
            if let Some(cursor) = &cursor {
                parameters.push(("cursor", cursor));
            }
            let answer = self.server.get("/api/logs", &parameters, Duration::from_secs(30))?;
            let mut answer = self.server.json(answer)?;
            let Some(Value::Array(rows)) = answer.get_mut("rows").map(Value::take) else {
                return Err(self.server.foreign());
            };
            found.partial |= answer.get("partial").and_then(Value::as_bool).unwrap_or(false);
            let none = rows.is_empty();
            found.rows.extend(rows);
            cursor = answer.get("cursor").and_then(Value::as_str).map(str::to_owned);
            if none || cursor.is_none() {
                break;
            }
        }
        Ok(found)
    }
}

fn id(row: &Value) -> Option<&str> {
    row.get("id").and_then(Value::as_str)
}

/// Rows, newest first.
struct Found {
    rows: Vec<Value>,
    partial: bool,
}

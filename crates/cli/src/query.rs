//! `dlogs query`: finds stored records and prints them, oldest first.

use std::time::Duration;

use clap::Args;
use serde_json::Value;

use crate::failure::Failure;
use crate::row;
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

    /// Not before: 15m, 2h, an RFC 3339 time, or an epoch
    #[arg(long, value_name = "TIME", default_value = "", hide_default_value = true)]
    since: String,

    /// Not after, as --since
    #[arg(long, value_name = "TIME", default_value = "", hide_default_value = true)]
    until: String,

    /// How many at most; the newest ones
    #[arg(long, default_value_t = 100)]
    limit: u64,

    /// One JSON object a line
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    server: Server,
}

impl Query {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let found = self.find()?;
        for found in found.rows.iter().rev() {
            if self.json {
                terminal.json(&found.to_string())?;
            } else {
                terminal.line(&row::line(&terminal, found))?;
            }
        }
        if found.partial {
            terminal.notice("The server ran out of time before it had looked at everything: ask for a shorter time.");
        }
        Ok(())
    }

    /// Page after page, newest first.
    fn find(&self) -> Result<Found, Failure> {
        let mut found = Found { rows: Vec::new(), partial: false };
        let mut cursor: Option<String> = None;
        while (found.rows.len() as u64) < self.limit {
            let limit = (self.limit - found.rows.len() as u64).min(PAGE_MAX).to_string();
            let mut parameters = self.wanted.parameters();
            parameters.push(("limit", &limit));
            for (name, value) in [("from", &self.since), ("to", &self.until)] {
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

/// Rows, newest first.
struct Found {
    rows: Vec<Value>,
    partial: bool,
}

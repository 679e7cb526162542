//! How rows are printed: for people, as JSON, as a table.

use clap::Args;
use serde_json::Value;

use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::{csv, row};

/// What the command line says about it; without a word, for people.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Form {
    /// One JSON object a line
    #[arg(long)]
    json: bool,

    /// A table with commas, one record a line
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

impl Form {
    /// What stands above all rows.
    pub(crate) fn head(self, terminal: &Terminal) -> Result<(), Failure> {
        if self.csv {
            terminal.line(&csv::head())?;
        }
        Ok(())
    }

    /// Prints a row.
    pub(crate) fn row(self, terminal: &Terminal, found: &Value) -> Result<(), Failure> {
        if self.json {
            terminal.json(&found.to_string())?;
        } else if self.csv {
            terminal.line(&csv::line(found))?;
        } else {
            terminal.line(&row::line(terminal, found))?;
        }
        Ok(())
    }
}

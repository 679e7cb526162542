//! `dlogs backup DIR`: a consistent copy of a server's data, also while it runs.

use std::path::PathBuf;

use clap::Args;
use dlogs_server::backup::backup;

use crate::failure::Failure;
use crate::serve::Data;
use crate::terminal::Terminal;

/// Copy a server's data into a new directory, also while it runs; to restore, serve the copy
#[derive(Debug, Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    data: Data,

    /// Where the copy goes; missing or empty
    #[arg(value_name = "DIR")]
    into: PathBuf,
}

impl Backup {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let checked = backup(&self.data.dir()?, &self.into).map_err(Failure::problem)?;
        let (parts, records, batches) = (checked.parts, checked.part_records, checked.batches);
        let into = self.into.display().to_string();
        terminal.line(&crate::escape::for_terminal(&format!(
            "Copied and checked: {parts} parts with {records} records, {batches} batches in the queue. To use the copy: dlogs serve --data {into}"
        )))?;
        Ok(())
    }
}

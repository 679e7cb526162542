//! `dlogs check DIR`: reads everything that the server has stored and verifies every checksum.

use std::path::PathBuf;

use clap::Args;
use dlogs_server::check::check;

use crate::failure::Failure;
use crate::terminal::Terminal;

/// Read all of a server's data and verify every checksum; may run beside the server
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The server's directory, as dlogs serve was given it with --data
    #[arg(value_name = "DIR")]
    data: PathBuf,
}

impl Check {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let checked = check(&self.data).map_err(Failure::problem)?;
        for problem in &checked.problems {
            terminal.line(&crate::escape::for_terminal(problem))?;
        }
        let (parts, records, batches) = (checked.parts, checked.part_records, checked.batches);
        terminal.line(&format!(
            "{parts} parts with {records} records and {batches} batches in the queue are sound."
        ))?;
        match checked.problems.len() {
            0 => Ok(()),
            problems => Err(Failure::problem(format!(
                "{problems} problems. A server that runs sets corrupt parts aside by itself; what they held is in a backup, if anywhere."
            ))),
        }
    }
}

//! `dlogs journal`: looks into a journal directory. It changes nothing, also while its process lives.

mod cat;
mod check;
pub(crate) mod streams;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::failure::Failure;
use crate::terminal::Terminal;

/// Look into a journal directory; changes nothing
#[derive(Debug, Args)]
pub(crate) struct Journal {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the records that a journal holds
    Cat {
        #[command(flatten)]
        place: Place,

        /// Only records that the server has not acknowledged yet
        #[arg(long)]
        waiting: bool,
    },
    /// Check every segment and frame; exit code 1 if something is damaged
    Check {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Args)]
struct Place {
    /// A stream's directory, or any directory above
    dir: PathBuf,

    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

impl Journal {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        match self.what {
            What::Cat { place, waiting } => {
                for dir in streams::below(&place.dir)? {
                    cat::cat(&dir, place.json, waiting, &terminal)?;
                }
                Ok(())
            }
            What::Check { place } => {
                let mut damaged = 0;
                for dir in streams::below(&place.dir)? {
                    damaged += check::check(&dir, place.json, &terminal)?;
                }
                match damaged {
                    0 => Ok(()),
                    n => Err(Failure::problem(format!("{n} segments are damaged."))),
                }
            }
        }
    }
}

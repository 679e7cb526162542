//! `dlogs doctor`: looks at everything between a log call and the server, one line a check, and says what to mend.

mod config;
mod journal;
mod network;

use clap::Args;

use crate::failure::Failure;
use crate::terminal::{DIM, GREEN, RED, Terminal};

/// Find out why records do not arrive
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Where clients send to [default: as a client of this directory and environment would]
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    /// The API key [default: as a client would]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// The journal's directory [default: as a client would]
    #[arg(long, value_name = "DIR")]
    journal_dir: Option<String>,
}

/// What one check found.
pub(crate) enum Finding {
    /// As it should be; the text says what was seen.
    Well(String),
    /// Wrong: the exact cause, and the cure.
    Ill { cause: String, cure: String },
    /// Could not be looked at, because of an earlier finding.
    Unknown(&'static str),
}

/// The checks as they are told; counts what is wrong.
pub(crate) struct Report {
    terminal: Terminal,
    ill: usize,
}

impl Doctor {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut report = Report { terminal, ill: 0 };
        if let Some(options) = config::check(&self, &mut report)? {
            network::check(&options, &mut report)?;
            journal::check(&options, &mut report)?;
        }
        match report.ill {
            0 => Ok(()),
            1 => Err(Failure::problem("1 thing is wrong.")),
            n => Err(Failure::problem(format!("{n} things are wrong."))),
        }
    }
}

impl Report {
    /// Prints a finding; true when all is well.
    pub(crate) fn tell(&mut self, what: &str, finding: Finding) -> Result<bool, Failure> {
        let what = format!("{what:<14}");
        let (mark, style, text) = match &finding {
            Finding::Well(seen) => ("✓", GREEN, seen.clone()),
            Finding::Ill { cause, cure } => ("✗", RED, format!("{cause}. {cure}")),
            Finding::Unknown(why) => ("·", DIM, format!("not checked: {why}")),
        };
        let mark = self.terminal.paint(style, mark);
        self.terminal.line(&format!("{mark} {what} {}", crate::escape::for_terminal(&text)))?;
        self.ill += usize::from(matches!(finding, Finding::Ill { .. }));
        Ok(matches!(finding, Finding::Well(_)))
    }
}

//! `dlogs tail`: prints records as they are stored.

use clap::Args;

use crate::failure::Failure;
use crate::form::Form;
use crate::live::Live;
use crate::server::Server;
use crate::terminal::Terminal;
use crate::wanted::Wanted;

/// Show records as they are stored
#[derive(Debug, Args)]
pub(crate) struct Tail {
    #[command(flatten)]
    wanted: Wanted,

    /// Rows a second, 1 to 1000; above it a sample is shown, with every error, and the rest counted
    #[arg(long, default_value_t = 200)]
    budget: u32,

    #[command(flatten)]
    form: Form,

    #[command(flatten)]
    server: Server,
}

impl Tail {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let live = Live { server: &self.server, wanted: &self.wanted, budget: self.budget };
        // The first connection has to work: a wrong address should not look like a quiet service.
        let events = live.connect()?;
        self.form.head(&terminal)?;
        live.watch(&terminal, events, &mut |found| self.form.row(&terminal, found))
    }
}

//! Makes the records of the store's bench, the same for everybody: as lines of JSON, or sent over HTTP. It never measures.
#![forbid(unsafe_code)]

mod batch;
mod dice;
mod form;
mod generate;
mod json;
mod load;
mod process;
mod record;
mod schedule;
mod template;
mod values;

#[cfg(test)]
mod tests;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use record::Records;

/// Records for the bench of the store
#[derive(Parser)]
struct Bench {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Write them to standard output, one JSON object a line, ascending in time
    Generate(Wanted),
    /// Send them to a server over HTTP, and print what was sent as one JSON object
    Load(load::Load),
}

/// Which records. The same numbers give the same records.
#[derive(Args, Clone, Copy)]
struct Wanted {
    /// How many
    #[arg(long, default_value_t = 10_000_000, value_parser = clap::value_parser!(u64).range(1000..))]
    records: u64,

    /// Time of the first one, seconds since 1970 UTC; the others follow a millisecond apart
    #[arg(long)]
    start_s: i64,
}

impl Wanted {
    fn records(self) -> Records {
        Records::new(self.records, self.start_s)
    }
}

fn main() -> ExitCode {
    let done = match Bench::parse().verb {
        Verb::Generate(wanted) => generate::run(&wanted.records()),
        Verb::Load(load) => load.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "dlogs-bench-store: {why}");
            ExitCode::FAILURE
        }
    }
}

//! The binary `dlogs`: one verb a file. It never holds logic that a library should own.
//!
//! Exit codes: 0 done; 1 something is wrong (`doctor`, `journal check`) or cannot be done; 2 the command line is wrong;
//! 3 the server does not answer; 4 the server answered and said no.
#![forbid(unsafe_code)]
#![allow(rustdoc::bare_urls, reason = "clap shows these comments to people as they are")]

mod backup;
mod caret;
mod check;
mod csv;
mod doctor;
mod escape;
mod failure;
mod form;
mod journal;
mod keys;
mod live;
mod query;
mod row;
mod serve;
mod server;
mod ship;
mod stop;
mod tail;
mod terminal;
mod wanted;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;
use terminal::{Colour, Terminal};

/// mimalloc gives memory back and does not slow down with many threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Logs of every language in one place: server, viewer and tools.
#[derive(Parser)]
#[command(name = "dlogs", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Dlogs {
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value = "auto")]
    colour: Colour,

    #[command(subcommand)]
    verb: Verb,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 something is wrong or cannot be done; 2 the command line is wrong; \
    3 the server does not answer; 4 the server answered and said no.";

#[derive(Subcommand)]
enum Verb {
    Serve(serve::Serve),
    Tail(tail::Tail),
    Query(query::Query),
    Doctor(doctor::Doctor),
    Ship(ship::Ship),
    Journal(journal::Journal),
    Keys(keys::Keys),
    Check(check::Check),
    Backup(backup::Backup),
}

fn main() -> ExitCode {
    let Dlogs { colour, verb } = Dlogs::parse();
    let terminal = Terminal::new(colour);
    let done = match verb {
        Verb::Serve(serve) => serve.run(terminal),
        Verb::Tail(tail) => tail.run(terminal),
        Verb::Query(query) => query.run(terminal),
        Verb::Doctor(doctor) => doctor.run(terminal),
        Verb::Ship(ship) => ship.run(terminal),
        Verb::Journal(journal) => journal.run(terminal),
        Verb::Keys(keys) => keys.run(terminal),
        Verb::Check(check) => check.run(terminal),
        Verb::Backup(backup) => backup.run(terminal),
    };
    match done {
        Ok(()) | Err(Failure::NobodyReads) => ExitCode::SUCCESS,
        Err(Failure::Told { exit, sentence, lines }) => {
            terminal.notice(&sentence);
            lines.iter().for_each(|line| terminal.notice(line));
            ExitCode::from(exit as u8)
        }
    }
}

//! Programs that log and die, and programs that log and live.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use dlogs::Logger;

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:1/api/logs";

/// Not a test of its own: the tests run this binary again, with this name and these variables, as a program that dies.
#[test]
fn a_program_that_logs_and_dies() {
    let Some(home) = env::var_os("TEST_DIES_IN") else { return };
    let logger = logger(Path::new(&home));
    for i in 0..env::var("TEST_DIES_AFTER").unwrap().parse::<u32>().unwrap() {
        dlogs::info!(logger, "last words", number = i, text = "\u{1b}[2J");
    }
    // Without destructors, as by a signal.
    std::process::abort();
}

/// A logger with its journal below `home`.
pub(crate) fn logger(home: &Path) -> Logger {
    let logger = Logger::builder().endpoint(NOWHERE).service_name("billing").component_name("dead");
    logger.journal_dir(home.join("journal")).option("batch_interval_ms", 60_000).build().unwrap()
}

/// Lets a program log `n` records and die; gives the directory of its stream.
pub(crate) fn dies(home: &Path, n: u32) -> PathBuf {
    let status = Command::new(env::current_exe().unwrap())
        .args(["--exact", "dead::a_program_that_logs_and_dies"])
        .env("TEST_DIES_IN", home)
        .env("TEST_DIES_AFTER", n.to_string())
        .output()
        .unwrap();
    assert!(!status.status.success());
    let service = only_entry(&home.join("journal"));
    let streams: Vec<_> =
        fs::read_dir(service).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut streams = streams.into_iter().filter(|path| path.to_string_lossy().ends_with(".0"));
    streams.next().unwrap()
}

fn only_entry(dir: &Path) -> PathBuf {
    let entries: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries[0].clone()
}

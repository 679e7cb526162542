//! A program to be killed: threads that log distinct ids and note, in a file that outlives them, which calls have returned.
//!
//! `kill_me ENDPOINT JOURNAL_DIR SIDE_FILE LIFE THREADS`. Thread t logs `LIFE.t.1`, `LIFE.t.2` …; after a call has returned
//! `accepted`, cell t of the side file (u64, little-endian) gets the number. When stdin ends, the threads stop, everything is
//! sent, streams of killed lives too, and the exit code is 0.
#![allow(clippy::print_stderr, reason = "a program for people")]

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dlogs::{Logger, Outcome, info};

const USAGE: &str = "usage: kill_me ENDPOINT JOURNAL_DIR SIDE_FILE LIFE THREADS";
const PATIENCE: Duration = Duration::from_secs(280);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("kill_me: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, journal, side, life, threads] = given.as_slice() else {
        return Err(USAGE.to_owned());
    };
    let threads: u64 = threads.parse().map_err(|_| USAGE)?;
    let cells = (0..threads)
        .map(|number| cell(Path::new(side), number).map_err(|e| format!("{side}: {e}")))
        .collect::<Result<Vec<_>, _>>()?;
    let logger = Logger::builder()
        .endpoint(endpoint)
        .service_name("kills")
        .component_name("rust")
        .journal_dir(journal)
        .batch_interval_ms(20)
        .option("journal", "disk")
        .option("retry_initial_ms", 20)
        .option("retry_max_ms", 500)
        .build()
        .map_err(|error| error.to_string())?;
    let stop = AtomicBool::new(false);
    let deadline = thread::scope(|scope| {
        for (number, cell) in cells.into_iter().enumerate() {
            let (logger, stop) = (&logger, &stop);
            scope.spawn(move || log(logger, cell, stop, life, number));
        }
        let _ = io::stdin().read_to_end(&mut Vec::new());
        stop.store(true, Ordering::Relaxed);
        Instant::now() + PATIENCE
    });
    let left = logger.flush(deadline.saturating_duration_since(Instant::now()));
    if left > 0 {
        return Err(format!("{left} records were not acknowledged in time"));
    }
    // Other lives' streams are shipped beside our own; their directories go when they are.
    let own = logger.stream();
    while others(Path::new(journal), &own) > 0 {
        if Instant::now() > deadline {
            return Err("streams of killed lives were not shipped in time".to_owned());
        }
        thread::sleep(Duration::from_millis(20));
    }
    logger.close();
    Ok(())
}

/// The side file, open at a thread's cell.
fn cell(side: &Path, number: u64) -> io::Result<File> {
    let mut file = File::options().write(true).open(side)?;
    file.seek(SeekFrom::Start(number * 8))?;
    Ok(file)
}

fn log(logger: &Logger, mut cell: File, stop: &AtomicBool, life: &str, number: usize) {
    let mut n = 1_u64;
    while !stop.load(Ordering::Relaxed) {
        if let Outcome::Accepted(_) = info!(logger, "{life}.{number}.{n}", thread = number) {
            // The page cache keeps what was written whatever becomes of the process, as shared memory does.
            let noted = cell.write_all(&n.to_le_bytes()).and_then(|()| cell.seek_relative(-8));
            if noted.is_err() {
                return;
            }
            n += 1;
        }
        // A pace that a server on the same two cores can follow.
        thread::sleep(Duration::from_micros(100));
    }
}

/// Directories of streams below the root that are not our own.
fn others(root: &Path, own: &str) -> usize {
    let folders = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten();
    let is_stream = |name: &str| name.len() > 33 && name.as_bytes()[32] == b'.' && name != own;
    folders(root)
        .flat_map(|service| folders(&service.path()).collect::<Vec<_>>())
        .filter(|entry| entry.file_name().to_str().is_some_and(is_stream))
        .count()
}

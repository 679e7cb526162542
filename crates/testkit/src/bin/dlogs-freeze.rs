//! Stops logging processes in mid-append for longer than their sender's patience, continues them, and counts what arrived.
//! Every process is this program again: `dlogs-freeze logger …`.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use dlogs::{Logger, Outcome};
use dlogs_testkit::arguments::Arguments;
use dlogs_testkit::chance::Chance;
use dlogs_testkit::row;
use dlogs_testkit::scripted::Scripted;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

const USAGE: &str = "usage: dlogs-freeze [--rounds 1] [--processes 6] [--freeze-ms 11000]";

/// Threads of a process, each logging as fast as it can, so that a stop often finds one in mid-append.
const THREADS: u64 = 2;
/// How long they log, frozen time included.
const BURST: Duration = Duration::from_millis(60);

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["logger", endpoint, journal, name] => logger(endpoint, journal, name),
        _ => run(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("dlogs-freeze: {why}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, String> {
    let given = Arguments::read(USAGE)?;
    let (rounds, processes): (u64, u64) = (given.or("rounds", 1)?, given.or("processes", 6)?);
    let freeze = Duration::from_millis(given.or("freeze-ms", 11_000)?);
    let (mut chance, seed) = Chance::new();
    println!(
        "{rounds} rounds of {processes} processes, frozen for {} ms, seed {seed}",
        freeze.as_millis()
    );
    let scratch = std::env::temp_dir().join(format!("dlogs-freeze-{}", std::process::id()));
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let mut failed = 0;
    for round in 0..rounds {
        failed += u64::from(!one_round(round, processes, freeze, &mut chance, &scratch)?);
    }
    println!("{} passed, {failed} failed", rounds - failed);
    drop(fs::remove_dir_all(&scratch));
    Ok(failed == 0)
}

fn one_round(
    round: u64,
    processes: u64,
    freeze: Duration,
    chance: &mut Chance,
    scratch: &Path,
) -> Result<bool, String> {
    let server = Scripted::start(Vec::new()).map_err(|error| error.to_string())?;
    let names: Vec<String> = (0..processes).map(|number| format!("r{round}p{number}")).collect();
    let children: Result<Vec<Child>, String> =
        names.iter().map(|name| start(&server.endpoint(), scratch, name)).collect();
    let mut children = children?;
    // All have opened their journals by then, and wait for the end of their stdin.
    thread::sleep(Duration::from_millis(500));
    for child in &mut children {
        drop(child.stdin.take());
        thread::sleep(chance.pause(1, 20));
        signal(child, Signal::STOP)?;
    }
    thread::sleep(freeze);
    for child in &children {
        signal(child, Signal::CONT)?;
    }
    let mut told = HashMap::new();
    for (name, child) in names.iter().zip(children) {
        let output = child.wait_with_output().map_err(|error| error.to_string())?;
        let report: Value =
            serde_json::from_slice(&output.stdout).map_err(|_| format!("{name} failed"))?;
        told.insert(name.as_str(), report);
    }
    Ok(judge(round, &told, &server))
}

/// Every accepted id once, and no other.
fn judge(round: u64, told: &HashMap<&str, Value>, server: &Scripted) -> bool {
    let seen = server.seen();
    let mut stored: HashMap<String, u64> = HashMap::new();
    let mut torn = 0;
    for stream in seen.streams() {
        torn += stream
            .losses
            .iter()
            .filter(|(_, why)| *why == "torn")
            .map(|((a, b), _)| b - a + 1)
            .sum::<u64>();
        for frame in stream.records.values() {
            let id = row::message(&frame.body).as_str().unwrap_or_default().to_owned();
            *stored.entry(id).or_default() += 1;
        }
    }
    let (mut accepted, mut missing) = (0, 0);
    for (name, report) in told {
        for number in 0..THREADS {
            let last = report["accepted"][number as usize].as_u64().unwrap_or(0);
            accepted += last;
            let ids = (1..=last).map(|n| format!("{name}.{number}.{n}"));
            missing += ids.filter(|id| stored.remove(id) != Some(1)).count();
        }
    }
    println!(
        "round {round}: accepted {accepted}, missing or twice {missing}, invented {}, frames killed {torn}",
        stored.len()
    );
    accepted > 0 && missing == 0 && stored.is_empty()
}

fn start(endpoint: &str, scratch: &Path, name: &str) -> Result<Child, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let journal = scratch.join("journal").to_string_lossy().into_owned();
    let mut command = Command::new(own);
    command.args(["logger", endpoint, &journal, name]).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().map_err(|error| error.to_string())
}

fn signal(child: &Child, signal: Signal) -> Result<(), String> {
    kill_process(Pid::from_child(child), signal).map_err(|error| error.to_string())
}

/// One process: opens, waits for the end of stdin, logs for the time of a burst, ships everything, and tells what was accepted.
fn logger(endpoint: &str, journal: &str, name: &str) -> Result<bool, String> {
    let logger = Logger::builder()
        .endpoint(endpoint)
        .service_name("freeze")
        .journal_dir(journal)
        .batch_interval_ms(5)
        .build()
        .map_err(|error| error.to_string())?;
    logger.start();
    let barrier = Barrier::new(THREADS as usize + 1);
    let accepted: Vec<u64> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|number| {
                let (logger, barrier) = (&logger, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    log(logger, name, number)
                })
            })
            .collect();
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        barrier.wait();
        threads.into_iter().map(|thread| thread.join().unwrap_or(0)).collect()
    });
    let waiting = logger.flush(Duration::from_secs(60));
    println!("{}", json!({"accepted": accepted, "waiting": waiting}));
    logger.close();
    Ok(true)
}

fn log(logger: &Logger, name: &str, number: u64) -> u64 {
    let (begun, mut n) = (Instant::now(), 1);
    while begun.elapsed() < BURST {
        if let Outcome::Accepted(_) = dlogs::info!(logger, "{name}.{number}.{n}") {
            n += 1;
        }
    }
    n - 1
}

//! Plays spec/cases against one language's driver and prints a line per case. It never looks into the language.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use dlogs_testkit::case::{self, Case};
use dlogs_testkit::driver::{Driver, DriverCommand};
use dlogs_testkit::play::play;
use serde_json::{Value, json};

const USAGE: &str =
    "usage: dlogs-cases --driver \"CMD ARGS\" [--case NAME-PART] [--jobs 4] [--list] [spec/cases]";

struct Wish {
    driver: Option<String>,
    part: String,
    jobs: usize,
    list: bool,
    cases: PathBuf,
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("dlogs-cases: {why}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, String> {
    let wish = parse(std::env::args().skip(1))?;
    let mut cases = case::read(&wish.cases)?;
    cases.retain(|case| case.name.contains(&wish.part));
    let width = cases.iter().map(|case| case.name.len()).max().unwrap_or(0);
    if wish.list {
        cases.iter().for_each(|case| println!("{:width$}  {}", case.name, case.sentence));
        println!("{} cases", cases.len());
        return Ok(true);
    }
    let command = DriverCommand::parse(&wish.driver.ok_or(USAGE)?);
    let scratch = std::env::temp_dir().join(format!("dlogs-cases-{}", std::process::id()));
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let can = abilities(&command, &scratch)?;
    cases.retain(|case| case.needs.iter().all(|need| can.contains(need)));
    let failed = play_all(&cases, &command, &scratch, wish.jobs, width);
    println!("{} passed, {failed} failed", cases.len() - failed);
    if failed == 0 {
        // What a failed case left behind is worth a look; it stays.
        drop(fs::remove_dir_all(&scratch));
    }
    Ok(failed == 0 && !cases.is_empty())
}

/// `--jobs` threads take the cases from one list; lines are printed whole, in the order in which cases end.
fn play_all(
    cases: &[Case],
    command: &DriverCommand,
    scratch: &Path,
    jobs: usize,
    width: usize,
) -> usize {
    let (next, failed, out) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(()));
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let dir = scratch.join(case.name.replace('/', "-"));
            let result = play(case, command, &dir);
            let _whole = out.lock();
            match result {
                Ok(()) => println!("ok    {:width$}  {}", case.name, case.sentence),
                Err(why) => {
                    failed.fetch_add(1, Ordering::Relaxed);
                    println!("FAIL  {:width$}  {}\n      {why}", case.name, case.sentence);
                    println!("      left in {}", dir.display());
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(work);
        }
    });
    failed.into_inner()
}

fn abilities(command: &DriverCommand, scratch: &Path) -> Result<BTreeSet<String>, String> {
    let dir = scratch.join("hello");
    fs::create_dir_all(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let mut driver = Driver::start(command, &dir, [])?;
    let hello =
        driver.ask(&json!({"op": "hello"})).map_err(|why| format!("{why}\n{}", driver.stderr()))?;
    let list = hello["can"].as_array().cloned().unwrap_or_default();
    Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Wish, String> {
    let (driver, part, cases) = (None, String::new(), PathBuf::from("spec/cases"));
    let mut wish = Wish { driver, part, jobs: 4, list: false, cases };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value\n{USAGE}"));
        match word.as_str() {
            "--driver" => wish.driver = Some(value()?),
            "--case" => wish.part = value()?,
            "--jobs" => {
                wish.jobs = value()?.parse().map_err(|_| "--jobs is a number".to_owned())?
            }
            "--list" => wish.list = true,
            flag if flag.starts_with('-') => return Err(format!("{flag} is not known\n{USAGE}")),
            path => wish.cases = PathBuf::from(path),
        }
    }
    Ok(wish)
}

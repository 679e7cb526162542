//! Runs every language's demo client against a server that is killed twice, and reads back what arrived. One line a language.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use dlogs_testkit::arguments::Arguments;
use dlogs_testkit::readback;
use dlogs_testkit::served::Served;
use serde::Deserialize;

const USAGE: &str = "usage: dlogs-demo-check [--count 2000] [--dlogs target/debug/dlogs] [--clients tests/demo.json] [--only rust,python]";

/// A client that is not done by then is stuck.
const PATIENCE: Duration = Duration::from_secs(120);

/// A language of tests/demo.json.
#[derive(Deserialize)]
struct Demo {
    language: String,
    command: Vec<String>,
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("demo check: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool, String> {
    let given = Arguments::read(USAGE)?;
    let count: u64 = given.or("count", 2000)?;
    let dlogs: PathBuf = given.or("dlogs", PathBuf::from("target/debug/dlogs"))?;
    let demos = demos(
        &given.or("clients", PathBuf::from("tests/demo.json"))?,
        &given.or("only", String::new())?,
    )?;
    let scratch = std::env::temp_dir().join(format!("dlogs-demo-check-{}", std::process::id()));
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;

    let mut served = Served::start(&dlogs, &scratch.join("data"))?;
    let clients: Vec<_> =
        demos.iter().map(|demo| start(demo, count, &served.endpoint(), &scratch)).collect();
    for _ in 0..2 {
        // In the middle of the clients' bursts: they take count / 50 bursts of 50 ms.
        thread::sleep(Duration::from_millis((count / 50 * 50 / 3).min(5_000)));
        served.kill();
        thread::sleep(Duration::from_millis(300));
        served.restart()?;
    }
    let accepted: Vec<_> = clients.into_iter().map(|client| client.and_then(finish)).collect();
    let kept = readback::all(&served.base(), "demo-check")?;
    let counts = readback::counted(&kept);
    let mut passed = 0;
    for (demo, accepted) in demos.iter().zip(accepted) {
        passed += usize::from(judge(&demo.language, count, &accepted, &counts));
    }
    println!("{passed} passed, {} failed", demos.len() - passed);
    drop(served);
    drop(fs::remove_dir_all(&scratch));
    Ok(passed == demos.len())
}

fn demos(path: &Path, only: &str) -> Result<Vec<Demo>, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| told(&error))?;
    let mut demos: Vec<Demo> = serde_json::from_str(&text).map_err(|error| told(&error))?;
    demos.retain(|demo| only.is_empty() || only.split(',').any(|name| name == demo.language));
    if demos.is_empty() { Err(told(&"no language to check")) } else { Ok(demos) }
}

fn start(demo: &Demo, count: u64, endpoint: &str, scratch: &Path) -> Result<Child, String> {
    let (program, arguments) = demo.command.split_first().ok_or("its command is empty")?;
    Command::new(program)
        .args(arguments)
        .args(["--check", &count.to_string()])
        .env("DLOGS_ENDPOINT", endpoint)
        .env("DLOGS_JOURNAL_DIR", scratch.join("journal"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| {
            format!("{program} cannot be started ({error}); is its toolchain installed and built?")
        })
}

/// What the client says it accepted, once it has ended well.
fn finish(mut child: Child) -> Result<u64, String> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline && matches!(child.try_wait(), Ok(None)) {
        thread::sleep(Duration::from_millis(10));
    }
    drop(child.kill());
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("the client ended with {}: {}", output.status, text.trim()));
    }
    let said = text.lines().find_map(|line| line.strip_prefix("accepted ")?.trim().parse().ok());
    said.ok_or_else(|| format!("the client did not say `accepted <number>`, but: {}", text.trim()))
}

fn judge(
    language: &str,
    count: u64,
    accepted: &Result<u64, String>,
    counts: &HashMap<&str, u64>,
) -> bool {
    let accepted = match accepted {
        Ok(accepted) => *accepted,
        Err(why) => {
            println!("{language:<8}FAILED  {why}");
            return false;
        }
    };
    let of = |n: u64| counts.get(format!("{language}-{n}").as_str()).copied().unwrap_or(0);
    let stored = (1..=count).filter(|n| of(*n) > 0).count() as u64;
    let duplicates: u64 = (1..=count).map(|n| of(n).saturating_sub(1)).sum();
    let lost = accepted.saturating_sub(stored);
    println!(
        "{language:<8}accepted {accepted}  stored {stored}  duplicates {duplicates}  lost {lost}"
    );
    accepted == count && stored == count && duplicates == 0
}

//! Logs at a steady rate while the server is away, beside a control that only keeps the pace; then everything must arrive.
//! Every turn is a process of its own: `dlogs-outage turn …` is that process.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use dlogs::Logger;
use dlogs_testkit::arguments::Arguments;
use dlogs_testkit::own_time::Moment;
use dlogs_testkit::readback::{self, Kept};
use dlogs_testkit::served::Served;
use serde_json::{Value, json};

const USAGE: &str =
    "usage: dlogs-outage [--rounds 10] [--seconds 30] [--rate 10000] [--dlogs target/debug/dlogs]";

/// A call that took longer is slow.
const SLOW: Duration = Duration::from_millis(1);
/// Slow calls that we may have beyond the control's, over all rounds. Those that the machine made slow, not we, are told apart.
const SLOW_CALLS: u64 = 3;
/// How much the resident memory may grow while the server is away.
const GROWTH_KB: u64 = 16 * 1024;
/// How long the flush after the outage may take.
const RECOVERY: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["turn", endpoint, journal, name, rate, seconds] => {
            turn(endpoint, journal, name, rate, seconds)
        }
        _ => run(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("dlogs-outage: {why}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, String> {
    let given = Arguments::read(USAGE)?;
    let (rounds, seconds): (u64, u64) = (given.or("rounds", 10)?, given.or("seconds", 30)?);
    let (rate, dlogs): (u64, PathBuf) =
        (given.or("rate", 10_000)?, given.or("dlogs", "target/debug/dlogs".into())?);
    let scratch = std::env::temp_dir().join(format!("dlogs-outage-{}", std::process::id()));
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let mut served = Served::start(&dlogs, &scratch.join("data"))?;
    let (mut slow, mut slow_control, mut failed) = (0, 0, 0);
    for round in 0..rounds {
        let names = [format!("ours-{round}"), format!("control-{round}")];
        // The order alternates, so that a machine that drifts favours nobody.
        let order = if round % 2 == 0 { [0, 1] } else { [1, 0] };
        let mut results = [Value::Null, Value::Null];
        for which in order {
            let child = start(&served.endpoint(), &scratch, &names[which], rate, seconds)?;
            if which == 0 {
                // Away from before the first record until the last one is logged.
                served.kill();
                thread::sleep(Duration::from_secs(seconds + 1));
                served.restart()?;
            }
            let output = child.wait_with_output().map_err(|error| error.to_string())?;
            results[which] = serde_json::from_slice(&output.stdout)
                .map_err(|_| format!("{} failed", names[which]))?;
        }
        slow += results[0]["slow"].as_u64().unwrap_or(0);
        slow_control += results[1]["slow"].as_u64().unwrap_or(0);
        let kept = readback::all(&served.base(), &names[0])?;
        failed += judge(round, &results[0], &results[1], &kept);
    }
    let slow_ok = slow <= slow_control + SLOW_CALLS;
    println!(
        "calls above 1 ms: ours {slow}, control {slow_control}, allowed {}",
        slow_control + SLOW_CALLS
    );
    failed += u64::from(!slow_ok);
    println!("{} passed, {failed} failed", rounds * 3 + 1 - failed);
    drop(served);
    drop(fs::remove_dir_all(&scratch));
    Ok(failed == 0)
}

fn start(
    endpoint: &str,
    scratch: &Path,
    name: &str,
    rate: u64,
    seconds: u64,
) -> Result<std::process::Child, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let journal = scratch.join("journal").to_string_lossy().into_owned();
    Command::new(own)
        .args(["turn", endpoint, &journal, name, &rate.to_string(), &seconds.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())
}

/// Delivered, in order, memory flat: the number of these that do not hold.
fn judge(round: u64, ours: &Value, control: &Value, kept: &[Kept]) -> u64 {
    let accepted = ours["accepted"].as_u64().unwrap_or(0);
    let offered = ours["calls"].as_u64().unwrap_or(1);
    let once = readback::counted(kept).values().all(|count| *count == 1);
    let delivered = accepted == offered && kept.len() as u64 == offered && once;
    let mut streams: HashMap<&str, Vec<(u64, u64)>> = HashMap::new();
    for record in kept {
        let number = record.message.rsplit(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        streams.entry(&record.stream).or_default().push((record.seq, number));
    }
    let ordered = streams.values_mut().all(|records| {
        records.sort_unstable();
        records.windows(2).all(|pair| pair[0].1 < pair[1].1)
    });
    let growth = ours["growth_kb"].as_u64().unwrap_or(u64::MAX);
    println!(
        "round {round}: offered {offered}, accepted {accepted}, stored {}, in order {ordered}, memory +{growth} KiB, \
         above 1 ms {} (control {}), by the machine {} (control {}), slowest call of our own {} µs, delivered {} ms after the end",
        kept.len(),
        ours["slow"],
        control["slow"],
        ours["slow_by_machine"],
        control["slow_by_machine"],
        ours["max_us"],
        ours["flush_ms"],
    );
    u64::from(!delivered) + u64::from(!ordered) + u64::from(growth > GROWTH_KB)
}

/// One process: logs (or, as the control, does nothing) in bursts every millisecond, and tells how long the calls took.
fn turn(
    endpoint: &str,
    journal: &str,
    name: &str,
    rate: &str,
    seconds: &str,
) -> Result<bool, String> {
    let number = |text: &str| text.parse::<u64>().map_err(|error| format!("{text}: {error}"));
    let (per_ms, seconds) = ((number(rate)? / 1000).max(1), number(seconds)?);
    let logger =
        if name.starts_with("control") { None } else { Some(open(endpoint, journal, name)?) };
    thread::sleep(Duration::from_millis(200));
    let (mut slow, mut slow_by_machine, mut max) = (0_u64, 0_u64, Duration::ZERO);
    let (mut accepted, mut n) = (0_u64, 0_u64);
    let (before_kb, begun) = (resident_kb(), Instant::now());
    let mut peak_kb = before_kb;
    for tick in 0..seconds * 1000 {
        thread::sleep(Duration::from_millis(tick).saturating_sub(begun.elapsed()));
        let woken = Moment::now();
        for _ in 0..per_ms {
            n += 1;
            let called = Instant::now();
            if let Some(logger) = &logger {
                let outcome = dlogs::info!(
                    logger,
                    "outage {n}",
                    user = 12345,
                    path = "/api/orders",
                    ok = true
                );
                accepted += u64::from(matches!(outcome, dlogs::Outcome::Accepted(_)));
            } else {
                black_box(n);
            }
            let took = called.elapsed();
            let own = if took > SLOW { woken.own(Moment::now(), took) } else { took };
            slow += u64::from(own > SLOW);
            slow_by_machine += u64::from(took > SLOW && own <= SLOW);
            max = max.max(own);
        }
        if tick % 1000 == 999 {
            peak_kb = peak_kb.max(resident_kb());
        }
    }
    let ended = Instant::now();
    let waiting = logger.map_or(0, |logger| {
        logger.flush(RECOVERY);
        logger.close().waiting
    });
    let told = json!({
        "calls": n, "accepted": accepted, "waiting": waiting, "slow": slow, "slow_by_machine": slow_by_machine, "max_us": max.as_micros() as u64,
        "growth_kb": peak_kb - before_kb, "flush_ms": ended.elapsed().as_millis() as u64,
    });
    println!("{told}");
    Ok(true)
}

fn open(endpoint: &str, journal: &str, name: &str) -> Result<Logger, String> {
    let logger = Logger::builder()
        .endpoint(endpoint)
        .service_name(name)
        .journal_dir(journal)
        .option("retry_max_ms", 1000)
        .build()
        .map_err(|error| error.to_string())?;
    logger.start();
    Ok(logger)
}

fn resident_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

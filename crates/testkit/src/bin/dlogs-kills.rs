//! Kills logging clients, and the server under them, at random moments, and then looks whether anything is missing or doubled.
//! The kill_me programs are described in tests/README.md.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dlogs_testkit::arguments::Arguments;
use dlogs_testkit::chance::Chance;
use dlogs_testkit::readback::{self, Kept};
use dlogs_testkit::served::Served;
use dlogs_testkit::side::Side;

const USAGE: &str = "usage: dlogs-kills --client rust|python --command \"PROGRAM ARGS\" \
    [--kills 50] [--server-kills 0] [--threads 4] [--dlogs target/debug/dlogs]";

/// The server makes parts and merges them all the time, so that it is killed in the middle of that, too.
const BUSY: &[&str] = &["--seal-seconds", "1", "--housekeeping-ms", "50"];
/// A life that has not logged by then has failed to start.
const START: Duration = Duration::from_secs(30);

/// The last life is not killed: it ships what all the others left.
const LAST_LIFE: Duration = Duration::from_secs(300);

struct Plan {
    client: String,
    command: Vec<String>,
    kills: u64,
    server_kills: u64,
    threads: usize,
    dlogs: PathBuf,
}

/// What was seen to be wrong besides the records.
#[derive(Default)]
struct Faults {
    failed_starts: AtomicU64,
    sentences: Mutex<Vec<String>>,
}

impl Faults {
    fn tell(&self, sentence: String) {
        self.failed_starts.fetch_add(1, Ordering::Relaxed);
        if let Ok(mut sentences) = self.sentences.lock() {
            sentences.push(sentence);
        }
    }
}

fn main() -> ExitCode {
    match plan().and_then(|plan| run(&plan)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("dlogs-kills: {why}");
            ExitCode::from(2)
        }
    }
}

fn plan() -> Result<Plan, String> {
    let given = Arguments::read(USAGE)?;
    let command: String = given.or("command", String::new())?;
    let plan = Plan {
        client: given.or("client", "rust".to_owned())?,
        command: command.split_whitespace().map(str::to_owned).collect(),
        kills: given.or("kills", 50)?,
        server_kills: given.or("server-kills", 0)?,
        threads: given.or("threads", 4)?,
        dlogs: given.or("dlogs", PathBuf::from("target/debug/dlogs"))?,
    };
    if plan.command.is_empty() { Err(USAGE.to_owned()) } else { Ok(plan) }
}

fn run(plan: &Plan) -> Result<bool, String> {
    let (mut chance, seed) = Chance::new();
    let scratch = scratch("dlogs-kills")?;
    let notes = Path::new("/dev/shm").join(scratch.file_name().unwrap_or_default());
    fs::create_dir_all(&notes).map_err(|error| format!("{}: {error}", notes.display()))?;
    println!(
        "{}: {} kills, {} of the server, seed {seed}",
        plan.client, plan.kills, plan.server_kills
    );

    let faults = Faults::default();
    let served = Mutex::new(Served::start_with(&plan.dlogs, &scratch.join("data"), BUSY)?);
    let endpoint = lock(&served).endpoint();
    let killer = Chance::new().0;
    let mut sides = Vec::new();
    thread::scope(|scope| {
        scope.spawn(|| kill_server(&served, plan.server_kills, killer, &faults));
        for life in 0..plan.kills {
            let side = Side::create(&notes, life)?;
            let mut child = start(plan, &endpoint, &scratch, &side, life)?;
            // Four of five are killed while they log, however long the language takes to start; the fifth at any moment.
            if chance.between(0, 4) > 0 && !has_begun(&side, &mut child) {
                faults.tell(format!("life {life} did not log within {} s", START.as_secs()));
            }
            thread::sleep(chance.pause(3, 300));
            if let Ok(Some(status)) = child.try_wait() {
                faults.tell(format!("life {life} ended by itself: {status}"));
            }
            drop(child.kill());
            drop(child.wait());
            sides.push(side);
        }
        Ok::<(), String>(())
    })?;
    lock(&served).restart()?;
    let side = Side::create(&notes, plan.kills)?;
    let shipped = ship(plan, &endpoint, &scratch, &side);
    sides.push(side);
    if let Err(why) = shipped {
        faults.tell(why);
    }

    let slowest = lock(&served).starts.iter().max().copied().unwrap_or_default();
    let kept = readback::all(&lock(&served).base(), "kills")?;
    let passed = judge(plan, &sides, &kept, &faults, slowest)?;
    if passed {
        drop(fs::remove_dir_all(&scratch));
    } else {
        println!("left in {}", scratch.display());
    }
    drop(fs::remove_dir_all(&notes));
    Ok(passed)
}

/// Waits for the first noted record; false if the process ends or the time is over before.
fn has_begun(side: &Side, child: &mut Child) -> bool {
    let deadline = Instant::now() + START;
    while Instant::now() < deadline && matches!(child.try_wait(), Ok(None)) {
        if side.noted(1).is_ok_and(|noted| noted[0] > 0) {
            return true;
        }
        thread::sleep(Duration::from_millis(1));
    }
    false
}

/// Kills the server at random moments, sometimes while it starts.
fn kill_server(served: &Mutex<Served>, kills: u64, mut chance: Chance, faults: &Faults) {
    for number in 0..kills {
        thread::sleep(chance.pause(20, 600));
        let mut served = lock(served);
        served.kill();
        if chance.between(0, 3) == 0 {
            drop(served.launch());
            thread::sleep(chance.pause(1, 80));
        }
        if let Err(why) = served.restart() {
            faults.tell(format!("server kill {number}: {why}"));
        }
    }
}

fn start(
    plan: &Plan,
    endpoint: &str,
    scratch: &Path,
    side: &Side,
    life: u64,
) -> Result<Child, String> {
    let errors = scratch.join("clients.stderr");
    let errors =
        File::options().create(true).append(true).open(&errors).map_err(|e| e.to_string())?;
    let mut command = Command::new(&plan.command[0]);
    command
        .args(&plan.command[1..])
        .arg(endpoint)
        .arg(scratch.join("journal"))
        .arg(&side.path)
        .arg(life.to_string())
        .arg(plan.threads.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(errors);
    command.spawn().map_err(|error| format!("{}: {error}", plan.command[0]))
}

/// The last life: its stdin is closed at once, so that it ships everything and ends.
fn ship(plan: &Plan, endpoint: &str, scratch: &Path, side: &Side) -> Result<(), String> {
    let mut child = start(plan, endpoint, scratch, side, plan.kills)?;
    thread::sleep(Duration::from_millis(200));
    drop(child.stdin.take());
    let deadline = Instant::now() + LAST_LIFE;
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                return Err(format!("the last life did not ship everything: {status}"));
            }
            _ => thread::sleep(Duration::from_millis(20)),
        }
    }
    drop(child.kill());
    drop(child.wait());
    Err(format!("the last life did not end within {} s", LAST_LIFE.as_secs()))
}

/// Every noted id once; at most one id a thread beyond the noted ones: the call that the kill interrupted.
fn judge(
    plan: &Plan,
    sides: &[Side],
    kept: &[Kept],
    faults: &Faults,
    slowest: Duration,
) -> Result<bool, String> {
    let counts = readback::counted(kept);
    let (mut noted, mut missing, mut silent) = (0, Vec::new(), 0);
    let mut highest: HashMap<(u64, usize), u64> = HashMap::new();
    for (life, side) in sides.iter().enumerate() {
        let cells = side.noted(plan.threads)?;
        silent += u64::from(cells.iter().all(|n| *n == 0));
        for (number, last) in cells.iter().enumerate() {
            highest.insert((life as u64, number), *last);
            noted += last;
            let ids = (1..=*last).map(|n| format!("{life}.{number}.{n}"));
            missing.extend(ids.filter(|id| !counts.contains_key(id.as_str())));
        }
    }
    let doubled: Vec<_> =
        counts.iter().filter(|(_, count)| **count > 1).map(|(id, _)| *id).collect();
    let invented = counts.keys().filter(|id| invented(id, &highest)).count();
    let failed_starts = faults.failed_starts.load(Ordering::Relaxed);
    println!(
        "{}: killed {}, server killed {}, noted {noted}, stored {}, missing {}, duplicates {}, invented {invented}, \
         failed starts {failed_starts}, killed before the first record {silent}, slowest server start {} ms",
        plan.client,
        plan.kills,
        plan.server_kills,
        kept.len(),
        missing.len(),
        doubled.len(),
        slowest.as_millis(),
    );
    missing.iter().take(10).for_each(|id| println!("  missing {id}"));
    doubled.iter().take(10).for_each(|id| println!("  twice {id}"));
    lock(&faults.sentences).iter().take(10).for_each(|sentence| println!("  {sentence}"));
    let checks =
        [noted > 0, missing.is_empty(), doubled.is_empty(), invented == 0, failed_starts == 0];
    let passed = checks.iter().filter(|check| **check).count();
    println!("{passed} passed, {} failed", checks.len() - passed);
    Ok(passed == checks.len())
}

fn invented(id: &str, highest: &HashMap<(u64, usize), u64>) -> bool {
    let mut parts = id.split('.').map(str::parse::<u64>);
    let (Some(Ok(life)), Some(Ok(thread)), Some(Ok(n))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return true;
    };
    highest.get(&(life, thread as usize)).is_none_or(|noted| n > noted + 1)
}

fn scratch(name: &str) -> Result<PathBuf, String> {
    let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

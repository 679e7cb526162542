//! SIGKILL at a random instant: every record whose append had returned is found, byte for byte, and none twice. `KILLS` says how
//! often. The child is this same test binary; what it was told goes to a file that it maps, which outlives it.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    collections::HashMap,
    fs::File,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use dlogs_journal::{Journal, Limits, Refusal, Settings, Taken};
use memmap2::{MmapOptions, MmapRaw};
use support::{ALL, bodies, number};

const LIMITS: Limits = Limits { max_records: 100, max_bytes: 1 << 20 };
const THREADS: usize = 4;
/// Slots of the side log for each thread: a slot holds the sequence number that the n-th append returned.
const SLOTS: usize = 1 << 20;

struct SideLog {
    map: MmapRaw,
}

impl SideLog {
    fn open(path: &Path) -> Self {
        let file =
            File::options().read(true).write(true).create(true).truncate(false).open(path).unwrap();
        file.set_len(((THREADS * SLOTS + 1) * 8) as u64).unwrap();
        Self { map: MmapOptions::new().map_raw(&file).unwrap() }
    }

    fn slot(&self, thread: usize, n: usize) -> &AtomicU64 {
        assert!(thread < THREADS && n < SLOTS || (thread, n) == (THREADS, 0));
        // SAFETY: in bounds by the assertion and aligned, and every access is atomic.
        unsafe { AtomicU64::from_ptr(self.map.as_mut_ptr().cast::<u64>().add(thread * SLOTS + n)) }
    }
}

fn body(thread: usize, n: usize) -> Vec<u8> {
    let mut body = format!("{thread} {n} ").into_bytes();
    body.resize(body.len() + n % 300, b'.');
    body
}

fn settings(scratch: &Path) -> Settings {
    Settings {
        place: dlogs_journal::Place::Disk { root: scratch.join("root") },
        max_bytes: 64 << 20,
        first_segment_bytes: 16 << 10,
        max_segment_bytes: 256 << 10,
        ..Settings::default()
    }
}

impl SideLog {
    /// Everything through here was taken, and is about to be released.
    fn delivered(&self) -> &AtomicU64 {
        self.slot(THREADS, 0)
    }
}

/// The child: four threads append as fast as they can, one more reads and releases behind them, one keeps.
#[test]
#[ignore = "the child of the test below"]
fn child() {
    let Ok(scratch) = std::env::var("JOURNAL_KILL_CHILD") else { return };
    let scratch = Path::new(&scratch);
    let side = SideLog::open(&scratch.join("side"));
    let opened = Journal::open(settings(scratch)).unwrap();
    let (journal, mut keeper, mut reader) = (opened.journal, opened.keeper, opened.reader);
    let delivers = std::env::var("JOURNAL_KILL_DELIVERS").is_ok();
    File::create(scratch.join("ready")).unwrap();
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (journal, side) = (&journal, &side);
            scope.spawn(move || {
                let mut n = 0;
                while n < SLOTS {
                    match journal.append(n as u64, n % 7 == 0, &body(thread, n)) {
                        Ok(seq) => {
                            side.slot(thread, n).store(seq, Ordering::Release);
                            n += 1;
                        }
                        Err(Refusal::Full) => thread::yield_now(),
                        Err(refusal) => panic!("{refusal}"),
                    }
                }
            });
        }
        let mut out = Vec::new();
        loop {
            keeper.keep(Instant::now());
            out.clear();
            if delivers
                && let Taken::Batch { last_seq, .. } = reader.take(LIMITS, Instant::now(), &mut out)
            {
                side.delivered().store(last_seq, Ordering::Release);
                reader.release(last_seq);
            }
        }
    });
}

/// This same binary. What runs it, where that is an emulator (`JOURNAL_KILL_RUNNER`), has to run the child too.
fn this_binary() -> Command {
    let binary = std::env::current_exe().unwrap();
    let runner = std::env::var("JOURNAL_KILL_RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace();
    let Some(first) = words.next() else { return Command::new(binary) };
    let mut command = Command::new(first);
    command.args(words).arg(binary);
    command
}

fn spawn(scratch: &Path, delivers: bool) -> Child {
    let mut command = this_binary();
    if delivers {
        command.env("JOURNAL_KILL_DELIVERS", "1");
    }
    let child = command
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env("JOURNAL_KILL_CHILD", scratch)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while !scratch.join("ready").exists() {
        assert!(Instant::now() < deadline, "the child did not start");
        thread::yield_now();
    }
    child
}

fn kill_once(round: u64) -> usize {
    let scratch = tempfile::tempdir().unwrap();
    let mut child = spawn(scratch.path(), round % 2 == 1);
    // The instant is the point of this test, not a condition to wait for.
    thread::sleep(Duration::from_micros(500 + round * 7919 % 60_000));
    child.kill().unwrap();
    child.wait().unwrap();

    let mut opened = Journal::open(settings(scratch.path())).unwrap();
    let mut orphans = opened.keeper.orphans();
    assert_eq!(orphans.len(), 1, "the dead child's stream is adopted");
    let mut reader = orphans.remove(0);
    let mut found: HashMap<u64, (u64, Vec<u8>)> = HashMap::new();
    let mut out = Vec::new();
    while let Taken::Batch { first_seq, salt, .. } = reader.take(ALL, Instant::now(), &mut out) {
        for (seq, time_ns, _, body) in bodies(&out, first_seq, salt, reader.stream()) {
            assert!(found.insert(seq, (time_ns, body)).is_none(), "seq {seq} came twice");
        }
        out.clear();
    }
    let side = SideLog::open(&scratch.path().join("side"));
    let delivered = side.delivered().load(Ordering::Acquire);
    assert!(reader.released() <= delivered);
    let (mut returned, mut gone) = (0, 0);
    for thread in 0..THREADS {
        for n in 0..SLOTS {
            let seq = side.slot(thread, n).load(Ordering::Acquire);
            if seq == 0 {
                break;
            }
            returned += 1;
            let Some((time_ns, got)) = found.get(&seq) else {
                assert!(seq <= delivered, "seq {seq} had returned and is gone");
                gone += 1;
                continue;
            };
            assert_eq!((*time_ns, got), (n as u64, &body(thread, n)), "seq {seq}");
        }
    }
    assert!(found.len() + gone <= returned + THREADS, "at most one more a thread had been written");
    assert!(
        reader.losses().iter().map(|loss| loss.to - loss.from + 1).sum::<u64>() <= THREADS as u64
    );
    let losses = reader.losses().to_vec();
    reader.forget_losses(&losses);
    reader.release(u64::MAX);
    assert!(reader.finish());
    returned
}

#[test]
fn after_a_sigkill_everything_that_had_returned_is_there() {
    let kills = number("KILLS", 8);
    let returned: usize = (0..kills).map(kill_once).sum();
    assert!(returned > 0);
    println!("{kills} kills, {returned} records had returned, none is missing");
}

//! Prints what one append costs, in ns: `cargo run --release -p dlogs-journal --example append_cost [body bytes] [threads]`.
//! Rounds of appends are timed one by one while the segments last; the keeper and the reader work between the rounds, untimed.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::{hint::black_box, thread, time::Instant};

use dlogs_journal::{Journal, Limits, Place, Settings, Taken};

const ROUNDS: usize = 2_000;
const APPENDS: usize = 500;

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<usize>().unwrap());
    let body = vec![b'x'; arguments.next().unwrap_or(163)];
    let threads = arguments.next().unwrap_or(1);
    let root = std::env::temp_dir().join(format!("dlogs-append-cost-{}", std::process::id()));
    for place in [Place::Disk { root: root.clone() }, Place::Memory] {
        let settings = Settings {
            place,
            memory_max_bytes: 256 << 20,
            first_segment_bytes: 4 << 20,
            max_segment_bytes: 4 << 20,
            ..Settings::default()
        };
        let mut opened = Journal::open(settings).unwrap();
        let mut costs = Vec::new();
        let mut out = Vec::new();
        for _ in 0..ROUNDS {
            opened.keeper.keep(Instant::now());
            let started = Instant::now();
            thread::scope(|scope| {
                for _ in 1..threads {
                    scope.spawn(|| append(&opened.journal, &body));
                }
                append(&opened.journal, &body);
            });
            costs.push(started.elapsed().as_nanos() as f64 / APPENDS as f64);
            let all = Limits { max_records: usize::MAX, max_bytes: usize::MAX };
            while let Taken::Batch { last_seq, .. } =
                opened.reader.take(all, Instant::now(), &mut out)
            {
                opened.reader.release(last_seq);
                out.clear();
            }
        }
        costs.sort_by(f64::total_cmp);
        let (medium, bytes) = (opened.journal.medium().name(), body.len());
        println!(
            "{medium:8} {bytes} bytes, {threads} threads: best {:.1} p10 {:.1} p50 {:.1} p90 {:.1} ns an append",
            costs[0],
            costs[ROUNDS / 10],
            costs[ROUNDS / 2],
            costs[ROUNDS * 9 / 10]
        );
    }
    let _ = std::fs::remove_dir_all(root);
}

fn append(journal: &Journal, body: &[u8]) {
    for time_ns in 0..APPENDS as u64 {
        black_box(journal.append(black_box(time_ns), false, black_box(body))).unwrap();
    }
}

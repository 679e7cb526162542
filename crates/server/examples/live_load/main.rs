//! What viewers cost: a real `dlogs serve` under a steady load, now without and now with viewers, some of which never read.
//!
//! `live_load --dlogs PATH [--rate 50000] [--seconds 20] [--viewers 200] [--stalled 20] [--rounds 2]` says how much slower ingest
//! became, what memory a viewer took, and whether every viewer counted every record. It ends with 1 when one of issue 6's bounds
//! does not hold.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example for developers")]

#[path = "../../tests/server/support/batch.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests")]
mod batch;
mod load;
mod post;
mod server;
mod viewer;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use load::{Load, Sent};
use server::Server;
use viewer::{Viewer, Wish};

/// Ingest may become slower by this share.
const SLOWER_MAX: f64 = 0.10;
const VIEWER_MAX_BYTES: f64 = 1024.0 * 1024.0;
/// Whoever reads has heard of everything by then.
const SETTLE: Duration = Duration::from_secs(40);

struct Wanted {
    dlogs: String,
    rate: u64,
    seconds: u64,
    viewers: usize,
    stalled: usize,
    rounds: u64,
}

impl Wanted {
    fn read() -> Self {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let told = |name: &str| {
            let at = words.iter().position(|word| word == name)?;
            words.get(at + 1).cloned()
        };
        let number =
            |name: &str, usual: u64| told(name).map_or(usual, |text| text.parse().unwrap());
        Self {
            dlogs: told("--dlogs").unwrap(),
            rate: number("--rate", 50_000),
            seconds: number("--seconds", 20),
            viewers: number("--viewers", 200) as usize,
            stalled: number("--stalled", 20) as usize,
            rounds: number("--rounds", 2),
        }
    }
}

/// One stretch of load and what it came to.
struct Phase {
    sent: Sent,
    server_cpu: Duration,
    peak_bytes: u64,
}

fn phase(server: &Server, load: &mut Load, wanted: &Wanted) -> Phase {
    let cpu = server.cpu();
    let watch = server.watch_memory();
    let sent = load.send(server.address, wanted.rate, wanted.seconds);
    Phase { sent, peak_bytes: watch.peak(), server_cpu: server.cpu() - cpu }
}

fn say(name: &str, phase: &Phase) {
    let Phase { sent, server_cpu, peak_bytes } = phase;
    println!(
        "{name:<16} {:>8.0} records/s  POST p50 {:>6.1} ms  p99 {:>6.1} ms  server CPU {:>5.1} s  memory {:>4} MiB",
        sent.rate(),
        sent.quantile_ms(0.5),
        sent.quantile_ms(0.99),
        server_cpu.as_secs_f64(),
        peak_bytes >> 20
    );
}

/// Viewers of several kinds: half see everything, the others ask for something.
fn wish(number: usize) -> Wish {
    match number % 4 {
        0 | 1 => Wish::Everything,
        2 => Wish::Errors,
        _ => Wish::Word,
    }
}

fn main() -> ExitCode {
    let wanted = Wanted::read();
    let server = Server::start(&wanted.dlogs);
    let mut load = Load::new();
    // Caches, files and the allocator find their size.
    phase(&server, &mut load, &Wanted { seconds: 5, dlogs: String::new(), ..wanted });
    let (mut alone, mut watched, mut wrong) = (Vec::new(), Vec::new(), 0);
    for _ in 0..wanted.rounds {
        let without = phase(&server, &mut load, &wanted);
        say("without viewers", &without);
        alone.push(without);
        let reading = wanted.viewers - wanted.stalled;
        let viewers: Vec<Viewer> = (0..wanted.viewers)
            .map(|number| Viewer::connect(server.address, wish(number), number >= reading))
            .collect();
        let with = phase(&server, &mut load, &wanted);
        say(&format!("{} viewers", wanted.viewers), &with);
        let until = Instant::now() + SETTLE;
        let heard = viewers.into_iter().map(|viewer| viewer.heard(&with.sent, until));
        let bad: Vec<String> = heard.filter_map(Result::err).collect();
        bad.iter().take(5).for_each(|what| println!("  {what}"));
        wrong += bad.len();
        watched.push(with);
    }
    let mean = |phases: &[Phase], of: &dyn Fn(&Phase) -> f64| {
        phases.iter().map(of).sum::<f64>() / phases.len() as f64
    };
    let rate = |phases: &[Phase]| mean(phases, &|phase| phase.sent.rate());
    let slower = 1.0 - rate(&watched) / rate(&alone);
    let bytes = |phases: &[Phase]| mean(phases, &|phase| phase.peak_bytes as f64);
    let each = (bytes(&watched) - bytes(&alone)).max(0.0) / wanted.viewers as f64;
    let unseen = server.metric("dlogs_live_unseen_records_total");
    println!(
        "slower by {:.1} % (at most {:.0}); {:.0} KiB a viewer (at most 1024); {wrong} viewers counted wrong; {unseen} records unseen",
        slower * 100.0,
        SLOWER_MAX * 100.0,
        each / 1024.0
    );
    let holds = slower < SLOWER_MAX && each <= VIEWER_MAX_BYTES && wrong == 0 && unseen == 0;
    println!("{}", if holds { "✅ all bounds hold" } else { "❌ a bound does not hold" });
    ExitCode::from(u8::from(!holds))
}

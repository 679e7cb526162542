//! What one call costs: message and five fields, a level that is off, the clock alone. Nothing is sent: no server, no waiting.
#![allow(clippy::print_stdout, reason = "a program for people")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use dlogs::{Encoder, Kind, Level, Logger, debug, info};

/// Calls timed together: the clock that measures costs as much as what is measured.
const TOGETHER: u32 = 50;
/// Few enough that the journal keeps up.
const ROUNDS: usize = 2000;

fn main() -> Result<(), dlogs::OptionError> {
    let dir = std::env::temp_dir().join(format!("dlogs-call-cost-{}", std::process::id()));
    let logger = Logger::builder()
        .endpoint("http://127.0.0.1:9/none")
        .service_name("call-cost")
        .journal_dir(&dir)
        .shutdown_timeout_ms(0)
        .build()?;
    logger.start();
    report("message and 5 fields", || {
        info!(
            logger,
            "request handled",
            user_id = black_box(12_345_u64),
            path = black_box("/api/orders/98765"),
            status = black_box(200_i64),
            took_ms = black_box(4.25_f64),
            cached = black_box(false),
        );
    });
    report("message alone", || {
        info!(logger, "request handled");
    });
    let mut body = Vec::new();
    let encode = |body: &mut Vec<u8>| {
        body.clear();
        let mut encoder = Encoder::new(body, Level::Info, Kind::Log, 0, "request handled");
        encoder.key("user_id").u64(black_box(12_345));
        encoder.key("path").str(black_box("/api/orders/98765"));
        encoder.key("status").i64(black_box(200));
        encoder.key("took_ms").f64(black_box(4.25));
        encoder.key("cached").bool(black_box(false));
        encoder.finish();
    };
    report("encoding alone", || encode(black_box(&mut body)));
    report("appending alone", || {
        black_box(logger.append_encoded(Level::Info, 1, black_box(&body), false));
    });
    report("level off", || {
        debug!(logger, "request handled", user_id = black_box(1));
    });
    report("wall clock", || {
        black_box(dlogs::clock::wall_ns());
    });
    let refused: u64 = logger.stats().refused.values().sum();
    println!("refused {refused}");
    drop(logger);
    // The scratch directory is nobody's to keep.
    let _ = std::fs::remove_dir_all(dir);
    Ok(())
}

fn report(what: &str, mut call: impl FnMut()) {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            (0..TOGETHER).for_each(|_| call());
            let took = begun.elapsed();
            std::thread::sleep(Duration::from_micros(200));
            took.as_nanos() as f64 / f64::from(TOGETHER)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[(times.len() as f64 * share) as usize];
    println!("{what:<22} p10 {:6.1}  p50 {:6.1}  p99 {:8.1} ns", at(0.1), at(0.5), at(0.99));
}

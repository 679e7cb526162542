//! A program that logs what programs log, for ever or so many records, or in bursts to be counted (`--check N`).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use dlogs::{Logger, Outcome, critical, debug, error, info, trace, warning};

const USAGE: &str = "usage: demo [--endpoint URL] [--records N] [--check N]
  without --records it logs until it is stopped; --check N logs rust-1 … rust-N in bursts, prints `accepted <n>` and ends";
/// How long the end waits for a server that is being restarted.
const PATIENCE: Duration = Duration::from_secs(60);
/// A check logs so many records at once, then pauses.
const BURST: u64 = 50;
const PAUSE: Duration = Duration::from_millis(50);

struct Arguments {
    endpoint: Option<String>,
    records: u64,
    check: Option<u64>,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("demo: {why}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Arguments, String> {
    let mut found = Arguments { endpoint: None, records: u64::MAX, check: None };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let value = given.next().ok_or(USAGE)?;
        let number = || value.parse::<u64>().map_err(|_| USAGE.to_owned());
        match name.as_str() {
            "--endpoint" => found.endpoint = Some(value),
            "--records" => found.records = number()?,
            "--check" => found.check = Some(number()?),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(found)
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let service = if arguments.check.is_some() { "demo-check" } else { "demo-shop" };
    let mut builder = Logger::builder()
        .service_name(service)
        .component_name("rust")
        .environment("demo")
        .level(dlogs::Level::Trace)
        .batch_interval_ms(200);
    if let Some(endpoint) = &arguments.endpoint {
        builder = builder.endpoint(endpoint);
    }
    let logger = builder.build().map_err(|error| error.to_string())?;
    match arguments.check {
        Some(count) => check(&logger, count),
        None => {
            (0..arguments.records).for_each(|n| {
                something(&logger, n);
                thread::sleep(Duration::from_millis(20 + 37 * (n % 7)));
            });
            logger.flush(PATIENCE);
            logger.close();
            Ok(())
        }
    }
}

fn check(logger: &Logger, count: u64) -> Result<(), String> {
    let mut accepted = 0;
    for n in 1..=count {
        let outcome = info!(logger, "rust-{n}", demo_id = n);
        accepted += u64::from(matches!(outcome, Outcome::Accepted(_)));
        if n.is_multiple_of(BURST) {
            thread::sleep(PAUSE);
        }
    }
    let left = logger.flush(PATIENCE);
    logger.close();
    println!("accepted {accepted}");
    if left == 0 { Ok(()) } else { Err(format!("{left} records were not acknowledged in time")) }
}

/// One record of a shop's day.
fn something(logger: &Logger, n: u64) {
    let order = 98_000 + n;
    let request = logger.child([("request_id", format!("r-{n:06}"))]);
    let took_ms = 3.5 + (n * 7919 % 400) as f64 / 10.0;
    match n % 20 {
        0 => {
            let amount = (n * 104_729 % 20_000) as f64 / 100.0;
            let fields =
                serde_json::json!({"amount": amount, "currency": "USD", "order_id": order});
            request.custom("payment_completed", fields)
        }
        1 => {
            trace!(request, "cache lookup", key = %format_args!("cart:{order}"), hit = n.is_multiple_of(3))
        }
        2..=4 => debug!(request, "query finished", rows = n % 50, took_ms, table = "orders"),
        5..=13 => {
            info!(request, "GET /orders/{order}", status = 200, took_ms, user_id = 1000 + n % 97)
        }
        14..=16 => info!(
            request,
            "order placed",
            order_id = order,
            items = n % 5 + 1,
            total = took_ms * 7.0
        ),
        17 => warning!(
            request,
            "slow query",
            took_ms = took_ms * 40.0,
            table = "orders",
            limit_ms = 500
        ),
        18 if n % 200 == 18 => {
            critical!(request, "no payment provider answers", providers = ["a", "b"])
        }
        18 => error!(
            request,
            "payment failed",
            order_id = order,
            "@error.type" = "TimeoutError",
            "@error.message" = "no answer within 2 s",
            "@error.stack" = "charge (payments.rs:41)\nplace_order (orders.rs:112)",
        ),
        _ => info!(request, "job finished", job = "sync-inventory", duration_s = took_ms / 10.0),
    };
}

//! A graceful shutdown: SIGTERM ends the work, then the logger is closed, within a limit.
#![allow(clippy::print_stdout, reason = "a program for people")]

use std::error::Error;
use std::time::Duration;

use dlogs::{Logger, info};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let logger = Logger::builder().service_name("worker").build()?;
    let (mut term, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);

    info!(logger, "Worker started");
    let mut work = time::interval(Duration::from_millis(200));
    loop {
        tokio::select! {
            _ = work.tick() => info!(logger, "Working"),
            _ = term.recv() => break,
            _ = interrupt.recv() => break,
        };
    }
    info!(logger, "Worker stops");

    let closed = logger.close_within(Duration::from_secs(5));
    println!(
        "sent {}, left {} for the next start, lost {}",
        closed.sent, closed.waiting, closed.lost
    );
    Ok(())
}

//! A batch job: bad rows are logged and left out, the sum is an event, and the job ends when the server has everything.
#![allow(clippy::print_stdout, reason = "a program for people")]

use std::time::Duration;

use dlogs::{Logger, OptionError, display, error, info};

const ROWS: [&str; 4] = ["19.99", "5.00", "n/a", "12.50"];

fn main() -> Result<(), OptionError> {
    let logger = Logger::builder().service_name("billing").component_name("nightly").build()?;
    let job = logger.child([("job_id", "2026-01-31")]);
    info!(job, "Job started", rows = ROWS.len());

    let mut total = 0.0;
    for (row, text) in ROWS.iter().enumerate() {
        match text.parse::<f64>() {
            Ok(amount) => total += amount,
            Err(why) => {
                error!(job, "Row left out", row = row, text = *text, error = display(&why));
            }
        }
    }
    job.custom("job_finished", [("total", total)]);

    // A job that nobody watches should not end before its records are safe elsewhere; they are safe here in any case.
    let closed = logger.close_within(Duration::from_secs(10));
    if closed.waiting > 0 {
        println!("{} records wait for a server; the next run sends them", closed.waiting);
    }
    Ok(())
}

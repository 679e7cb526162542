//! One contender of the bench, or the sink that counts what arrives. It prints one line of JSON and judges nothing.
#![forbid(unsafe_code)]

mod appender;
mod entry;
mod histogram;
mod loki;
mod noop;
mod otel;
mod ours;
mod protobuf;
mod sink;
mod workload;

use std::process::ExitCode;

use workload::{Contender, Workload};

const USAGE: &str = "usage: dlogs-bench sink | dlogs-bench noop|ours|otel|otel-big|appender ENDPOINT COUNT RATE|flood SCRATCH-DIR";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("dlogs-bench: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words == ["sink"] {
        return sink::serve();
    }
    let [name, endpoint, count, rate, scratch] = words[..] else { return Err(USAGE.to_owned()) };
    let workload = Workload::parse(count, rate)?;
    let contender: Box<dyn Contender> = match name {
        "noop" => Box::new(noop::Noop),
        "ours" => Box::new(ours::Ours::open(endpoint, scratch, workload.flood())?),
        "otel" => Box::new(otel::Otel::open(endpoint, otel::Queue::Default)?),
        "otel-big" => Box::new(otel::Otel::open(endpoint, otel::Queue::Enlarged)?),
        "appender" => Box::new(appender::Appender::open(scratch)?),
        _ => return Err(USAGE.to_owned()),
    };
    println!("{}", workload.run(contender)?);
    Ok(())
}

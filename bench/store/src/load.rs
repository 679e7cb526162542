//! Sends the records to a server: some connections, on each one request after the other, as clients do.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::json;
use ureq::Agent;

use crate::form::Form;
use crate::process::PROCESSES;
use crate::record::Records;

/// An answer that takes longer ends the run.
const ANSWER: Duration = Duration::from_secs(60);
/// Who is asked to wait waits no longer than this.
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// What is sent, and where to.
#[derive(Args)]
pub(crate) struct Load {
    #[command(flatten)]
    wanted: crate::Wanted,

    /// Where batches are posted
    #[arg(long)]
    url: String,

    /// What a batch looks like
    #[arg(long, value_enum, default_value_t = Form::Native)]
    form: Form,

    /// Records of a batch
    #[arg(long, default_value_t = 1000)]
    batch: u64,

    /// Connections; each process of the sample has one of them
    #[arg(long, default_value_t = 8)]
    connections: usize,
}

/// What one connection did.
#[derive(Default)]
struct Sent {
    records: u64,
    requests: u64,
    wire_bytes: u64,
    asked_to_wait: u64,
}

/// Records of a process that travel together, by their sequence numbers.
struct Batch {
    process: usize,
    first: u64,
    last: u64,
}

impl Load {
    pub(crate) fn run(&self) -> Result<(), String> {
        if self.batch == 0 || self.connections == 0 {
            return Err("--batch and --connections must be at least 1".into());
        }
        let records = self.wanted.records();
        let started = Instant::now();
        let stop = AtomicBool::new(false);
        let sent: Vec<Result<Sent, String>> = thread::scope(|scope| {
            let senders: Vec<_> = work(&records, self.batch, self.connections)
                .into_iter()
                .map(|batches| scope.spawn(|| self.send(&records, batches, &stop)))
                .collect();
            let ended = senders.into_iter().map(|sender| sender.join());
            ended.map(|end| end.unwrap_or_else(|_| Err("a sender ended early".into()))).collect()
        });
        let mut all = Sent::default();
        for sent in sent {
            let sent = sent?;
            all.records += sent.records;
            all.requests += sent.requests;
            all.wire_bytes += sent.wire_bytes;
            all.asked_to_wait += sent.asked_to_wait;
        }
        let told = json!({
            "records": all.records, "requests": all.requests, "wire_bytes": all.wire_bytes,
            "asked_to_wait": all.asked_to_wait, "wall_s": started.elapsed().as_secs_f64(),
        });
        writeln!(io::stdout(), "{told}").map_err(|error| error.to_string())
    }

    /// One connection's work; ends early when another one failed.
    fn send(
        &self,
        records: &Records,
        batches: Vec<Batch>,
        stop: &AtomicBool,
    ) -> Result<Sent, String> {
        let done = self.post_all(records, &batches, stop);
        if done.is_err() {
            stop.store(true, Ordering::Relaxed);
        }
        done
    }

    fn post_all(
        &self,
        records: &Records,
        batches: &[Batch],
        stop: &AtomicBool,
    ) -> Result<Sent, String> {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .no_delay(true)
            .timeout_global(Some(ANSWER))
            .build()
            .into();
        let zstd = zstd::bulk::Compressor::new(1);
        let mut zstd = zstd.map_err(|error| format!("zstd: {error}"))?;
        let mut sent = Sent::default();
        for batch in batches {
            let plain = self.form.body(records, batch.process, batch.first, batch.last);
            let body = zstd.compress(&plain).map_err(|error| format!("zstd: {error}"))?;
            while !stop.load(Ordering::Relaxed) && !self.post(&agent, batch, &body)? {
                sent.asked_to_wait += 1;
            }
            sent.records += batch.last + 1 - batch.first;
            sent.requests += 1;
            sent.wire_bytes += body.len() as u64;
        }
        Ok(sent)
    }

    /// True when the batch was taken; false when it has to come again, after the pause that was asked for.
    fn post(&self, agent: &Agent, batch: &Batch, body: &[u8]) -> Result<bool, String> {
        let request = agent.post(&self.url).header("Content-Type", self.form.content_type());
        let answer = request.header("Content-Encoding", "zstd").send(body);
        let mut answer = answer.map_err(|error| format!("{}: {error}", self.url))?;
        let status = answer.status().as_u16();
        let pause = answer.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let pause = pause.and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
        let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
        match status {
            200 | 204 => {
                let all = self.form.took(&text, batch.last + 1 - batch.first);
                all.then_some(true).ok_or_else(|| format!("not all were accepted: {text}"))
            }
            429 | 503 => {
                thread::sleep(pause.unwrap_or(PAUSE_MAX).min(PAUSE_MAX));
                Ok(false)
            }
            _ => Err(format!("{} answered {status}: {text}", self.url)),
        }
    }
}

/// For each connection its processes' batches, in the order in which they would be full.
fn work(records: &Records, size: u64, connections: usize) -> Vec<Vec<Batch>> {
    let mut loads: Vec<(u64, Vec<(u64, Batch)>)> = Vec::new();
    loads.resize_with(connections, Default::default);
    // The busiest process first, each to the connection that has least to do.
    for (process, it) in PROCESSES.iter().enumerate() {
        let count = records.schedule.count(process, records.count);
        let firsts = (1..=count).step_by(usize::try_from(size).unwrap_or(usize::MAX));
        let batches = firsts.map(|first| {
            let last = first.saturating_add(size - 1).min(count);
            (records.schedule.record(process, last), Batch { process, first, last })
        });
        if let Some((share, own)) = loads.iter_mut().min_by_key(|(share, _)| *share) {
            *share += it.share;
            own.extend(batches);
        }
    }
    let in_order = |(_, mut own): (u64, Vec<(u64, Batch)>)| {
        own.sort_by_key(|(due, _)| *due);
        own.into_iter().map(|(_, batch)| batch).collect()
    };
    loads.into_iter().map(in_order).collect()
}

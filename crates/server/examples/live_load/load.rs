//! A steady load of native batches over a few connections. It never sends faster than it was told.

use std::io::BufReader;
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use dlogs_record::{Encoder, Kind, Level};

use crate::batch;
use crate::post::post;

const CONNECTIONS: u64 = 4;
/// Records a batch.
const BATCH: u64 = 500;
/// One record of so many is an error, and has the rare word.
pub(crate) const ERROR_EVERY: u64 = 50;
pub(crate) const WORD_EVERY: u64 = 100;

/// Numbers that go on from phase to phase.
pub(crate) struct Load {
    next: u64,
}

/// What one phase sent.
pub(crate) struct Sent {
    pub(crate) records: u64,
    pub(crate) errors: u64,
    pub(crate) words: u64,
    took: Duration,
    /// Of every request, sorted.
    times: Vec<Duration>,
}

impl Sent {
    pub(crate) fn rate(&self) -> f64 {
        self.records as f64 / self.took.as_secs_f64()
    }

    pub(crate) fn quantile_ms(&self, q: f64) -> f64 {
        let at = ((self.times.len() - 1) as f64 * q) as usize;
        self.times[at].as_secs_f64() * 1000.0
    }
}

fn record(out: &mut Vec<u8>, seq: u64) {
    let level = if seq.is_multiple_of(ERROR_EVERY) { Level::Error } else { Level::Info };
    let word = if seq.is_multiple_of(WORD_EVERY) { "zebra" } else { "order" };
    let message = format!("{word} {} processed for customer {}", seq * 7919, seq % 977);
    let mut encoder = Encoder::new(out, level, Kind::Log, 0, message.as_str());
    encoder.key("order_id").u64(seq * 31).key("total_amount").f64(seq as f64 * 1.25);
    encoder.key("method").str("POST").key("path").str("/api/orders").key("ok").bool(true);
    encoder.finish();
}

fn packed(stream: u64, first: u64) -> Vec<u8> {
    let id = batch::stream(stream as u8 + 1);
    let now_ns = dlogs_server::clock::now_ns();
    let mut frames = Vec::new();
    for seq in first..first + BATCH {
        let mut body = Vec::new();
        record(&mut body, seq);
        frames.extend(batch::frame(id, seq, now_ns, &body));
    }
    let header = batch::header(id, first, first + BATCH - 1);
    zstd::bulk::compress(&batch::wrap(&header, &frames), 1).unwrap()
}

impl Load {
    pub(crate) fn new() -> Self {
        Self { next: 1 }
    }

    /// Sends for so long at this rate; later, when the server does not take it in time.
    pub(crate) fn send(&mut self, address: SocketAddr, rate: u64, seconds: u64) -> Sent {
        let batches = rate * seconds / BATCH / CONNECTIONS;
        let first = self.next;
        self.next += batches * BATCH;
        let every = Duration::from_secs_f64((BATCH * CONNECTIONS) as f64 / rate as f64);
        let begun = Instant::now();
        let senders: Vec<_> = (0..CONNECTIONS)
            .map(|stream| {
                thread::spawn(move || {
                    let socket = TcpStream::connect(address).unwrap();
                    socket.set_nodelay(true).unwrap();
                    let mut reader = BufReader::new(socket);
                    let offset = every.mul_f64(stream as f64 / CONNECTIONS as f64);
                    let mut times = Vec::new();
                    for number in 0..batches {
                        let batch = packed(stream, first + number * BATCH);
                        let due = begun + offset + every.mul_f64(number as f64);
                        thread::sleep(due.saturating_duration_since(Instant::now()));
                        let asked = Instant::now();
                        post(&mut reader, &batch);
                        times.push(asked.elapsed());
                    }
                    times
                })
            })
            .collect();
        let mut times: Vec<Duration> =
            senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect();
        times.sort_unstable();
        let last = first + batches * BATCH - 1;
        let multiples = |every: u64| CONNECTIONS * (last / every - (first - 1) / every);
        Sent {
            records: CONNECTIONS * batches * BATCH,
            errors: multiples(ERROR_EVERY),
            words: multiples(WORD_EVERY),
            took: begun.elapsed(),
            times,
        }
    }
}

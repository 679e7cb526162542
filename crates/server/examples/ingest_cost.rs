//! What a record costs the server: native batches of 1000, acknowledged from a real disk with real fsyncs.
//!
//! `cargo run --profile dist -p dlogs-server --example ingest_cost [connections] [batches each] [records a batch]`
//! prints the records that were acknowledged per CPU-second of the server. The load comes from threads of
//! the same process; their CPU time is measured and taken off. Data lie in the current directory.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example for developers")]

#[path = "../tests/server/support/batch.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests")]
mod batch;
#[path = "live_load/post.rs"]
mod post;

use std::io::{BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use dlogs_record::{Encoder, Kind, Level};
use dlogs_server::observe::Observers;
use dlogs_server::{App, Config, serve};
use post::post;
use rustix::time::{ClockId, clock_gettime};

fn cpu(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// A record as services write them: about 160 bytes, with numbers that do not repeat.
fn record(seq: u64) -> Vec<u8> {
    let mut body = Vec::new();
    let level = if seq.is_multiple_of(50) { Level::Error } else { Level::Info };
    let message = format!("Order {} processed for customer {}", seq * 7919, seq % 977);
    let mut encoder = Encoder::new(&mut body, level, Kind::Log, 0, message.as_str());
    encoder.key("order_id").u64(seq * 31).key("total_amount").f64(seq as f64 * 1.25);
    encoder.key("method").str("POST").key("path").str("/api/orders").key("ok").bool(true);
    encoder.finish();
    body
}

fn packed(stream: u8, first: u64, records: u64) -> Vec<u8> {
    let now_ns = dlogs_server::clock::now_ns();
    let id = batch::stream(stream);
    let frames: Vec<u8> = (first..first + records)
        .flat_map(|seq| batch::frame(id, seq, now_ns + seq as i64 * 1000, &record(seq)))
        .collect();
    let header = batch::header(id, first, first + records - 1);
    zstd::bulk::compress(&batch::wrap(&header, &frames), 1).unwrap()
}

/// Sends all batches over one connection; returns the CPU time that it took.
fn send(address: SocketAddr, batches: &[Vec<u8>]) -> Duration {
    let before = cpu(ClockId::ThreadCPUTime);
    let mut reader = BufReader::new(TcpStream::connect(address).unwrap());
    reader.get_ref().set_nodelay(true).unwrap();
    for batch in batches {
        post(&mut reader, batch);
    }
    cpu(ClockId::ThreadCPUTime) - before
}

/// The end of a query's answer, with what it scanned.
fn ask(address: SocketAddr, path: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    socket.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer.rsplit_once("],").map_or(answer.clone(), |(_, end)| end.to_owned())
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().unwrap());
    let connections = arguments.next().unwrap_or(8);
    let each = arguments.next().unwrap_or(100);
    let records = arguments.next().unwrap_or(1000);
    let work: Vec<Vec<Vec<u8>>> = (1..=connections)
        .map(|stream| {
            (0..each).map(|part| packed(stream as u8, part * records + 1, records)).collect()
        })
        .collect();
    let wire_bytes: usize = work.iter().flatten().map(Vec::len).sum();
    let dir = tempfile::tempdir_in(".").unwrap();
    let mut config = Config::at(dir.path());
    config.port = 0;
    let again = config.clone();
    let (told, address) = std::sync::mpsc::channel();
    let stop = std::sync::Arc::new(tokio::sync::Notify::new());
    let stopped = stop.clone();
    let server = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let ready = move |address| told.send(address).unwrap();
        runtime.block_on(serve(config, ready, async move { stopped.notified().await })).unwrap();
    });
    let address = address.recv().unwrap();
    let (wall, process) = (Instant::now(), cpu(ClockId::ProcessCPUTime));
    let senders: Vec<_> = work
        .into_iter()
        .map(|batches| std::thread::spawn(move || send(address, &batches)))
        .collect();
    let load: Duration = senders.into_iter().map(|sender| sender.join().unwrap()).sum();
    let (wall, process) = (wall.elapsed(), cpu(ClockId::ProcessCPUTime) - process);
    let found = ask(address, "/api/logs?q=zebra");
    let newest = ask(address, "/api/logs?limit=100");
    stop.notify_one();
    server.join().unwrap();
    let records = (connections * each * records) as f64;
    let server_cpu = (process - load).as_secs_f64();
    println!(
        "{records} records in {:.2} s ({:.0}/s), {:.1} bytes a record on the wire\n\
         server CPU {server_cpu:.2} s, load CPU {:.2} s\n\
         {:.0} records acknowledged per CPU-second of the server (goal 500000)",
        wall.as_secs_f64(),
        records / wall.as_secs_f64(),
        wire_bytes as f64 / records,
        load.as_secs_f64(),
        records / server_cpu
    );
    println!("a word that is nowhere: {found}\nthe newest 100: {newest}");
    let wall = Instant::now();
    let app = App::open(again, Observers::default()).unwrap();
    let state = app.store_state();
    println!(
        "ready again in {:.2} s with {} batches, {} MiB",
        wall.elapsed().as_secs_f64(),
        state.queue_batches,
        state.queue_bytes >> 20
    );
}

//! A server that acknowledges everything and keeps only counts, so that it costs much less than any client. It can be away for
//! a while.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

use dlogs_testkit::http::{self, Connection, Head};
use serde_json::{Value, json};

use crate::{loki, protobuf};

struct Counts {
    begun: Instant,
    /// Until so many milliseconds after the beginning every batch gets 503.
    away_until_ms: AtomicU64,
    records: AtomicU64,
    requests: AtomicU64,
    wire_bytes: AtomicU64,
    refused: AtomicU64,
}

/// Prints `{"port": n}` and serves until it is killed. `GET /counts` tells the counts, `GET /reset` also clears them,
/// `GET /away/10` lets the server be away for 10 s.
pub fn serve() -> Result<(), String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    println!("{}", json!({"port": port}));
    std::io::stdout().flush().map_err(|error| error.to_string())?;
    let zero = || AtomicU64::new(0);
    let counts = Arc::new(Counts {
        begun: Instant::now(),
        away_until_ms: zero(),
        records: zero(),
        requests: zero(),
        wire_bytes: zero(),
        refused: zero(),
    });
    for socket in listener.incoming().flatten() {
        let counts = counts.clone();
        thread::spawn(move || drop(serve_one(socket, &counts)));
    }
    Ok(())
}

fn serve_one(socket: TcpStream, counts: &Counts) -> std::io::Result<()> {
    socket.set_nodelay(true)?;
    let mut connection = Connection::new(socket);
    while let Some(head) = connection.read_head()? {
        let body = connection.read_body(&head)?;
        let answer = match (head.path.as_str(), decoded(&head, &body)) {
            ("/counts", _) => json(&counts.told(false)),
            ("/reset", _) => json(&counts.told(true)),
            (path, _) if path.starts_with("/away/") => counts.leave(&path[6..]),
            _ if counts.is_away() => http::answer(503, &[], b""),
            ("/v1/logs", Some(bytes)) => counts.otlp(&body, &bytes),
            ("/loki/api/v1/push", Some(bytes)) => counts.loki(&body, &bytes),
            (_, Some(bytes)) => counts.native(&body, &bytes),
            (_, None) => http::answer(400, &[], b""),
        };
        connection.send(&answer, None)?;
    }
    Ok(())
}

impl Counts {
    fn told(&self, clear: bool) -> Value {
        let take = |counter: &AtomicU64| {
            if clear { counter.swap(0, Relaxed) } else { counter.load(Relaxed) }
        };
        json!({
            "records": take(&self.records), "requests": take(&self.requests),
            "wire_bytes": take(&self.wire_bytes), "refused": take(&self.refused),
        })
    }

    fn leave(&self, seconds: &str) -> Vec<u8> {
        let ms = seconds.parse::<u64>().unwrap_or(0) * 1000;
        self.away_until_ms.store(self.begun.elapsed().as_millis() as u64 + ms, Relaxed);
        json(&json!({}))
    }

    fn is_away(&self) -> bool {
        (self.begun.elapsed().as_millis() as u64) < self.away_until_ms.load(Relaxed)
    }

    fn count(&self, records: u64, wire_bytes: usize) {
        self.records.fetch_add(records, Relaxed);
        self.requests.fetch_add(1, Relaxed);
        self.wire_bytes.fetch_add(wire_bytes as u64, Relaxed);
    }

    fn otlp(&self, wire: &[u8], bytes: &[u8]) -> Vec<u8> {
        let Some(records) = protobuf::log_records(bytes) else {
            self.refused.fetch_add(1, Relaxed);
            return http::answer(400, &[], b"");
        };
        self.count(records, wire.len());
        // An empty ExportLogsServiceResponse is no byte at all.
        http::answer(200, &[("Content-Type".to_owned(), "application/x-protobuf".to_owned())], b"")
    }

    fn loki(&self, wire: &[u8], bytes: &[u8]) -> Vec<u8> {
        let Some(lines) = loki::lines(bytes) else {
            self.refused.fetch_add(1, Relaxed);
            return http::answer(400, &[], b"");
        };
        self.count(lines, wire.len());
        http::answer(204, &[], b"")
    }

    fn native(&self, wire: &[u8], bytes: &[u8]) -> Vec<u8> {
        let Some((records, through)) = frames(bytes) else {
            self.refused.fetch_add(1, Relaxed);
            return http::answer(
                400,
                &[],
                br#"{"dlogs": 1, "error": "no batch", "reason": "frame"}"#,
            );
        };
        if records > 0 {
            self.count(records, wire.len());
        }
        json(
            &json!({"dlogs": 1, "accepted": records, "rejected": [], "acked_through": through, "durability": "disk"}),
        )
    }
}

/// Number of frames and the header's `last_seq` of a native batch (spec/wire.md).
fn frames(bytes: &[u8]) -> Option<(u64, u64)> {
    let length = u32::from_le_bytes(*bytes.first_chunk()?) as usize;
    let header: Value = serde_json::from_slice(bytes.get(4..4 + length)?).ok()?;
    let (mut rest, mut count) = (bytes.get(4 + length..)?, 0);
    while !rest.is_empty() {
        let size = u32::from_le_bytes(*rest.first_chunk()?) as usize;
        rest = rest.get((24 + size).next_multiple_of(8)..)?;
        count += 1;
    }
    Some((count, header["last_seq"].as_u64()?))
}

fn decoded(head: &Head, body: &[u8]) -> Option<Vec<u8>> {
    match head.header("content-encoding") {
        "zstd" => zstd::decode_all(body).ok(),
        "gzip" => {
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(body).read_to_end(&mut bytes).ok().map(|_| bytes)
        }
        _ => Some(body.to_vec()),
    }
}

fn json(value: &Value) -> Vec<u8> {
    let kind = ("Content-Type".to_owned(), "application/json".to_owned());
    http::answer(200, &[kind], value.to_string().as_bytes())
}

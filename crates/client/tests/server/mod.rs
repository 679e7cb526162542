//! A scripted server: answers each request as a function of what it holds says, stores what it acknowledges. Sixty lines.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "for tests; each file uses a part of it"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use dlogs_record::View;
use serde_json::Value;

/// A wait that ends with a failure, not with a hung test.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub header: Value,
    pub messages: Vec<String>,
    pub seqs: Vec<u64>,
    pub head: String,
    pub at: Instant,
}

impl Seen {
    pub fn number(&self, key: &str) -> u64 {
        self.header[key].as_u64().unwrap_or(u64::MAX)
    }
}

/// What it answers.
pub enum Answer {
    Ack,
    Status(u16, &'static str, &'static str),
    Hang,
}

type Script = Box<dyn FnMut(&Seen) -> Answer + Send>;

#[derive(Clone)]
pub struct Server {
    pub endpoint: String,
    inside: Arc<Mutex<Inside>>,
}

struct Inside {
    script: Script,
    seen: Vec<Seen>,
    stored: Vec<String>,
}

impl Server {
    pub fn start(script: impl FnMut(&Seen) -> Answer + Send + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}/api/logs", listener.local_addr().unwrap());
        let inside = Inside { script: Box::new(script), seen: Vec::new(), stored: Vec::new() };
        let server = Server { endpoint, inside: Arc::new(Mutex::new(inside)) };
        let accepting = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let server = accepting.clone();
                thread::spawn(move || server.serve(&stream));
            }
        });
        server
    }

    pub fn script(&self, script: impl FnMut(&Seen) -> Answer + Send + 'static) {
        self.lock().script = Box::new(script);
    }

    /// Messages it has acknowledged.
    pub fn stored(&self) -> Vec<String> {
        self.lock().stored.clone()
    }

    /// Requests with records.
    pub fn batches(&self) -> Vec<Seen> {
        self.lock().seen.iter().filter(|seen| !seen.seqs.is_empty()).cloned().collect()
    }

    pub fn all(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    fn serve(&self, stream: &TcpStream) {
        let mut reader = BufReader::new(stream);
        while let Some((head, body)) = read_request(&mut reader) {
            let seen = decode(head, &body);
            let mut inside = self.lock();
            inside.seen.push(seen.clone());
            let answer = (inside.script)(&seen);
            if matches!(answer, Answer::Ack) {
                inside.stored.extend(seen.messages.iter().cloned());
            }
            drop(inside);
            let (status, headers, body) = match answer {
                Answer::Hang => {
                    thread::sleep(Duration::from_secs(60));
                    return;
                }
                Answer::Status(status, headers, body) => (status, headers, body.to_owned()),
                Answer::Ack => (200, "", ack(&seen)),
            };
            let length = body.len();
            let answer =
                format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
            if (&*stream).write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

fn ack(seen: &Seen) -> String {
    let (count, last) = (seen.seqs.len(), seen.number("last_seq"));
    format!(
        r#"{{"dlogs":1,"accepted":{count},"rejected":[],"acked_through":{last},"durability":"disk"}}"#
    )
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<(String, Vec<u8>)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = header(&head, "content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head, body))
}

pub fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines()
        .find_map(|line| line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case(name)))
        .map(|(_, value)| value.trim())
}

fn decode(head: String, body: &[u8]) -> Seen {
    let plain = match header(&head, "content-encoding") {
        Some("zstd") => zstd::bulk::decompress(body, 64 << 20).unwrap(),
        Some("gzip") => {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(body).read_to_end(&mut plain).unwrap();
            plain
        }
        _ => body.to_vec(),
    };
    let length = u32::from_le_bytes(plain[..4].try_into().unwrap()) as usize;
    let header: Value = serde_json::from_slice(&plain[4..4 + length]).unwrap();
    let first = header["first_seq"].as_u64().unwrap();
    let mut frames = &plain[4 + length..];
    let (mut messages, mut seqs) = (Vec::new(), Vec::new());
    while !frames.is_empty() {
        let number = |at: usize| u32::from_le_bytes(frames[at..at + 4].try_into().unwrap());
        let size = number(0) as usize;
        seqs.push(first + u64::from(number(16).wrapping_sub(first as u32)));
        let view = View::parse(&frames[24..24 + size]).unwrap();
        messages.push(String::from_utf8_lossy(view.message().0).into_owned());
        frames = &frames[(24 + size).next_multiple_of(8)..];
    }
    Seen { header, messages, seqs, head, at: Instant::now() }
}

/// Asks until it is so.
pub fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "never: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

//! What a scripted server saw, as the JSON that a case's patterns are matched against (spec/cases/README.md).

use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::batch::{Batch, Frame};
use crate::http::Head;
use crate::reply::Reply;
use crate::row;
use crate::stored::{Stored, Stream};

/// One request and what it carried.
#[derive(Debug)]
pub struct Request {
    head: Head,
    wire_bytes: usize,
    connection: u64,
    batch: Option<Batch>,
    messages: Vec<Value>,
    violations: Vec<String>,
    at: Instant,
    /// The answer's status; 0 where none was sent.
    pub status: u16,
}

impl Request {
    /// A request that has just been read.
    pub fn new(
        head: &Head,
        wire_bytes: usize,
        connection: u64,
        batch: Result<Batch, String>,
    ) -> Self {
        let mut violations = Vec::new();
        if head.header("content-type") != "application/vnd.dlogs.batch" {
            violations.push("Content-Type is not application/vnd.dlogs.batch".to_owned());
        }
        let batch = batch.map_err(|why| violations.push(why)).ok();
        let frames = batch.as_ref().map(|batch| batch.frames.as_slice()).unwrap_or_default();
        let messages = frames.iter().map(|frame| row::message(&frame.body)).collect();
        violations.extend(batch.iter().flat_map(|batch| batch.violations.clone()));
        let (head, at) = (head.clone(), Instant::now());
        Self { head, wire_bytes, connection, batch, messages, violations, at, status: 0 }
    }

    /// First sequence number of the batch, 1 where there is no batch.
    pub fn first_seq(&self) -> u64 {
        self.batch.as_ref().map_or(1, |batch| batch.first_seq)
    }

    /// Last sequence number of the batch, 0 where there is no batch.
    pub fn last_seq(&self) -> u64 {
        self.batch.as_ref().map_or(0, |batch| batch.last_seq)
    }

    fn count(&self) -> usize {
        self.messages.len()
    }

    /// What a reply's `when` is matched against.
    pub fn json(&self) -> Value {
        let headers: Map<String, Value> =
            self.head.headers.iter().map(|(k, v)| (k.clone(), v.clone().into())).collect();
        json!({
            "method": self.head.method, "path": self.head.path, "headers": headers,
            "status": self.status, "count": self.count(), "messages": self.messages,
            "first_seq": self.first_seq(), "last_seq": self.last_seq(),
            "encoding": self.head.header("content-encoding"), "wire_bytes": self.wire_bytes,
            "header": self.batch.as_ref().map(|batch| &batch.header), "connection": self.connection,
        })
    }
}

/// Everything since the start.
#[derive(Debug)]
pub struct Seen {
    started: Instant,
    requests: Vec<Request>,
    stored: Stored,
    connections: u64,
    open: usize,
    max_open: usize,
    changes: u64,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            requests: Vec::new(),
            stored: Stored::default(),
            connections: 0,
            open: 0,
            max_open: 0,
            changes: 1,
        }
    }
}

impl Seen {
    /// A connection was accepted; its number.
    pub fn connect(&mut self) -> u64 {
        self.changes += 1;
        self.connections += 1;
        self.connections
    }

    /// A request was read; its index.
    pub fn arrive(&mut self, request: Request) -> usize {
        self.changes += 1;
        self.open += 1;
        self.max_open = self.max_open.max(self.open);
        if let Some(batch) = &request.batch {
            self.stored.hear(batch);
        }
        self.requests.push(request);
        self.requests.len() - 1
    }

    /// Stores what the reply says of the request's batch.
    pub fn keep(&mut self, index: usize, reply: &Reply) {
        self.changes += 1;
        if let Some(batch) = &self.requests[index].batch {
            self.stored.keep(batch, reply.through(batch.last_seq), &reply.rejected());
        }
    }

    /// A request was answered, or given up.
    pub fn depart(&mut self) {
        self.changes += 1;
        self.open -= 1;
    }

    /// Grows with everything that happens; equal numbers mean equal JSON.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Records that are stored.
    pub fn stored(&self) -> usize {
        self.stored.order.len()
    }

    /// Requests that carried records, and all their bytes on the wire.
    pub fn traffic(&self) -> (usize, usize) {
        let with_records = self.requests.iter().filter(|request| request.count() > 0);
        with_records.fold((0, 0), |(n, bytes), request| (n + 1, bytes + request.wire_bytes))
    }

    /// The streams, with their records.
    pub fn streams(&self) -> &[Stream] {
        &self.stored.streams
    }

    /// Rules of spec/wire.md that a request broke.
    pub fn violations(&self) -> Vec<String> {
        self.requests.iter().flat_map(|request| request.violations.clone()).collect()
    }

    /// The whole of it.
    pub fn json(&self) -> Value {
        let streams = &self.stored.streams;
        let frames =
            || self.stored.order.iter().map(|(s, seq)| (&streams[*s], &streams[*s].records[seq]));
        let sum = |count: fn(&Stream) -> u64| streams.iter().map(count).sum::<u64>();
        json!({
            "stored": self.stored.order.len(),
            "duplicates": sum(|stream| stream.duplicates),
            "gaps": streams.iter().flat_map(Stream::gaps).collect::<Vec<_>>(),
            "losses": streams.iter().flat_map(Stream::losses_json).collect::<Vec<_>>(),
            "ended": sum(|stream| u64::from(stream.ended)),
            "streams": streams.iter().map(stream_json).collect::<Vec<_>>(),
            "messages": frames().map(|(_, frame)| row::message(&frame.body)).collect::<Vec<_>>(),
            "records": frames().map(|(stream, frame)| record_json(stream, frame)).collect::<Vec<_>>(),
            "requests": self.requests_json(|request| request.count() > 0),
            "heartbeats": self.requests_json(|request| request.count() == 0),
            "connections": self.connections, "open_requests": self.open,
            "max_open_requests": self.max_open, "violations": self.violations(),
        })
    }

    fn requests_json(&self, which: impl Fn(&Request) -> bool) -> Vec<Value> {
        let mut before: Option<Instant> = None;
        let mut list = Vec::new();
        for request in self.requests.iter().filter(|request| which(request)) {
            let mut value = request.json();
            value["at_ms"] = ms(self.started, request.at);
            value["after_ms"] = before.map_or(Value::Null, |before| ms(before, request.at));
            before = Some(request.at);
            list.push(value);
        }
        list
    }
}

fn ms(from: Instant, to: Instant) -> Value {
    ((to - from).as_millis() as u64).into()
}

fn stream_json(stream: &Stream) -> Value {
    json!({
        "stream": stream.name, "stored": stream.records.len(), "duplicates": stream.duplicates,
        "gaps": stream.gaps(), "through": stream.through, "losses": stream.losses_json(),
        "rejected": stream.rejected, "ended": stream.ended, "client": stream.client,
        "messages": stream.records.values().map(|f| row::message(&f.body)).collect::<Vec<_>>(),
    })
}

fn record_json(stream: &Stream, frame: &Frame) -> Value {
    let mut row = row::row(&frame.body);
    row["stream"] = stream.name.clone().into();
    row["seq"] = frame.seq.into();
    row["time_ns"] = frame.time_ns.to_string().into();
    row["important"] = frame.important.into();
    row
}

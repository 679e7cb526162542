//! Real sockets and made batches: what the tests of the live rooms stand on.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dlogs_record::{Encoder, Kind, Level};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

use crate::app::App;
use crate::batch::{Batch, Body, Encoding, Group, Summary};
use crate::client_block::ClientBlock;
use crate::config::Config;
use crate::frame::write_frame;
use crate::live::{Rooms, Timing};
use crate::observe::Observer;
use crate::ranges::Ranges;
use crate::stream_id::StreamId;

/// A wait that ends with a failure, not with a hung test.
pub(super) const DEADLINE: Duration = Duration::from_secs(90);

/// Rooms behind a real socket.
pub(super) struct Server {
    pub(super) rooms: Arc<Rooms>,
    pub(super) address: SocketAddr,
    next_seq: AtomicU64,
    _data: tempfile::TempDir,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    pub(super) fn start(timing: Timing) -> Self {
        let data = tempfile::tempdir().unwrap();
        let rooms = Rooms::new(timing).unwrap();
        let app = App::open(Config::at(data.path()), rooms.observers()).unwrap();
        let router = rooms.router(&app);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
        Self { rooms, address, next_seq: AtomicU64::new(1), _data: data, _runtime: runtime }
    }

    /// Tells the hub of a batch of `n` records of one level, as the writer would.
    pub(super) fn store(&self, language: &str, level: Level, n: u64) {
        let batch = self.batch(language, level, n);
        self.rooms.hub.stored(&batch, false);
        self.rooms.stats.stored(&batch, false);
    }

    pub(super) fn batch(&self, language: &str, level: Level, n: u64) -> Arc<Batch> {
        let first_seq = self.next_seq.fetch_add(n, Ordering::Relaxed);
        let now_ns = crate::clock::now_ns();
        let mut bytes = Vec::new();
        for seq in first_seq..first_seq + n {
            let mut body = Vec::new();
            Encoder::new(&mut body, level, Kind::Log, now_ns, format!("record {seq}")).finish();
            write_frame(&mut bytes, now_ns, seq, 0, &body);
        }
        let mut levels = [0; 6];
        levels[level as usize] = n;
        let group = Group { language: language.into(), service: "test".into(), levels };
        Arc::new(Batch {
            offset: first_seq,
            stream: StreamId { instance: [7; 16], lane: 0 },
            client: Arc::new(ClientBlock {
                language: language.into(),
                service: "test".into(),
                ..ClientBlock::default()
            }),
            others: Vec::new(),
            received_ns: now_ns,
            first_seq,
            kept: Ranges::of(first_seq, first_seq + n - 1),
            summary: Summary {
                records: n,
                min_time_ns: now_ns,
                max_time_ns: now_ns,
                levels,
                groups: vec![group],
                mixed: false,
            },
            body: Body {
                encoding: Encoding::Identity,
                decoded_bytes: bytes.len() as u32,
                bytes: bytes.into(),
                frames_at: 0,
            },
            cost_bytes: 0,
        })
    }

    /// Waits until the hub has that many viewers.
    pub(super) fn await_viewers(&self, n: usize) {
        until("the viewers to come or leave", || self.rooms.hub.viewers() == n);
    }
}

/// Polls until a condition holds.
pub(super) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !holds() {
        assert!(Instant::now() < end, "waited too long for {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// What a viewer was told of rows, summed over frames.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) matched: u64,
    pub(super) shown: u64,
    pub(super) skipped: u64,
}

/// A viewer as a browser would be one.
pub(super) struct Browser {
    socket: WebSocket<TcpStream>,
}

impl Browser {
    /// Connects; the hello has been read and is what it must be.
    pub(super) fn connect(server: &Server) -> Self {
        let stream = TcpStream::connect(server.address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let url = format!("ws://{}/api/ws", server.address);
        let (socket, _) = tungstenite::client(url, stream).unwrap();
        let mut browser = Self { socket };
        let hello = browser.next("hello");
        assert_eq!((&hello["v"], &hello["budget"]), (&json!(1), &json!(200)));
        browser
    }

    pub(super) fn say(&mut self, message: Value) {
        self.socket.send(Message::text(message.to_string())).unwrap();
    }

    /// Asks for a view and waits for the answer.
    pub(super) fn view(&mut self, view: Value) {
        let mut message = view;
        message["type"] = "view".into();
        self.say(message);
        let answer = self.next("view");
        assert_eq!(answer["ok"], true);
    }

    /// The next frame of a type; others are passed over.
    pub(super) fn next(&mut self, wanted: &str) -> Value {
        loop {
            let Message::Text(text) = self.socket.read().unwrap() else { continue };
            let frame: Value = serde_json::from_str(&text).unwrap();
            if frame["type"] == wanted {
                return frame;
            }
        }
    }

    /// The code with which the server closes.
    pub(super) fn next_close(&mut self) -> u16 {
        loop {
            if let Message::Close(Some(frame)) = self.socket.read().unwrap() {
                return frame.code.into();
            }
        }
    }

    /// Reads frames until `matched` records are accounted for; the law holds for every frame.
    pub(super) fn rows(&mut self, matched: u64) -> (Sums, Vec<Value>) {
        let mut sums = Sums::default();
        let mut rows = Vec::new();
        while sums.matched < matched {
            let frame = self.next("rows");
            let number = |key: &str| frame[key].as_u64().unwrap();
            let mut shown = frame["rows"].as_array().unwrap().clone();
            let by_level = frame["skipped_by_level"].as_object().unwrap();
            assert_eq!(number("matched"), shown.len() as u64 + number("skipped"));
            assert_eq!(
                number("skipped"),
                by_level.values().map(|n| n.as_u64().unwrap()).sum::<u64>()
            );
            sums.matched += number("matched");
            sums.skipped += number("skipped");
            sums.shown += shown.len() as u64;
            rows.append(&mut shown);
        }
        (sums, rows)
    }
}

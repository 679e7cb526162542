//! A viewer of the live socket that adds up what it is told. A stalled one reads nothing before it is asked what it heard.

use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use tungstenite::{Message, WebSocket};

use crate::load::Sent;

/// What a viewer asks to see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wish {
    Everything,
    Errors,
    Word,
}

pub(crate) struct Viewer {
    wish: Wish,
    socket: Option<WebSocket<TcpStream>>,
    /// The same connection, to end it.
    stream: TcpStream,
    told: Arc<Told>,
}

#[derive(Default)]
struct Told {
    matched: AtomicU64,
    skipped: AtomicU64,
    rows: AtomicU64,
}

impl Viewer {
    /// Connects and asks; the server has agreed when this returns.
    pub(crate) fn connect(address: SocketAddr, wish: Wish, stalled: bool) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        let own = stream.try_clone().unwrap();
        let (mut socket, _) =
            tungstenite::client(format!("ws://{address}/api/ws"), stream).unwrap();
        let view = match wish {
            Wish::Everything => json!({"type": "view"}),
            Wish::Errors => json!({"type": "view", "level": "error"}),
            Wish::Word => json!({"type": "view", "q": "zebra"}),
        };
        socket.send(Message::text(view.to_string())).unwrap();
        while !matches!(socket.read().unwrap(), Message::Text(text) if text.contains("\"view\"")) {}
        let mut viewer = Self { wish, socket: Some(socket), stream: own, told: Arc::default() };
        if !stalled {
            viewer.read();
        }
        viewer
    }

    /// Reads from now on, on a thread of its own that ends with the connection.
    fn read(&mut self) {
        let Some(mut socket) = self.socket.take() else { return };
        let told = self.told.clone();
        let small = thread::Builder::new().stack_size(256 << 10);
        let reading = move || {
            while let Ok(message) = socket.read() {
                if let Message::Text(text) = message {
                    told.add(&text);
                }
            }
        };
        drop(small.spawn(reading).unwrap());
    }

    /// Compares what was heard with what was sent, and leaves; a sentence when it differs.
    pub(crate) fn heard(mut self, sent: &Sent, until: Instant) -> Result<(), String> {
        self.read();
        let wanted = match self.wish {
            Wish::Everything => sent.records,
            Wish::Errors => sent.errors,
            Wish::Word => sent.words,
        };
        let matched = || self.told.matched.load(Ordering::Acquire);
        while matched() < wanted && Instant::now() < until {
            thread::sleep(Duration::from_millis(10));
        }
        drop(self.stream.shutdown(Shutdown::Both));
        let rows = self.told.rows.load(Ordering::Acquire);
        let skipped = self.told.skipped.load(Ordering::Acquire);
        let exact = matched() == wanted && rows + skipped == wanted;
        exact.then_some(()).ok_or_else(|| {
            format!(
                "a viewer of {:?} heard of {} records ({rows} shown, {skipped} skipped), {wanted} were sent",
                self.wish,
                matched()
            )
        })
    }
}

impl Told {
    /// Adds a frame up without reading its rows: 200 viewers in this process must not be the load that is measured.
    fn add(&self, text: &str) {
        if !text.starts_with("{\"type\":\"rows\"") {
            return;
        }
        let end = text.rfind("\"matched\":").unwrap();
        let number = |name: &str| -> u64 {
            let rest = text[end..].split(name).nth(1).unwrap();
            rest.split([',', '}']).next().unwrap().parse().unwrap()
        };
        let (matched, skipped) = (number("\"matched\":"), number("\"skipped\":"));
        let rows = text.matches("{\"id\":\"").count() as u64;
        self.rows.fetch_add(rows, Ordering::AcqRel);
        self.skipped.fetch_add(skipped, Ordering::AcqRel);
        // The last, for it is what is waited for.
        self.matched.fetch_add(matched, Ordering::AcqRel);
    }
}

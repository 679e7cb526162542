//! A logger whose transport keeps the records that it is given, and acknowledges them. No socket.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "for tests; each file uses a part of it"
)]

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use dlogs::Logger;
use dlogs::options::Options;
use dlogs::retry::{OurAnswer, Reply};
use dlogs::transport::{Outgoing, Transport};
use dlogs_record::{Record, decode};

/// A wait that ends with a failure, not with a hung test.
pub const PATIENCE: Duration = Duration::from_secs(90);

pub type Kept = Arc<Mutex<Vec<Record>>>;

/// Keeps the records and acknowledges them.
struct Keep(Kept);

impl Transport for Keep {
    fn send(&mut self, outgoing: &Outgoing<'_>) -> Reply {
        let plain = zstd::bulk::decompress(outgoing.body, 64 << 20).unwrap();
        let length = u32::from_le_bytes(plain[..4].try_into().unwrap()) as usize;
        let header: serde_json::Value = serde_json::from_slice(&plain[4..4 + length]).unwrap();
        let mut frames = &plain[4 + length..];
        while !frames.is_empty() {
            let size = u32::from_le_bytes(frames[..4].try_into().unwrap()) as usize;
            self.0.lock().unwrap().push(decode(&frames[24..24 + size]).unwrap());
            frames = &frames[(24 + size).next_multiple_of(8)..];
        }
        let body = format!(r#"{{"dlogs":1,"acked_through":{}}}"#, header["last_seq"]);
        Reply::Answer { status: 200, ours: OurAnswer::read(body.as_bytes()), retry_after_ms: None }
    }
}

pub fn logger(configure: impl FnOnce(dlogs::Builder) -> dlogs::Builder) -> (Logger, Kept) {
    let kept = Kept::default();
    let out = Arc::clone(&kept);
    let builder = configure(Logger::builder().option("journal", "memory"));
    let logger = builder.build_with(move |_: &Options| Keep(Arc::clone(&out))).unwrap();
    (logger, kept)
}

pub fn records(logger: &Logger, kept: &Kept) -> Vec<Record> {
    assert_eq!(logger.flush(PATIENCE), 0);
    kept.lock().unwrap().clone()
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park_timeout(Duration::from_secs(10)),
        }
    }
}

//! The next batch is packed while a request is in flight: the sender works while the server does. It is sent as soon as the
//! answer says that the server has everything before it. After any other answer its records are put back.

use std::mem;
use std::panic::resume_unwind;
use std::thread;
use std::time::{Duration, Instant};

use super::stream::Stream;
use super::{Lane, Sender};
use crate::own_thread;
use crate::retry::Reply;

impl Sender {
    /// Sends what is loaded and waits for the answer, which took so long. Meanwhile packs what follows it, if that is a full
    /// batch: a smaller one is left alone, because what still comes should join it.
    ///
    /// The packing has a thread of its own for as long as the request: whatever the transport waits for (an address, a
    /// connection, room to write, the answer), it need not know.
    pub(super) fn exchange(
        &mut self,
        lane: Lane,
        begun: Instant,
        timeout: Duration,
    ) -> (Reply, Duration) {
        let stream = Stream::of(lane, &mut self.live, &mut self.backlog);
        let follows = self.ahead.is_none() && stream.fills_another(&self.load.parcel);
        let client = follows.then(|| self.client_block(lane));
        if follows {
            self.calm(lane);
        }
        let ending = self.is_ending(lane);
        let Sender { clock, transport, press, load, next, live, backlog, .. } = self;
        let stream = Stream::of(lane, live, backlog);
        let mut pack = |client| {
            own_thread::mark();
            let packs = stream.load(begun, ending, next) && next.parcel.count > 0;
            if packs {
                press.pack(next, &client);
            }
            packs
        };
        let (reply, took, packed) = thread::scope(|scope| {
            // Where the system gives no thread, nothing is packed ahead.
            let packer = client.and_then(|client| {
                let packer = thread::Builder::new().name("dlogs-packer".to_owned());
                packer.stack_size(256 * 1024).spawn_scoped(scope, move || pack(client)).ok()
            });
            let reply = transport.send(&load.outgoing(timeout));
            let took = clock.now().saturating_duration_since(begun);
            let packed =
                packer.is_some_and(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)));
            (reply, took, packed)
        });
        if packed {
            self.ahead = Some(lane);
            self.count_losses(lane);
        }
        (reply, took)
    }

    /// Loads what was packed ahead, if it is of this stream.
    pub(super) fn load_ahead(&mut self, lane: Lane) -> bool {
        let is_packed = self.ahead == Some(lane);
        if is_packed {
            self.ahead = None;
            mem::swap(&mut self.load, &mut self.next);
        }
        is_packed
    }

    /// Puts back what was packed ahead.
    pub(super) fn put_back(&mut self) {
        if let Some(lane) = self.ahead.take() {
            let first_seq = self.next.parcel.first_seq;
            self.stream(lane).rewind(first_seq);
        }
    }
}

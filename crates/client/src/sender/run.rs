//! The sender's thread: turns, and the sleep between them. A panic in it must not be the end of sending.

use std::io;
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use dlogs_journal::run_in_background;

use super::{Next, Sender};
use crate::engine::Input;
use crate::events::Event;
use crate::own_thread;
use crate::station::Station;

/// After arming the bell the sender looks again this soon: on machines whose append is no full barrier, an append between
/// the look and the sleep may not have seen the bell yet.
const SECOND_LOOK: Duration = Duration::from_millis(2);
/// After a panic, so that one that repeats does not spin.
const AFTER_PANIC: Duration = Duration::from_secs(1);

pub(crate) fn spawn(sender: Sender) -> io::Result<()> {
    thread::Builder::new()
        .name("dlogs-sender".to_owned())
        .stack_size(1024 * 1024)
        .spawn(move || run(sender))
        .map(|_| ())
}

fn run(mut sender: Sender) {
    own_thread::mark();
    // A wake-up by a log call must not cost that call the processor.
    run_in_background();
    let station = Arc::clone(&sender.station);
    station.doorbell.belongs_to(thread::current());
    loop {
        station.doorbell.answer();
        match catch_unwind(AssertUnwindSafe(|| sender.turn())) {
            Ok(Next::Turn) => {}
            Ok(Next::Sleep { until, ring_seq }) => sleep(&station, until, ring_seq),
            Ok(Next::End) => break,
            Err(_) => {
                let message = "the sender panicked and goes on; please report it".to_owned();
                station.events.push(Event::Alert { reason: "bug", message });
                sender.start_over();
                thread::park_timeout(AFTER_PANIC);
                if station.requests().close_by.is_some_and(|by| by <= Instant::now()) {
                    break;
                }
            }
        }
    }
    sender.end();
}

fn sleep(station: &Station, until: Instant, ring_seq: u64) {
    let left = || until.saturating_duration_since(Instant::now());
    let stays = || {
        station.journal.accepted() < ring_seq && !station.doorbell.is_knocked() && !left().is_zero()
    };
    station.doorbell.arm(ring_seq);
    if stays() {
        thread::park_timeout(left().min(SECOND_LOOK));
    }
    while stays() {
        thread::park_timeout(left());
    }
    station.doorbell.disarm();
}

impl Sender {
    /// A turn that panicked is a turn not taken: the streams' own state is changed only after an answer is complete, and what
    /// was taken out of them is taken again.
    pub(super) fn start_over(&mut self) {
        self.ahead = None;
        self.step(Input::Nothing);
        for stream in iter::once(&mut self.live).chain(&mut self.backlog) {
            stream.rewind(stream.released() + 1);
        }
    }

    /// The last words: everything is published, the stream's directory goes if nothing is left in it.
    fn end(mut self) {
        self.publish();
        let station = Arc::clone(&self.station);
        self.live.finish();
        station.progress.end();
        station.events.end();
        station.keeper_bell.ring();
    }
}

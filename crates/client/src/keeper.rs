//! The thread for the disk: prepares segments ahead, syncs, looks for streams of dead processes. Never touches the network.

use std::io;
use std::sync::{Arc, OnceLock};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use dlogs_journal::{Keeper, run_in_background};

use crate::own_thread;
use crate::station::Station;

/// How often it looks for streams whose process is gone: at once, then soon, because the process before this one often
/// ends just after this one has started, then once a minute.
const ORPHANS_FIRST: Duration = Duration::from_secs(1);
const ORPHANS_LAST: Duration = Duration::from_secs(60);

/// Wakes the keeper. Rung by threads that log, hence one load and at most one wake.
#[derive(Debug, Default)]
pub(crate) struct Bell(OnceLock<Thread>);

impl Bell {
    pub(crate) fn ring(&self) {
        if let Some(thread) = self.0.get() {
            thread.unpark();
        }
    }
}

pub(crate) fn spawn(station: Arc<Station>, keeper: Keeper) -> io::Result<()> {
    thread::Builder::new()
        .name("dlogs-keeper".to_owned())
        .stack_size(256 * 1024)
        .spawn(move || run(&station, keeper))
        .map(|_| ())
}

fn run(station: &Arc<Station>, mut keeper: Keeper) {
    own_thread::mark();
    // To make a segment takes milliseconds, and it is made long before it is needed: the call that wakes this thread goes on.
    run_in_background();
    let _ = station.keeper_bell.0.set(thread::current());
    let mut look_at = Instant::now();
    let mut wait = ORPHANS_FIRST;
    while !station.progress.has_ended() {
        let pause = keeper.keep(Instant::now());
        let now = Instant::now();
        // The next orphan follows as soon as the one before it is shipped; the sender rings then.
        if station.wants_orphan() || now >= look_at {
            look_at = now + wait;
            wait = (wait * 2).min(ORPHANS_LAST);
            let found = keeper.orphans();
            if !found.is_empty() {
                station.requests().adopted.extend(found);
                station.doorbell.knock();
            }
        }
        thread::park_timeout(pause.min(look_at.saturating_duration_since(now)));
    }
}

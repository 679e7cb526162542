//! What one process has of a logger: its journal, its two threads, its counters. A fork gets a station of its own.

mod append;
mod card;
mod close;
mod open;
mod start;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use dlogs_journal::{Journal, Keeper, Reader, RefusedReason};
use dlogs_record::Redact;

pub(crate) use self::card::Card;
pub(crate) use self::open::{root, set_aside_folder_of};
use crate::doorbell::Doorbell;
use crate::events::Ring;
use crate::options::Options;
use crate::progress::Progress;
use crate::stats::{Stats, Tally};
use crate::transport::Transport;

/// Makes the way out of a station; once for every process that logs.
pub(crate) type MakeTransport = Arc<dyn Fn(&Options) -> Box<dyn Transport> + Send + Sync>;

pub(crate) struct Station {
    pub(crate) options: Arc<Options>,
    pub(crate) journal: Journal,
    pub(crate) doorbell: Doorbell,
    pub(crate) keeper_bell: Arc<crate::keeper::Bell>,
    pub(crate) progress: Progress,
    pub(crate) events: Ring,
    pub(crate) card: Card,
    redact: Redact,
    /// `redact` has something to do.
    redacts: bool,
    make_transport: MakeTransport,
    /// Threads were started, or are being.
    started: AtomicBool,
    /// What the threads will own.
    parts: Mutex<Option<Parts>>,
    requests: Mutex<Requests>,
    tally: Mutex<Tally>,
    /// Why the journal is in memory though the disk was meant.
    fallback: Option<String>,
}

struct Parts {
    reader: Reader,
    keeper: Keeper,
}

/// What the host's threads ask of the sender.
#[derive(Default)]
pub(crate) struct Requests {
    /// Everything through this sequence number is to be sent now.
    pub(crate) flush_through: u64,
    /// Closing, and until when.
    pub(crate) close_by: Option<Instant>,
    /// Streams of dead processes that the keeper has found.
    pub(crate) adopted: Vec<Reader>,
    /// The last one is shipped: look for the next.
    pub(crate) wants_orphan: bool,
}

impl Station {
    /// What the host's threads ask of the sender; a short critical section on both sides.
    pub(crate) fn requests(&self) -> MutexGuard<'_, Requests> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keeper asks whether it should look for a dead process's stream; asking takes the wish away.
    pub(crate) fn wants_orphan(&self) -> bool {
        std::mem::take(&mut self.requests().wants_orphan)
    }

    /// What the sender last published.
    pub(crate) fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn stats(&self) -> Stats {
        let tally = self.tally().clone();
        // Read after the tally, so that what is acknowledged is never more than what is accepted.
        let accepted = self.journal.accepted();
        let lost: u64 = tally.lost.values().sum();
        Stats {
            accepted,
            acked: tally.acked,
            sent: tally.sent,
            failed: tally.failed,
            retried: tally.retried,
            waiting: accepted.saturating_sub(tally.acked + lost),
            refused: RefusedReason::ALL
                .iter()
                .map(|r| r.name())
                .zip(self.journal.refused())
                .collect(),
            lost: tally.lost,
            bytes_sent: tally.bytes_sent,
            requests: tally.requests,
            journal: self.journal.medium().name(),
            journal_bytes: self.journal.bytes(),
            journal_max_bytes: self.journal.max_bytes(),
            journal_trouble: self.journal.trouble().or_else(|| self.fallback.clone()),
            last_error: tally.last_error,
            last_error_at: tally.last_error_at,
            last_outage_ms: tally.last_outage_ms,
            round_trip_ms: tally.round_trip_ms,
        }
    }
}

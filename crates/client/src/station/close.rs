//! Flush and close: waiting for the sender, never longer than asked.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::{Parts, Station};
use crate::outcome::Closed;

/// What the caller waits beyond the sender's own deadline, so that it sees how that ended.
const GRACE: Duration = Duration::from_millis(50);

impl Station {
    /// Waits until everything journaled before the call is stored or lost. Returns what is left of it.
    pub(crate) fn flush(self: &Arc<Station>, timeout: Duration) -> u64 {
        let through = self.journal.accepted();
        // Not by what the journal has released: who is told that all is stored must find it in the statistics and events.
        if self.progress.has_reached(through) {
            return 0;
        }
        self.start();
        {
            let mut requests = self.requests();
            requests.flush_through = requests.flush_through.max(through);
        }
        self.doorbell.knock();
        let deadline = Instant::now() + timeout;
        self.progress.wait(deadline, |point| point.through >= through || point.ended);
        through.saturating_sub(self.journal.released())
    }

    /// Stops intake, sends what waits within the time, and tells what is left. May be called again.
    pub(crate) fn close(self: &Arc<Station>, timeout: Duration) -> Closed {
        self.journal.close();
        let deadline = Instant::now() + timeout;
        // Nothing was ever logged: no thread is worth starting, and the empty stream leaves no trace.
        if !self.started.swap(true, Ordering::AcqRel) {
            if let Some(parts) = self.take_parts() {
                parts.reader.finish();
            }
            self.progress.end();
            self.events.end();
        } else {
            // The first call's limit counts: a second one returns as soon as the first would have.
            let by = *self.requests().close_by.get_or_insert(deadline);
            self.doorbell.knock();
            self.progress.wait(by.min(deadline) + GRACE, |point| point.ended);
        }
        let stats = self.stats();
        Closed { sent: stats.acked, waiting: stats.waiting, lost: stats.lost_in_all() }
    }

    /// The reader for a sender that has no thread; the keeper's work is left undone.
    pub(crate) fn take_reader(&self) -> Option<dlogs_journal::Reader> {
        self.take_parts().map(|parts| parts.reader)
    }

    pub(super) fn take_parts(&self) -> Option<Parts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

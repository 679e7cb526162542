//! The hot path: from a body to a frame in the journal. No lock, no allocation, no system call where nothing is special.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dlogs_journal::{Refusal, RefusedReason};
use dlogs_record::{Level, check};

use super::Station;
use crate::clock::wall_ns;
use crate::options::Overflow;
use crate::outcome::Outcome;

/// How often a blocked caller looks for room while no acknowledgement comes in.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

impl Station {
    /// Appends a body that our own encoder wrote. `time_ns` 0: now.
    #[inline]
    pub(crate) fn append_trusted(
        self: &Arc<Station>,
        level: Level,
        time_ns: i64,
        body: &[u8],
        wait: bool,
    ) -> Outcome {
        if self.redacts {
            self.append_checked(body, wait)
        } else {
            self.append(level, time_ns, body, wait)
        }
    }

    /// Appends a body of somebody else's encoder: checked, cut and redacted in one walk.
    pub(crate) fn append_checked(self: &Arc<Station>, body: &[u8], wait: bool) -> Outcome {
        let mut scratch = Vec::new();
        match check(body, &self.redact, &mut scratch) {
            Ok(checked) => {
                self.append(checked.head.level, checked.head.time_ns, checked.body, wait)
            }
            Err(_) => self.refuse(RefusedReason::Malformed),
        }
    }

    #[inline]
    fn append(self: &Arc<Station>, level: Level, time_ns: i64, body: &[u8], wait: bool) -> Outcome {
        let time_ns = if time_ns == 0 { wall_ns() } else { time_ns };
        match self.journal.append(time_ns as u64, level >= Level::Warning, body) {
            Ok(seq) => {
                if self.doorbell.wants(seq) {
                    self.ring();
                }
                if level >= Level::Error {
                    self.doorbell.ring_urgent();
                }
                Outcome::Accepted(seq)
            }
            Err(refusal) => self.not_appended(refusal, level, time_ns, body, wait),
        }
    }

    #[cold]
    fn ring(self: &Arc<Station>) {
        self.start();
        self.doorbell.ring();
    }

    #[cold]
    fn not_appended(
        self: &Arc<Station>,
        refusal: Refusal,
        level: Level,
        time_ns: i64,
        body: &[u8],
        wait: bool,
    ) -> Outcome {
        let blocks = self.options.overflow == Overflow::Block && self.is_started();
        if refusal == Refusal::Full {
            // Room is made by the keeper, and it may not live yet.
            self.start();
        }
        match refusal {
            Refusal::Full if blocks && wait => self.wait_for_room(level, time_ns, body),
            Refusal::Full if blocks => Outcome::Full,
            refusal => self.refuse(refusal.into()),
        }
    }

    fn wait_for_room(self: &Arc<Station>, level: Level, time_ns: i64, body: &[u8]) -> Outcome {
        let deadline = Instant::now() + Duration::from_millis(self.options.block_timeout_ms);
        self.doorbell.ring();
        loop {
            match self.journal.append(time_ns as u64, level >= Level::Warning, body) {
                Ok(seq) => {
                    if self.doorbell.wants(seq) {
                        self.ring();
                    }
                    return Outcome::Accepted(seq);
                }
                Err(Refusal::Full) if Instant::now() < deadline => {
                    let before = self.journal.released();
                    let until = deadline.min(Instant::now() + LOOK_AGAIN);
                    self.progress.wait(until, |point| point.through > before || point.ended);
                }
                Err(refusal) => return self.refuse(refusal.into()),
            }
        }
    }

    fn refuse(&self, reason: RefusedReason) -> Outcome {
        self.journal.refuse(reason);
        Outcome::Refused(reason)
    }
}

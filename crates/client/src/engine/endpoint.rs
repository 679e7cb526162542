//! How the server has been doing: failures in a row, and when the next attempt may be. Pure.

use super::Rules;
use crate::retry::{Trouble, Wait};

#[derive(Debug, Clone, Default)]
pub(super) struct Endpoint {
    failures: u32,
    retry_at_ms: Option<u64>,
    down_since_ms: Option<u64>,
    failed: bool,
}

impl Endpoint {
    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// `None`: no failure, nothing to wait for.
    pub(super) fn retry_at_ms(&self) -> Option<u64> {
        self.retry_at_ms
    }

    pub(super) fn try_now(&mut self) {
        if self.retry_at_ms.is_some() {
            self.retry_at_ms = Some(0);
        }
    }

    /// A success. Returns the length of the outage that it ends.
    pub(super) fn well(&mut self, now_ms: u64) -> Option<u64> {
        let since_ms = self.down_since_ms;
        *self = Endpoint::default();
        since_ms.map(|since| now_ms.saturating_sub(since))
    }

    /// A failure. Says whether it is the one that raises the alert.
    pub(super) fn again(
        &mut self,
        rules: &Rules,
        wait: Wait,
        trouble: Trouble,
        now_ms: u64,
        dice: u64,
    ) -> bool {
        self.failures = self.failures.saturating_add(1);
        self.down_since_ms.get_or_insert(now_ms);
        let was_failed = self.failed;
        self.failed |= trouble == Trouble::Auth || self.failures >= rules.failed_after;
        let wait_ms = match wait {
            // A server that says 0 again and again must not be asked in a busy loop.
            Wait::Said(ms) => ms.max(rules.backoff.initial_ms / 2),
            // Failed or not: an outage of ten seconds must not cost half a minute, and clients that failed together
            // must not all probe together.
            Wait::Backoff => rules.backoff.wait_ms(self.failures, dice),
            Wait::Long => rules.backoff.max_ms,
        };
        self.retry_at_ms = Some(now_ms.saturating_add(wait_ms.max(1)));
        self.failed && !was_failed
    }
}

//! When a client's presence changed. Pure: it is told what was heard when, and has no clock.

use std::collections::VecDeque;

use super::presence::{GONE_AFTER_MS, Presence, SILENT_AFTER_MS};

/// Changes kept; the oldest go first.
const CHANGES_MAX: usize = 32;

/// The changes, oldest first: since when (ms since 1970), and what it then was.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    changes: VecDeque<(u64, Presence)>,
}

impl History {
    /// From now on it is so.
    pub(super) fn note(&mut self, at_ms: u64, presence: Presence) {
        let last = self.changes.back();
        if last.is_some_and(|(_, known)| *known == presence) {
            return;
        }
        // A clock that was set back does not turn the order.
        let at_ms = last.map_or(at_ms, |(since_ms, _)| at_ms.max(*since_ms));
        if self.changes.len() >= CHANGES_MAX {
            self.changes.pop_front();
        }
        self.changes.push_back((at_ms, presence));
    }

    /// Notes what time alone has changed since the last hearing. `of` says what a client is after so long a silence (ms).
    /// Where nothing was heard, nothing is known.
    pub(super) fn settle(&mut self, last_ms: u64, now_ms: u64, of: impl Fn(u64) -> Presence) {
        if self.changes.is_empty() {
            return;
        }
        for silent_ms in [0, SILENT_AFTER_MS + 1, GONE_AFTER_MS + 1] {
            if last_ms + silent_ms <= now_ms {
                self.note(last_ms + silent_ms, of(silent_ms));
            }
        }
    }

    /// As the API shows them.
    pub(super) fn shown(&self) -> Vec<(u64, &'static str)> {
        self.changes.iter().map(|(since_ms, presence)| (*since_ms, presence.as_str())).collect()
    }
}

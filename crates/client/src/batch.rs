//! When the next batch is cut. Pure: what waits and what time it is, in; when, out.

/// How long an ERROR or CRITICAL record waits for company before it is sent.
pub(crate) const URGENT_MS: u64 = 50;

/// The numbers that decide about a cut.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    /// So many waiting records are cut at once.
    pub batch_size: u64,
    /// The longest wait of a record.
    pub interval_ms: u64,
}

/// What waits in the live stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Queue {
    /// Records that were accepted and not yet acknowledged.
    pub waiting: u64,
    /// When the sender first knew of a waiting record of level ERROR or above.
    pub urgent_ms: Option<u64>,
    /// Somebody waits for an empty queue: a flush.
    pub flush: bool,
    /// The next record is not complete yet: its writer is in the middle of the append. Look again then.
    pub blocked_until_ms: Option<u64>,
}

impl Cut {
    /// When the next batch is due, given when the last one was cut. `None`: nothing waits.
    ///
    /// One rule serves both "5 s after the oldest" and "at once for the first record after an idle interval": no two
    /// batches closer than the interval unless there is a reason, hence no record waits longer than the interval.
    #[must_use]
    pub(crate) fn due_ms(
        &self,
        queue: &Queue,
        last_cut_ms: Option<u64>,
        now_ms: u64,
    ) -> Option<u64> {
        if queue.waiting == 0 {
            return None;
        }
        let due = if queue.waiting >= self.batch_size || queue.flush {
            now_ms
        } else {
            let by_time = last_cut_ms.map_or(now_ms, |cut| cut.saturating_add(self.interval_ms));
            let by_urgency = queue.urgent_ms.map(|since| since.saturating_add(URGENT_MS));
            by_urgency.map_or(by_time, |urgent| urgent.min(by_time))
        };
        Some(due.max(queue.blocked_until_ms.unwrap_or(0)))
    }

    /// How many waiting records are a reason to wake a sender that sleeps. 1 when it is idle.
    #[must_use]
    pub(crate) fn ring_at(&self, last_cut_ms: Option<u64>, now_ms: u64) -> u64 {
        let idle = last_cut_ms.is_none_or(|cut| cut.saturating_add(self.interval_ms) <= now_ms);
        if idle { 1 } else { self.batch_size }
    }
}

#[cfg(test)]
mod tests;

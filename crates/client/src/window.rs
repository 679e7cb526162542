//! How much of a stream the next batch may hold after a refusal: halving, bisecting, setting aside. Pure, one per stream.

/// So many refusals of one batch by a busy server make it stuck, if an empty batch passes meanwhile.
pub(crate) const STUCK_AFTER: u32 = 20;
/// So many accepted batches double a size that a 413 had lowered.
const GROW_AFTER: u32 = 50;

/// Why a batch was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// 413: too large.
    Large,
    /// 400, 422: some record is poison.
    Poison,
    /// Busy statuses: only after `STUCK_AFTER` of them is the batch to blame.
    Busy,
}

/// What to do with the refused records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Send them again, within the window's limits, when the endpoint is ready.
    Resend,
    /// First show with an empty batch that the server accepts anything at all.
    Prove,
    /// The one record in the batch is to blame: set it aside.
    SetAside,
}

/// The limits of a stream's next batch.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    max_bytes: u64,
    limit_bytes: u64,
    accepted_in_a_row: u32,
    /// Records, from the next one on, among which one is poison. 0: none is suspected.
    suspects: u64,
    /// The batch that is refused again and again, by its first sequence number.
    refused_first: Option<u64>,
    refusals: u32,
    /// The server has accepted something since `refused_first` was refused first.
    proven: bool,
    /// The suspects were found by `STUCK_AFTER`, not by a 400.
    stuck: bool,
    /// A record alone was refused, and only proof is missing to blame it.
    asked: bool,
}

impl Window {
    /// No limit but the batch's own.
    #[must_use]
    pub(crate) fn new(max_bytes: u64) -> Window {
        Window {
            max_bytes,
            limit_bytes: max_bytes,
            accepted_in_a_row: 0,
            suspects: 0,
            refused_first: None,
            refusals: 0,
            proven: false,
            stuck: false,
            asked: false,
        }
    }

    /// The most records that the next batch may hold.
    #[must_use]
    pub(crate) fn records(&self) -> u64 {
        match self.suspects {
            0 => u64::MAX,
            suspects => suspects.div_ceil(2),
        }
    }

    /// The most bytes of frames that the next batch may hold; one record may always travel.
    #[must_use]
    pub(crate) fn bytes(&self) -> u64 {
        self.limit_bytes
    }

    /// The next records need an accepted empty batch before they are sent again.
    #[must_use]
    pub(crate) fn wants_proof(&self) -> bool {
        (self.asked || self.stuck && self.suspects > 0) && !self.proven
    }

    /// A batch of `count` records was acknowledged whole.
    pub(crate) fn accepted(&mut self, count: u64) {
        self.suspects = self.suspects.saturating_sub(count);
        self.settle();
        self.accepted_in_a_row += 1;
        if self.accepted_in_a_row >= GROW_AFTER {
            self.accepted_in_a_row = 0;
            self.limit_bytes = self.limit_bytes.saturating_mul(2).min(self.max_bytes);
        }
    }

    /// The server accepted something else: an empty batch, or another stream's.
    pub(crate) fn proved(&mut self) {
        self.proven = true;
    }

    /// A batch that began with `first`, of `count > 0` records in `bytes` bytes, was refused.
    pub(crate) fn refused(&mut self, first: u64, count: u64, bytes: u64, why: Refusal) -> Next {
        if self.refused_first != Some(first) {
            // Another batch: what was accepted while halving proves the server, what came before does not.
            self.proven &= self.suspects > 0;
            self.refused_first = Some(first);
            self.refusals = 0;
            self.asked = false;
        }
        self.refusals += 1;
        self.accepted_in_a_row = 0;
        match why {
            Refusal::Busy => self.refused_by_busy(count),
            Refusal::Large if count > 1 => {
                self.limit_bytes = (bytes / 2).max(1);
                self.suspects = 0;
                Next::Resend
            }
            Refusal::Poison if count > 1 => {
                self.suspects = count;
                Next::Resend
            }
            Refusal::Large | Refusal::Poison => self.alone(),
        }
    }

    /// The suspected record was set aside.
    pub(crate) fn set_aside(&mut self) {
        self.suspects = 0;
        // The record was to blame, not the size of the batches.
        self.limit_bytes = self.max_bytes;
        self.settle();
    }

    fn refused_by_busy(&mut self, count: u64) -> Next {
        let was_stuck = self.stuck && self.suspects > 0;
        if !self.proven || !(was_stuck || self.refusals >= STUCK_AFTER) {
            return Next::Resend;
        }
        self.stuck = true;
        if count == 1 {
            return self.alone();
        }
        self.suspects = count;
        // The next half needs its own proof: the server may have gone down in earnest since.
        self.proven = false;
        Next::Resend
    }

    fn alone(&mut self) -> Next {
        self.asked = true;
        if self.proven { Next::SetAside } else { Next::Prove }
    }

    fn settle(&mut self) {
        self.refused_first = None;
        self.refusals = 0;
        self.asked = false;
        // While halving goes on, an accepted half is proof for the other one.
        self.proven = self.suspects > 0;
        self.stuck &= self.suspects > 0;
    }
}

#[cfg(test)]
mod tests;

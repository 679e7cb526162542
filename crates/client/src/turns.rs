//! Whose turn the next request is: the own stream's or an adopted one's. Pure.

/// At least every fourth request is the backlog's while it has something.
const LIVE_IN_A_ROW: u32 = 3;

/// Which stream a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// The own stream.
    Live,
    /// A dead process's stream that this one ships.
    Backlog,
}

/// Remembers who had the last turns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns {
    live_in_a_row: u32,
}

impl Turns {
    /// Picks the next lane, given who wants one.
    pub(crate) fn pick(&mut self, live: bool, backlog: bool) -> Option<Lane> {
        let lane = match (live, backlog) {
            (false, false) => return None,
            (true, false) => Lane::Live,
            (false, true) => Lane::Backlog,
            (true, true) if self.live_in_a_row >= LIVE_IN_A_ROW => Lane::Backlog,
            (true, true) => Lane::Live,
        };
        self.live_in_a_row = match lane {
            Lane::Live => self.live_in_a_row.saturating_add(1),
            Lane::Backlog => 0,
        };
        Some(lane)
    }
}

#[cfg(test)]
mod tests;

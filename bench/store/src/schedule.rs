//! Which process writes which record: every 64 records the same turns. Pure.

use crate::process::PROCESSES;

/// Records until the turns begin again.
const ROUND: u64 = 64;

/// The turns of a round.
pub(crate) struct Schedule {
    /// The process whose turn it is.
    turns: Vec<usize>,
    /// The turns of each process, ascending.
    of: Vec<Vec<u64>>,
}

impl Schedule {
    pub(crate) fn new() -> Self {
        // Each process's turns lie as far apart as they can.
        let mut places: Vec<(u64, usize)> = Vec::new();
        for (process, it) in PROCESSES.iter().enumerate() {
            places.extend((0..it.share).map(|turn| ((2 * turn + 1) * 10_000 / it.share, process)));
        }
        places.sort_unstable();
        let turns: Vec<usize> = places.into_iter().map(|(_, process)| process).collect();
        let mut of = vec![Vec::new(); PROCESSES.len()];
        for (turn, &process) in turns.iter().enumerate() {
            of[process].push(turn as u64);
        }
        Self { turns, of }
    }

    /// The process that writes this record, and its sequence number in that process's stream.
    pub(crate) fn writer(&self, record: u64) -> (usize, u64) {
        let (round, turn) = (record / ROUND, record % ROUND);
        let process = self.turns[turn as usize];
        let own = &self.of[process];
        let before = own.partition_point(|&other| other < turn) as u64;
        (process, round * own.len() as u64 + before + 1)
    }

    /// The record that has this sequence number in the process's stream.
    pub(crate) fn record(&self, process: usize, seq: u64) -> u64 {
        let own = &self.of[process];
        let (round, turn) = ((seq - 1) / own.len() as u64, (seq - 1) % own.len() as u64);
        round * ROUND + own[turn as usize]
    }

    /// How many of the first `records` the process writes.
    pub(crate) fn count(&self, process: usize, records: u64) -> u64 {
        let own = &self.of[process];
        let before = own.partition_point(|&turn| turn < records % ROUND) as u64;
        records / ROUND * own.len() as u64 + before
    }
}

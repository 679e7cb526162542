//! What a scripted server holds of each stream: every record once, with repeats, gaps and losses counted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::batch::{Batch, Frame};

/// One stream's records by sequence number, and what the client said about the others.
#[derive(Debug, Default)]
pub struct Stream {
    /// The stream's name.
    pub name: String,
    /// Records by sequence number.
    pub records: BTreeMap<u64, Frame>,
    /// How often a record came that was already here.
    pub duplicates: u64,
    /// Highest sequence number that any acknowledged batch covered.
    pub through: u64,
    /// Declared by the client: (from, to) and the reason.
    pub losses: BTreeMap<(u64, u64), String>,
    /// Answered as never to be kept.
    pub rejected: Vec<u64>,
    /// `end_of_stream` was seen.
    pub ended: bool,
    /// The client block that came last.
    pub client: Value,
}

impl Stream {
    /// Numbers up to `through` that are neither here, nor declared lost, nor rejected, as ranges.
    pub fn gaps(&self) -> Vec<(u64, u64)> {
        let mut gaps: Vec<(u64, u64)> = Vec::new();
        for seq in 1..=self.through {
            let lost = self.losses.keys().any(|(from, to)| (*from..=*to).contains(&seq));
            if self.records.contains_key(&seq) || lost || self.rejected.contains(&seq) {
                continue;
            }
            match gaps.last_mut().filter(|(_, to)| to + 1 == seq) {
                Some((_, to)) => *to = seq,
                None => gaps.push((seq, seq)),
            }
        }
        gaps
    }

    /// The losses as JSON.
    pub fn losses_json(&self) -> Vec<Value> {
        let losses = self.losses.iter();
        losses.map(|((from, to), why)| json!({"from": from, "to": to, "reason": why})).collect()
    }
}

/// All streams, in the order in which they were first seen, and all records in the order of storing.
#[derive(Debug, Default)]
pub struct Stored {
    /// The streams.
    pub streams: Vec<Stream>,
    /// Places of the records: index of the stream, sequence number.
    pub order: Vec<(usize, u64)>,
}

impl Stored {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.streams.iter().position(|stream| stream.name == name) {
            return place;
        }
        self.streams.push(Stream { name: name.to_owned(), ..Stream::default() });
        self.streams.len() - 1
    }

    /// Notes the client block; done for every batch, whatever is answered.
    pub fn hear(&mut self, batch: &Batch) {
        let place = self.place(&batch.stream);
        self.streams[place].client = batch.header["client"].clone();
    }

    /// Keeps the batch's records up to `through`, without the rejected ones.
    pub fn keep(&mut self, batch: &Batch, through: u64, rejected: &[u64]) {
        let place = self.place(&batch.stream);
        let stream = &mut self.streams[place];
        for frame in batch.frames.iter().filter(|frame| frame.seq <= through) {
            if rejected.contains(&frame.seq) {
                stream.rejected.push(frame.seq);
            } else if stream.records.insert(frame.seq, frame.clone()).is_some() {
                stream.duplicates += 1;
            } else {
                self.order.push((place, frame.seq));
            }
        }
        for (from, to, reason) in batch.losses() {
            stream.losses.insert((from, to), reason);
        }
        stream.through = stream.through.max(through.min(batch.last_seq));
        stream.ended |= batch.header["end_of_stream"] == true;
    }
}

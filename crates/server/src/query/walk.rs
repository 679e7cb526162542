//! Every record that matches, in no order: what counts are made of. What a summary can answer is not unpacked.

use serde_json::{Value, json};

use super::candidates::{candidates, decides};
use super::filter::Filter;
use super::run::Limits;
use crate::batch::{Batch, Summary};
use crate::client_block::ClientBlock;
use crate::memtable::Snapshot;
use crate::parts::{Corrupt, GroupRows, Loaded, Pace, Part};
use crate::row::Row;

/// Rows of a row group that are unpacked at once.
const STEP_ROWS: usize = 8192;

/// What is done with what matches.
pub(super) trait Visitor {
    /// A whole batch, part or row group matches: true when its summary was enough.
    fn whole(&mut self, _summary: &Summary) -> bool {
        false
    }

    /// A whole row group matches: true when its counts over time were enough.
    fn paced(&mut self, _pace: &Pace) -> bool {
        false
    }

    /// Rows of a row group match, by their places: true when their columns were enough.
    fn columns(&mut self, _group: &Loaded, _places: &[usize]) -> Result<bool, Corrupt> {
        Ok(false)
    }

    /// A record matches.
    fn row(&mut self, row: &Row<'_>);
}

/// A walk over all of a snapshot, or as much of it as its limits allow.
pub(super) struct Walk<'a> {
    pub(super) filter: &'a Filter,
    pub(super) limits: &'a Limits,
    /// What was looked at.
    pub(super) records: u64,
    pub(super) batches: u64,
    /// The time was up before all had been seen.
    pub(super) partial: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(filter: &'a Filter, limits: &'a Limits) -> Self {
        Self { filter, limits, records: 0, batches: 0, partial: false }
    }

    /// Newest parts first, so that what is missing at the end of the time is old.
    pub(super) fn all(&mut self, snapshot: &Snapshot, visitor: &mut dyn Visitor) {
        for batch in snapshot.chunks.iter().rev().flat_map(|chunk| chunk.batches.iter().rev()) {
            if self.stops() {
                return;
            }
            self.batch(batch, visitor);
        }
        let mut parts: Vec<&Part> = snapshot.parts.iter().map(|part| &**part).collect();
        parts.sort_unstable_by_key(|part| std::cmp::Reverse(part.meta.summary.max_time_ns));
        for part in parts {
            if self.stops() {
                return;
            }
            self.part(part, visitor);
        }
    }

    /// For answers: what was scanned.
    pub(super) fn scanned(&self, ms: u128) -> Value {
        json!({"records": self.records, "batches": self.batches, "ms": ms as u64})
    }

    fn stops(&mut self) -> bool {
        self.partial |= self.limits.are_over();
        self.partial
    }

    fn is_whole(&self, summary: &Summary) -> bool {
        self.filter.terms().is_empty()
            && summary.min_time_ns >= self.filter.from_ns
            && summary.max_time_ns <= self.filter.to_ns
    }

    fn batch(&mut self, batch: &Batch, visitor: &mut dyn Visitor) {
        let summary = &batch.summary;
        if !self.filter.may_match(&batch.client, summary) {
            return;
        }
        self.records += summary.records;
        self.batches += 1;
        if self.is_whole(summary) && visitor.whole(summary) {
            return;
        }
        let Ok(unpacked) = batch.unpack() else {
            tracing::error!(offset = batch.offset, "a stored batch cannot be unpacked");
            return;
        };
        if self.filter.may_be_in(batch, &unpacked) {
            let rows = unpacked.rows(batch).filter(|row| self.filter.matches(row));
            rows.for_each(|row| visitor.row(&row));
        }
    }

    fn part(&mut self, part: &Part, visitor: &mut dyn Visitor) {
        let nobody = ClientBlock::default();
        let summary = &part.meta.summary;
        if !self.filter.may_match(&nobody, summary) {
            return;
        }
        if self.is_whole(summary) && visitor.whole(summary) {
            self.records += summary.records;
            return;
        }
        for (number, group) in part.groups().iter().enumerate() {
            if self.stops() {
                return;
            }
            let summary = &group.summary;
            if !self.filter.may_match(&nobody, summary)
                || !part.may_hold(number, self.filter.tokens())
            {
                continue;
            }
            self.records += summary.records;
            self.batches += 1;
            if self.is_whole(summary) && (visitor.whole(summary) || visitor.paced(&group.pace)) {
                continue;
            }
            let Some(group) = part.load(number) else { continue };
            part.noted(self.group(&group, visitor));
        }
    }

    fn group(&mut self, group: &Loaded, visitor: &mut dyn Visitor) -> Result<(), Corrupt> {
        let places = candidates(self.filter, i64::MAX, group)?;
        if decides(self.filter) && visitor.columns(group, &places)? {
            return Ok(());
        }
        for places in places.chunks(STEP_ROWS) {
            if self.stops() {
                break;
            }
            let rows = GroupRows::read(&group.rows_at(places)?)?;
            let matching = (0..rows.len()).filter_map(|at| rows.get(at));
            let matching = matching.filter(|row| self.filter.matches(row));
            matching.for_each(|row| visitor.row(&row));
        }
        Ok(())
    }
}

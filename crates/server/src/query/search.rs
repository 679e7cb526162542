//! The walk over a snapshot: newest first, unpacking no more than the page needs.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::candidates::candidates;
use super::cursor::Cursor;
use super::filter::Filter;
use crate::batch::{Batch, Summary};
use crate::client_block::ClientBlock;
use crate::memtable::{Chunk, Snapshot};
use crate::parts::{Corrupt, GroupRows, Loaded, Part};
use crate::row::{Key, Row};
use crate::stream_id::StreamId;

/// A page is no longer than about this, however long its records are.
const PAGE_MAX_BYTES: usize = 8 << 20;

/// Rows of a row group that are unpacked first.
const STEP_ROWS: usize = 128;

/// One page to find.
pub(super) struct Search<'a> {
    pub(super) filter: &'a Filter,
    pub(super) limit: usize,
    pub(super) pinned: u64,
    pub(super) before: Option<Key>,
    pub(super) deadline: Instant,
    pub(super) cancelled: &'a AtomicBool,
}

/// One page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Rows as JSON, newest first.
    pub(super) rows: Vec<Vec<u8>>,
    pub(super) cursor: Option<Cursor>,
    pub(super) records: u64,
    pub(super) batches: u64,
    /// Time ran out: the cursor goes on where the walk stopped.
    pub(super) partial: bool,
}

/// What is still to be looked at, by its newest record.
enum Item {
    Chunk(Arc<Chunk>),
    Batch(Arc<Batch>),
    Part(Arc<Part>),
    /// A row group of a part, by its place.
    Group(Arc<Part>, usize),
}

struct Todo {
    max_time_ns: i64,
    item: Item,
}

impl Ord for Todo {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.max_time_ns.cmp(&other.max_time_ns)
    }
}

impl PartialOrd for Todo {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Todo {
    fn eq(&self, other: &Self) -> bool {
        self.max_time_ns == other.max_time_ns
    }
}

impl Eq for Todo {}

/// The best rows so far: the oldest on top, to be driven out by newer ones.
struct Best {
    heap: BinaryHeap<Reverse<(Key, Vec<u8>)>>,
    bytes: usize,
    limit: usize,
}

impl Best {
    fn is_full(&self) -> bool {
        self.heap.len() >= self.limit
    }

    fn oldest(&self) -> Option<Key> {
        self.heap.peek().map(|Reverse((key, _))| *key)
    }

    /// True when rows older than the best ones cannot come in any more.
    fn shuts_out(&self, time_ns: i64) -> bool {
        self.is_full() && self.oldest().is_some_and(|oldest| oldest.0 > time_ns)
    }

    fn offer(&mut self, key: Key, row: &Row<'_>) {
        if self.is_full() && self.oldest().is_some_and(|oldest| oldest >= key) {
            return;
        }
        let mut json = Vec::with_capacity(512);
        row.write_json(&mut json);
        self.bytes += json.len();
        self.heap.push(Reverse((key, json)));
        while self.heap.len() > self.limit || (self.bytes > PAGE_MAX_BYTES && self.heap.len() > 1) {
            if let Some(Reverse((_, json))) = self.heap.pop() {
                self.bytes -= json.len();
                // Rows that did not fit by length come with the next page.
                self.limit = self.limit.min(self.heap.len().max(1));
            }
        }
    }
}

impl Search<'_> {
    pub(super) fn run(&self, snapshot: &Snapshot) -> Page {
        let mut page = Page::default();
        let mut best = Best { heap: BinaryHeap::new(), bytes: 0, limit: self.limit };
        let mut todo: BinaryHeap<Todo> = snapshot
            .chunks
            .iter()
            .map(|c| Todo { max_time_ns: c.max_time_ns, item: Item::Chunk(c.clone()) })
            .collect();
        todo.extend(snapshot.parts.iter().filter(|part| self.concerns(&part.meta.summary)).map(
            |part| Todo {
                max_time_ns: part.meta.summary.max_time_ns,
                item: Item::Part(part.clone()),
            },
        ));
        let mut frontier = None;
        while let Some(next) = todo.pop() {
            if next.max_time_ns < self.filter.from_ns || best.shuts_out(next.max_time_ns) {
                break;
            }
            if self.cancelled.load(Ordering::Relaxed) || Instant::now() >= self.deadline {
                frontier = Some(next.max_time_ns);
                break;
            }
            match next.item {
                Item::Chunk(chunk) => todo.extend(chunk.batches.iter().map(|batch| Todo {
                    max_time_ns: batch.summary.max_time_ns,
                    item: Item::Batch(batch.clone()),
                })),
                Item::Batch(batch) => self.visit(&batch, &mut best, &mut page),
                Item::Part(part) => todo.extend(self.groups(&part)),
                Item::Group(part, number) => self.visit_group(&part, number, &mut best, &mut page),
            }
        }
        self.finish(best, frontier, page)
    }

    fn visit(&self, batch: &Batch, best: &mut Best, page: &mut Page) {
        let summary = &batch.summary;
        let too_new = self.before.is_some_and(|before| summary.min_time_ns > before.0);
        if batch.offset >= self.pinned || too_new {
            return;
        }
        if !self.filter.may_match(&batch.client, summary) {
            return;
        }
        let Ok(unpacked) = batch.unpack() else {
            tracing::error!(offset = batch.offset, "a stored batch cannot be unpacked");
            return;
        };
        page.batches += 1;
        page.records += summary.records;
        if !self.filter.may_be_in(batch, &unpacked) {
            return;
        }
        let mut hits: Vec<(Key, Row<'_>)> = unpacked
            .rows(batch)
            .map(|row| ((row.time_ns, batch.stream, row.seq), row))
            .filter(|(key, _)| self.before.is_none_or(|before| *key < before))
            .filter(|(key, _)| !best.shuts_out(key.0))
            .filter(|(_, row)| self.filter.matches(row))
            .collect();
        hits.sort_unstable_by_key(|(key, _)| Reverse(*key));
        hits.truncate(best.limit);
        hits.iter().for_each(|(key, row)| best.offer(*key, row));
    }

    /// False when the counts and bounds already say that no row can be on the page.
    fn concerns(&self, summary: &Summary) -> bool {
        self.before.is_none_or(|before| summary.min_time_ns <= before.0)
            && self.filter.may_match(&ClientBlock::default(), summary)
    }

    fn groups(&self, part: &Arc<Part>) -> Vec<Todo> {
        let groups = part.groups().iter().enumerate();
        let groups = groups.filter(|(_, group)| self.concerns(&group.summary));
        let todo = groups.map(|(number, group)| Todo {
            max_time_ns: group.summary.max_time_ns,
            item: Item::Group(part.clone(), number),
        });
        todo.collect()
    }

    fn visit_group(&self, part: &Part, number: usize, best: &mut Best, page: &mut Page) {
        if part.meta.min_offset >= self.pinned || !part.may_hold(number, self.filter.tokens()) {
            return;
        }
        let Some(group) = part.load(number) else { return };
        page.batches += 1;
        page.records += group.rows() as u64;
        part.noted(self.walk(&group, best));
    }

    /// The newest rows first, in steps that grow: what a page does not need is not unpacked.
    fn walk(&self, group: &Loaded, best: &mut Best) -> Result<(), Corrupt> {
        let newest_ns = self.before.map_or(i64::MAX, |before| before.0);
        let places = candidates(self.filter, newest_ns, group)?;
        let (mut end, mut step) = (places.len(), self.limit.max(STEP_ROWS));
        while end > 0 {
            let start = end.saturating_sub(step);
            let rows = GroupRows::read(&group.rows_at(&places[start..end])?)?;
            for row in (0..rows.len()).rev().filter_map(|at| rows.get(at)) {
                let key = row.key();
                if best.shuts_out(key.0) {
                    return Ok(());
                }
                let asked = row.offset < self.pinned && self.before.is_none_or(|b| key < b);
                if asked && self.filter.matches(&row) {
                    best.offer(key, &row);
                }
            }
            (end, step) = (start, step * 4);
        }
        Ok(())
    }

    fn finish(&self, best: Best, frontier: Option<i64>, mut page: Page) -> Page {
        let full = best.is_full();
        let mut rows: Vec<(Key, Vec<u8>)> =
            best.heap.into_iter().map(|Reverse(pair)| pair).collect();
        rows.sort_unstable_by_key(|(key, _)| Reverse(*key));
        page.partial = frontier.is_some();
        let mut before = rows.last().map(|(key, _)| *key).filter(|_| full);
        if let Some(time_ns) = frontier {
            // What was not looked at may hold rows as new as this: only newer ones are certain.
            rows.retain(|(key, _)| key.0 > time_ns);
            let least = StreamId { instance: [0; 16], lane: 0 };
            before = Some((time_ns.saturating_add(1), least, 0));
        }
        page.cursor = before.map(|before| Cursor {
            pinned: self.pinned,
            from_ns: self.filter.from_ns,
            to_ns: self.filter.to_ns,
            before,
        });
        page.rows = rows.into_iter().map(|(_, json)| json).collect();
        page
    }
}

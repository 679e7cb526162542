//! Parts, each ascending, into one. Holds one row group of each at a time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::parts::{GroupRows, Part, PartWriter, Written};
use crate::row::{Key, Row};

/// Where the walk through one part stands.
struct Walk<'p> {
    part: &'p Part,
    group: usize,
    rows: Option<GroupRows>,
    at: usize,
}

impl Walk<'_> {
    /// Moves to the next row; none at the end.
    fn step(&mut self) -> Result<Option<Key>, String> {
        loop {
            if let Some(row) = self.row() {
                return Ok(Some(row.key()));
            }
            if self.rows.take().is_some() {
                self.group += 1;
            }
            let count = self.part.noted(self.part.group_count()).ok_or_else(|| self.bad())?;
            if self.group >= count {
                return Ok(None);
            }
            let rows = self.part.noted(self.part.read_group(self.group));
            self.rows = Some(rows.ok_or_else(|| self.bad())?);
            self.at = 0;
        }
    }

    fn bad(&self) -> String {
        format!("part {} cannot be read", self.part.meta.name)
    }

    fn row(&self) -> Option<Row<'_>> {
        self.rows.as_ref()?.get(self.at)
    }
}

/// All records of the parts under a new name.
pub(crate) fn build(
    parts: &[Arc<Part>],
    name: String,
    stop: &AtomicBool,
) -> Result<Written, String> {
    let bytes: u64 = parts.iter().map(|part| part.meta.bytes).sum();
    let mut out = PartWriter::new(bytes as usize)?;
    let walks = parts.iter().map(|part| Walk { part, group: 0, rows: None, at: 0 });
    let mut walks: Vec<Walk<'_>> = walks.collect();
    let mut next = BinaryHeap::new();
    for (which, walk) in walks.iter_mut().enumerate() {
        next.extend(walk.step()?.map(|key| Reverse((key, which))));
    }
    while let Some(Reverse((_, which))) = next.pop() {
        if stop.load(Ordering::Relaxed) {
            return Err("the server stops".into());
        }
        let walk = &mut walks[which];
        if let Some(row) = walk.row() {
            out.push(&row)?;
        }
        walk.at += 1;
        next.extend(walk.step()?.map(|key| Reverse((key, which))));
    }
    let wanted: u64 = parts.iter().map(|part| part.meta.summary.records).sum();
    match out.rows() == wanted {
        true => out.finish(name),
        false => Err(format!("{} records instead of {wanted}", out.rows())),
    }
}

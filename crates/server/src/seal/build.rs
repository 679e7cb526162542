//! Batches into the bytes of parts: unpacked, sorted by time, split by day.

use std::sync::Arc;

use super::days::Days;
use crate::batch::Batch;
use crate::parts::{PartWriter, Written, name};
use crate::row::Row;

/// What batches came to.
pub(crate) struct Built {
    pub(crate) parts: Vec<Written>,
    /// Batches that cannot be unpacked any more.
    pub(crate) spoilt: Vec<Arc<Batch>>,
}

/// Makes at most five parts: of four days, and of everything else.
pub(crate) fn build(batches: &[Arc<Batch>], now_ns: i64) -> Result<Built, String> {
    let unpacked: Vec<_> = batches.iter().map(|batch| (batch, batch.unpack())).collect();
    let spoilt = unpacked.iter().filter(|(_, unpacked)| unpacked.is_err());
    let spoilt = spoilt.map(|(batch, _)| Arc::clone(batch)).collect();
    let good =
        unpacked.iter().filter_map(|(batch, unpacked)| Some((batch, unpacked.as_ref().ok()?)));
    let mut rows: Vec<Row<'_>> = good.flat_map(|(batch, unpacked)| unpacked.rows(batch)).collect();
    rows.sort_unstable_by_key(Row::key);
    let days = Days::of(rows.iter().map(|row| row.time_ns));
    let folders = days.folders();
    let mut parts = Vec::new();
    for (place, folder) in folders.iter().enumerate() {
        let mut part = PartWriter::new()?;
        for row in rows.iter().filter(|row| days.place(row.time_ns) == place) {
            part.push(row)?;
        }
        if part.rows() > 0 {
            parts.push(part.finish(name::fresh(folder, now_ns)?)?);
        }
    }
    Ok(Built { parts, spoilt })
}

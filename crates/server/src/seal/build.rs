//! Batches into the bytes of parts: unpacked, sorted by time, split by day.

use std::sync::Arc;

use super::days::folders;
use crate::batch::{Batch, Unpacked};
use crate::parts::{PartWriter, Written, name};
use crate::row::Row;

/// What batches came to.
pub(crate) struct Built {
    pub(crate) parts: Vec<Written>,
    /// Batches that cannot be unpacked any more.
    pub(crate) spoilt: Vec<Arc<Batch>>,
}

/// A record of one of the batches. A row is ten times as large, and is made when it is its turn.
#[derive(Clone, Copy)]
struct Place {
    time_ns: i64,
    batch: u32,
    frame: u32,
}

/// Records become that much shorter in a part, at least: room for so many bytes is asked for at once.
const PACKED_TO: usize = 4;

/// Makes at most five parts: of four days, and of everything else.
pub(crate) fn build(batches: &[Arc<Batch>], now_ns: i64) -> Result<Built, String> {
    let (mut good, mut spoilt) = (Vec::with_capacity(batches.len()), Vec::new());
    let bytes: usize = batches.iter().map(|batch| batch.body.decoded_bytes as usize).sum();
    for batch in batches {
        match batch.unpack() {
            Ok(unpacked) => good.push((&**batch, unpacked)),
            Err(_) => spoilt.push(Arc::clone(batch)),
        }
    }
    // A stream's batches one behind the other are one run of ascending records as a rule, which sorting likes.
    good.sort_by_key(|(batch, _)| (batch.stream, batch.first_seq));
    let places = sorted(&good);
    let mut parts = Vec::new();
    for (folder, runs) in folders(&places, |place| place.time_ns) {
        let mut part = PartWriter::new(bytes / PACKED_TO)?;
        for place in runs.into_iter().flatten() {
            if let Some(row) = row(&good, place) {
                part.push(&row)?;
            }
        }
        if part.rows() > 0 {
            parts.push(part.finish(name::fresh(&folder, now_ns)?)?);
        }
    }
    Ok(Built { parts, spoilt })
}

/// All kept records, ascending by key.
fn sorted(batches: &[(&Batch, Unpacked)]) -> Vec<Place> {
    let count: u64 = batches.iter().map(|(batch, _)| batch.summary.records).sum();
    let mut places = Vec::with_capacity(count as usize);
    for (number, (batch, unpacked)) in batches.iter().enumerate() {
        let own = unpacked.rows(batch).places();
        places.extend(own.map(|(time_ns, frame)| Place { time_ns, batch: number as u32, frame }));
    }
    // A batch is in order as a rule: a sort that sees this compares little.
    places.sort_by(|a, b| {
        let key = |place| row(batches, place).map(|row| row.key());
        a.time_ns.cmp(&b.time_ns).then_with(|| key(a).cmp(&key(b)))
    });
    places
}

#[inline]
fn row<'a>(batches: &'a [(&Batch, Unpacked)], place: &Place) -> Option<Row<'a>> {
    let (batch, unpacked) = batches.get(place.batch as usize)?;
    unpacked.row_at(batch, place.frame)
}

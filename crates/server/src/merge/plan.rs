//! Which parts to merge. Pure.

use std::collections::BTreeMap;

use crate::parts::PartMeta;

/// So many parts of like size make it worth while.
const PARTS_MIN: usize = 4;
const PARTS_MAX: usize = 8;
/// A part of more records is large enough: retention takes whole parts.
const RECORDS_MAX: u64 = 1_000_000;

/// Names of parts of one folder and of like size, smallest sizes first; none when there are too few.
pub(crate) fn plan(parts: &[&PartMeta]) -> Vec<String> {
    let mut like: BTreeMap<(u32, &str), Vec<&PartMeta>> = BTreeMap::new();
    for part in parts {
        let folder = part.name.split('/').next().unwrap_or_default();
        // Sizes within a factor of four are alike, so that a record is merged few times in its life.
        let size = part.summary.records.max(1).ilog2() / 2;
        like.entry((size, folder)).or_default().push(part);
    }
    for mut parts in like.into_values() {
        parts.sort_by_key(|part| (part.summary.min_time_ns, &part.name));
        let mut records = 0;
        let chosen = parts.iter().take(PARTS_MAX).take_while(|part| {
            records += part.summary.records;
            records <= RECORDS_MAX
        });
        let chosen: Vec<String> = chosen.map(|part| part.name.clone()).collect();
        if chosen.len() >= PARTS_MIN {
            return chosen;
        }
    }
    Vec::new()
}

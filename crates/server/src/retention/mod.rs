//! What leaves the store: whole parts, oldest first. It decides and never touches a file.

use crate::parts::PartMeta;

mod reserve;
#[cfg(test)]
mod tests;

pub(crate) use reserve::{Reserve, Step, step};

/// How much is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// Parts whose newest record is older leave, nanoseconds.
    pub(crate) age_ns: i64,
    /// Bytes of all parts; 0 sets no bound.
    pub(crate) bytes: u64,
    /// Parts leave while the disk has less free.
    pub(crate) free_bytes: u64,
}

/// Places of the parts that must leave.
pub(crate) fn victims(
    parts: &[&PartMeta],
    rules: Rules,
    now_ns: i64,
    mut free_bytes: u64,
) -> Vec<usize> {
    let size = |part: &PartMeta| part.bytes + part.bloom_bytes;
    let mut held: u64 = parts.iter().map(|part| size(part)).sum();
    let mut oldest_first: Vec<usize> = (0..parts.len()).collect();
    oldest_first.sort_by_key(|&at| (parts[at].summary.max_time_ns, &parts[at].name));
    let too_old_ns = now_ns.saturating_sub(rules.age_ns);
    let leaves = oldest_first.into_iter().take_while(|&at| {
        let part = parts[at];
        let leaves = part.summary.max_time_ns < too_old_ns
            || (rules.bytes > 0 && held > rules.bytes)
            || free_bytes < rules.free_bytes;
        if leaves {
            held -= size(part);
            free_bytes = free_bytes.saturating_add(size(part));
        }
        leaves
    });
    leaves.collect()
}

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
    /// Parts leave while the disk has less free, see [`Space`].
    pub(crate) free_bytes: u64,
}

/// The disk, as far as it matters for what leaves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space {
    pub(crate) free_bytes: u64,
    /// Size of the disk; none where it cannot be told.
    pub(crate) total_bytes: Option<u64>,
    /// What the queue takes until its batches are in parts.
    pub(crate) queue_bytes: u64,
}

impl Space {
    /// How much must be free for the parts' sake. On a disk that is smaller than the rule takes for granted it is half
    /// of it; and where the queue takes more than all parts do, and can still become parts, the parts are not to blame.
    fn wanted(self, rules: Rules, held_bytes: u64) -> u64 {
        let Self { free_bytes, total_bytes, queue_bytes } = self;
        match queue_bytes > held_bytes && free_bytes >= queue_bytes {
            true => 0,
            false => rules.free_bytes.min(total_bytes.map_or(u64::MAX, |bytes| bytes / 2)),
        }
    }
}

/// Places of the parts that must leave.
pub(crate) fn victims(parts: &[&PartMeta], rules: Rules, now_ns: i64, space: Space) -> Vec<usize> {
    let mut free_bytes = space.free_bytes;
    let size = |part: &PartMeta| part.bytes + part.bloom_bytes;
    let mut held: u64 = parts.iter().map(|part| size(part)).sum();
    let wanted_bytes = space.wanted(rules, held);
    let mut oldest_first: Vec<usize> = (0..parts.len()).collect();
    oldest_first.sort_by_key(|&at| (parts[at].summary.max_time_ns, &parts[at].name));
    let too_old_ns = now_ns.saturating_sub(rules.age_ns);
    let leaves = oldest_first.into_iter().take_while(|&at| {
        let part = parts[at];
        let leaves = part.summary.max_time_ns < too_old_ns
            || (rules.bytes > 0 && held > rules.bytes)
            || free_bytes < wanted_bytes;
        if leaves {
            held -= size(part);
            free_bytes = free_bytes.saturating_add(size(part));
        }
        leaves
    });
    leaves.collect()
}

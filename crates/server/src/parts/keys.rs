//! What the keys of fields mean, found out once: the records of a logger's call have the same keys in the same order.

use dlogs_record::Text;

use super::object::key_json;
use super::schema::{Column, LIFTED};

/// Keys that may follow the same keys; who has more of them starts anew, so that none is sought for long.
const FOLLOWERS_MAX: usize = 32;
/// So many keys of a record are compared with each other.
const DEPTH_MAX: usize = 32;
/// What is remembered takes no more memory than this, about.
const BYTES_MAX: usize = 1 << 20;
/// No key.
const NONE: usize = usize::MAX;

/// A key and the keys before it: the end of a way through the tree of [`Keys`].
pub(super) struct Key {
    mark: u64,
    bytes: Box<[u8]>,
    before: usize,
    depth: usize,
    /// The first of the keys that were seen behind it.
    follower: usize,
    /// The next of those that were seen behind the same keys.
    sibling: usize,
    /// Where its field rests.
    pub(super) column: Column,
    /// It may be one of those before it.
    pub(super) repeats: bool,
    /// The key as JSON, with its colon.
    pub(super) json: Box<[u8]>,
}

/// The keys that have been seen, as a tree: a record's are a way from its root.
pub(super) struct Keys {
    known: Vec<Key>,
    bytes: usize,
}

impl Default for Keys {
    fn default() -> Self {
        let mut keys = Self { known: Vec::new(), bytes: 0 };
        keys.learn(NONE, b"");
        keys
    }
}

impl Keys {
    /// Where a record's way begins.
    pub(super) fn root(&mut self) -> usize {
        if self.bytes > BYTES_MAX {
            *self = Self::default();
        }
        0
    }

    /// The place of a key behind the keys on the way to `before`.
    pub(super) fn behind(&mut self, before: usize, key: &[u8]) -> usize {
        let mark = mark(key);
        let (mut place, mut seen) = (self.known[before].follower, 0);
        while let Some(known) = self.known.get(place) {
            if known.mark == mark && *known.bytes == *key {
                return place;
            }
            place = known.sibling;
            seen += 1;
        }
        if seen == FOLLOWERS_MAX {
            self.known[before].follower = NONE;
        }
        let place = self.known.len();
        self.learn(before, key);
        self.known[place].sibling = std::mem::replace(&mut self.known[before].follower, place);
        place
    }

    /// What is known of a key.
    pub(super) fn at(&self, place: usize) -> &Key {
        &self.known[place]
    }

    fn learn(&mut self, before: usize, bytes: &[u8]) {
        let depth = self.known.get(before).map_or(0, |before| before.depth + 1);
        let mut way =
            std::iter::successors(self.known.get(before), |key| self.known.get(key.before));
        let repeats = depth > DEPTH_MAX || way.any(|key| key.depth > 0 && *key.bytes == *bytes);
        let lifted = LIFTED.iter().find(|(name, _)| name.as_bytes() == bytes);
        let json = key_json(&Text(bytes).repair());
        self.bytes += size_of::<Key>() + bytes.len() + json.len();
        self.known.push(Key {
            mark: mark(bytes),
            bytes: bytes.into(),
            before,
            depth,
            follower: NONE,
            sibling: NONE,
            column: lifted.map_or(Column::Metadata, |(_, column)| *column),
            repeats,
            json: json.into_bytes().into(),
        });
    }
}

/// Tells most keys apart at once: how long they are, how they begin and how they end.
fn mark(key: &[u8]) -> u64 {
    let ends = match (key.first_chunk(), key.last_chunk()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => key.iter().fold(0, |mark, byte| mark << 8 | u64::from(*byte)),
    };
    ends ^ (key.len() as u64) << 48
}

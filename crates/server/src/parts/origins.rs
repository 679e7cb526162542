//! Where the rows of a row group come from: what all records of a batch share is looked at once, not for every row.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

use super::bloom::{Plain, Tokens};
use super::object::key_json;
use crate::client_block::ClientBlock;
use crate::query::text::any_json;
use crate::row::Row;
use crate::stream_id::StreamId;

/// A batch, or one client of a mixed one.
pub(super) struct Origin {
    pub(super) client: Arc<ClientBlock>,
    pub(super) stream: StreamId,
    pub(super) received_ns: i64,
    pub(super) offset: u64,
    /// Its rows by level.
    pub(super) levels: [u64; 6],
    /// Keys, with their colons, and values of the client's metadata, as JSON.
    pub(super) shared: Vec<[Vec<u8>; 2]>,
}

/// The origins of a row group.
#[derive(Default)]
pub(super) struct Origins {
    known: HashMap<Key, usize, BuildHasherDefault<Plain>>,
    list: Vec<Origin>,
}

/// Clients are told apart by their address: an origin holds its client, so that no other has it.
#[derive(PartialEq, Eq)]
struct Key {
    client: usize,
    stream: StreamId,
    received_ns: i64,
    offset: u64,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mixed = (self.offset ^ (self.client as u64).rotate_left(32))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state.write_u64(mixed ^ mixed >> 32);
    }
}

impl Origins {
    /// Place of a row's origin. A new one's words are told.
    pub(super) fn of(&mut self, row: &Row<'_>, tokens: &mut Tokens) -> usize {
        let client = Arc::as_ptr(row.client) as usize;
        let Row { stream, received_ns, offset, .. } = *row;
        let list = &mut self.list;
        *self.known.entry(Key { client, stream, received_ns, offset }).or_insert_with(|| {
            let metadata = &row.client.metadata;
            metadata.values().for_each(|value| {
                any_json(value, &mut |text| {
                    tokens.read(text);
                    false
                });
            });
            let shared = metadata
                .iter()
                .map(|(key, value)| [key_json(key).into_bytes(), value.to_string().into_bytes()]);
            list.push(Origin {
                client: Arc::clone(row.client),
                stream,
                received_ns,
                offset,
                levels: [0; 6],
                shared: shared.collect(),
            });
            list.len() - 1
        })
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Origin] {
        &self.list
    }

    /// One of them.
    pub(super) fn at(&mut self, place: usize) -> &mut Origin {
        &mut self.list[place]
    }

    /// Ready for the next row group.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.list.clear();
    }
}

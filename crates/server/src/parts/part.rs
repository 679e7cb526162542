//! A part that queries may read. Its files go when its last reader has gone, if they are to go at all.

use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;

use super::bloom::{self, BLOCK_BYTES};
use super::index::{Group, Index};
use super::read::{self, Loaded};
use super::{Corrupt, GroupRows, PartMeta, PartStore, name};
use crate::row::Row;

/// The parts of a snapshot, in no order.
pub type Parts = Arc<Vec<Arc<Part>>>;

/// A committed part. Cheap until it is read.
pub struct Part {
    /// What the catalog knows.
    pub meta: PartMeta,
    store: Arc<dyn PartStore>,
    opened: OnceLock<Opened>,
    /// Its files go with it.
    doomed: AtomicBool,
    corrupt: OnceLock<Corrupt>,
}

/// Why a part could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Its files are not what was written: reading again will not help.
    Corrupt(Corrupt),
    /// The disk failed, with its own words.
    Disk(String),
}

impl From<Corrupt> for Unreadable {
    fn from(corrupt: Corrupt) -> Self {
        Self::Corrupt(corrupt)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corrupt(corrupt) => corrupt.fmt(out),
            Self::Disk(what) => out.write_str(what),
        }
    }
}

struct Opened {
    index: Index,
    metadata: ArrowReaderMetadata,
}

impl fmt::Debug for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Part").field("meta", &self.meta).finish_non_exhaustive()
    }
}

impl Part {
    /// A part whose files are in the store.
    pub fn new(meta: PartMeta, store: Arc<dyn PartStore>) -> Self {
        Self {
            meta,
            store,
            opened: OnceLock::new(),
            doomed: AtomicBool::new(false),
            corrupt: OnceLock::new(),
        }
    }

    /// What is wrong with it, when something is.
    pub fn corrupt(&self) -> Option<&Corrupt> {
        self.corrupt.get()
    }

    /// Length of its files, bytes.
    pub fn bytes(&self) -> u64 {
        self.meta.bytes + self.meta.bloom_bytes
    }

    /// Removes the files when nobody reads them any more.
    pub(crate) fn doom(&self) {
        self.doomed.store(true, Ordering::Relaxed);
    }

    /// Its row groups, ascending in time; none when it is corrupt, which is then reported.
    pub(crate) fn groups(&self) -> &[Group] {
        let opened = self.noted(self.opened());
        opened.map_or(&[], |opened| opened.index.groups.as_slice())
    }

    /// False when a row group certainly lacks one of the tokens.
    pub(crate) fn may_hold(&self, number: usize, mut tokens: impl Iterator<Item = u64>) -> bool {
        let Some(group) = self.groups().get(number).filter(|group| !group.odd) else { return true };
        let file = name::bloom(&self.meta.name);
        tokens.all(|token| {
            let at = group.filter_at + bloom::block_at(token, group.filter_bytes as usize) as u64;
            let block = self.store.read(&file, at..at + BLOCK_BYTES as u64);
            block.map_or(true, |block| bloom::may_hold(&block, token))
        })
    }

    /// A row group's bytes, checked; none when they are corrupt, which is then reported.
    pub(crate) fn load(&self, number: usize) -> Option<Loaded> {
        self.noted(self.try_load(number))
    }

    /// Notes what is wrong with the part and hands on what is right.
    pub(crate) fn noted<T>(&self, read: Result<T, impl Into<Unreadable>>) -> Option<T> {
        let unreadable = match read {
            Ok(read) => return Some(read),
            Err(error) => error.into(),
        };
        tracing::error!(part = self.meta.name, %unreadable, "a part cannot be read");
        if let Unreadable::Corrupt(corrupt) = unreadable {
            let _ = self.corrupt.set(corrupt);
        }
        None
    }

    /// Shows every row, ascending, after checking every byte of both files.
    pub fn each(&self, show: &mut dyn FnMut(&Row<'_>)) -> Result<(), Unreadable> {
        for number in 0..self.opened()?.index.groups.len() {
            let rows = self.read_group(number)?;
            (0..rows.len()).filter_map(|at| rows.get(at)).for_each(|row| show(&row));
        }
        Ok(())
    }

    /// All rows of a row group.
    pub(crate) fn read_group(&self, number: usize) -> Result<GroupRows, Unreadable> {
        let loaded = self.try_load(number)?;
        let all: Vec<usize> = (0..loaded.rows()).collect();
        Ok(GroupRows::read(&loaded.rows_at(&all)?)?)
    }

    /// Number of row groups.
    pub(crate) fn group_count(&self) -> Result<usize, Unreadable> {
        Ok(self.opened()?.index.groups.len())
    }

    fn try_load(&self, number: usize) -> Result<Loaded, Unreadable> {
        let Opened { index, metadata } = self.opened()?;
        let group = index.groups.get(number).ok_or_else(|| Corrupt("no such group".into()))?;
        let bytes = self.bytes_of(&name::parquet(&self.meta.name), group.span.range())?;
        Ok(Loaded::new(metadata.clone(), index, number, group, bytes)?)
    }

    fn opened(&self) -> Result<&Opened, Unreadable> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let file = self.bytes_of(&name::bloom(&self.meta.name), 0..self.meta.bloom_bytes)?;
        let index = Index::read(&file)?;
        if index.file_bytes != self.meta.bytes {
            return Err(Corrupt("its files are not of one part".into()).into());
        }
        let footer = self.bytes_of(&name::parquet(&self.meta.name), index.footer.range())?;
        let metadata = read::metadata(&index, footer)?;
        Ok(self.opened.get_or_init(|| Opened { index, metadata }))
    }

    fn bytes_of(&self, file: &str, range: Range<u64>) -> Result<Bytes, Unreadable> {
        self.store.read(file, range).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Corrupt(format!("{file} is missing")).into(),
            io::ErrorKind::UnexpectedEof => Corrupt(format!("{file} is cut short")).into(),
            _ => Unreadable::Disk(format!("{file}: {error}")),
        })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.doomed.load(Ordering::Relaxed) {
            return;
        }
        for file in [name::parquet(&self.meta.name), name::bloom(&self.meta.name)] {
            if let Err(error) = self.store.remove(&file) {
                tracing::warn!(file, %error, "a file could not be removed; the next start does it");
            }
        }
    }
}

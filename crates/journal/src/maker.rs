//! Prepares the segments of one stream, in order. It decides neither when nor how large.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::owner::Owner;
use crate::pool::Pages;
use crate::segment::Segment;
use crate::segment::header::Header;
use crate::segment::map::Memory;
use crate::{OpenError, StreamId, file, pool};

pub(crate) struct Maker {
    pub(crate) stream: StreamId,
    pub(crate) owner: Owner,
    pub(crate) label: Vec<u8>,
    /// `None` in memory.
    pub(crate) directory: Option<PathBuf>,
    pub(crate) next_number: u64,
    /// Whether new names in the directory are synced.
    pub(crate) durable: bool,
}

impl Maker {
    /// A new segment of `bytes` bytes.
    pub(crate) fn make(&mut self, bytes: u64, pages: Pages) -> Result<Segment, OpenError> {
        let (memory, file) = match &self.directory {
            Some(directory) => {
                let (memory, path) = pool::file(directory, self.next_number, bytes, pages)?;
                (memory, Some(path))
            }
            None => (pool::memory(bytes)?, None),
        };
        self.prepare(memory, file)
    }

    /// A segment out of a released one, its mapping with it. Its file gets the new name last: whatever is found under the old one by then is
    /// blank or unused.
    pub(crate) fn remake(&mut self, released: Segment) -> Result<Segment, OpenError> {
        let (memory, file) = released.blank();
        let mut segment = self.prepare(memory, file)?;
        if let (Some(directory), Some(old)) = (&self.directory, &segment.file) {
            let new = directory.join(pool::file_name(segment.number));
            fs::rename(old, &new).map_err(|source| {
                let _ = fs::remove_file(old);
                OpenError::io("reuse", old)(source)
            })?;
            segment.file = Some(new);
        }
        Ok(segment)
    }

    fn prepare(&mut self, memory: Memory, file: Option<PathBuf>) -> Result<Segment, OpenError> {
        let salt = pool::random().inspect_err(|_| remove(file.as_deref()))?;
        let header = Header {
            stream: self.stream,
            number: self.next_number,
            first_seq: 0,
            salt: u64::from_ne_bytes(salt),
            capacity: memory.len() as u64,
            owner: self.owner,
            created_ms: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |age| age.as_millis() as u64),
            label: self.label.clone(),
        };
        self.next_number += 1;
        let segment = Segment::prepare(memory, &header, file);
        if let (true, Some(directory)) = (self.durable, &self.directory) {
            file::sync_directory(directory)
                .map_err(OpenError::io("sync", directory))
                .inspect_err(|_| remove(segment.file.as_deref()))?;
        }
        Ok(segment)
    }
}

/// What could not be finished leaves no file behind.
fn remove(file: Option<&Path>) {
    if let Some(path) = file {
        let _ = fs::remove_file(path);
    }
}

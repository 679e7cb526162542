//! Parts in memory: what a part store is, without a disk.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use super::PartStore;
use super::name::ASIDE;

/// Files that go with the process.
#[derive(Debug, Default)]
pub struct MemoryParts {
    files: Mutex<BTreeMap<String, Bytes>>,
}

impl MemoryParts {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Bytes>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartStore for MemoryParts {
    fn put(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let mut files = self.lock();
        if files.contains_key(file) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        files.insert(file.to_owned(), Bytes::copy_from_slice(bytes));
        Ok(())
    }

    fn read(&self, file: &str, range: Range<u64>) -> io::Result<Bytes> {
        let files = self.lock();
        let bytes = files.get(file).ok_or(io::ErrorKind::NotFound)?;
        let end = usize::try_from(range.end).ok().filter(|end| *end <= bytes.len());
        let end = end.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(bytes.slice((range.start as usize).min(end)..end))
    }

    fn files(&self) -> io::Result<Vec<String>> {
        Ok(self.lock().keys().cloned().collect())
    }

    fn remove(&self, file: &str) -> io::Result<()> {
        self.lock().remove(file);
        Ok(())
    }

    fn set_aside(&self, file: &str) -> io::Result<()> {
        let mut files = self.lock();
        if let Some(bytes) = files.remove(file) {
            let own = file.rsplit('/').next().unwrap_or(file);
            files.insert(format!("{ASIDE}/{own}"), bytes);
        }
        Ok(())
    }
}

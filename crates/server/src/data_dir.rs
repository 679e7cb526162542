//! The data directory, and the lock that keeps a second server out of it.
//!
//! ```text
//! DATA/            0700
//!   lock           locked by the running server; its process id
//!   catalog.db     SQLite: how far the queue is done with, streams, API keys (-wal and -shm beside it)
//!   queue/         <offset, 20 digits>.log: batches as received, oldest first
//!   reserve        64 MiB that are given up when the disk is full, so that it can be left again
//!   parts/         <YYYYMMDD>/: what was made of them, see crate::parts
//!   queue/poison/  <offset>.bin: bytes that could not be understood, for a human; at most 64 MiB
//! ```

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::{durable, private};

/// The locked directory; another server may take it when this is dropped.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Makes the directory when it is missing and locks it. The error says what to do.
    pub fn open(path: &Path) -> Result<Self, String> {
        let say = |what: &str, error: &dyn std::fmt::Display| {
            format!(
                "The data directory {} cannot be {what}: {error}. Choose another with --data.",
                path.display()
            )
        };
        let is_new = !path.exists();
        private::directories().create(path).map_err(|e| say("made", &e))?;
        if is_new {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            durable::directory(parent.unwrap_or(Path::new(".")))
                .map_err(|e| say("made durable", &e))?;
        }
        let lock_path = path.join("lock");
        let mut lock = private::files_themselves()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&lock_path)
            .map_err(|error| say("used", &error))?;
        if fs4::FileExt::try_lock(&lock).is_err() {
            let mut pid = String::new();
            let _ = lock.read_to_string(&mut pid);
            return Err(format!(
                "The data directory {} belongs to a running server (process {}). Stop it, or choose another with --data.",
                path.display(),
                pid.trim()
            ));
        }
        // The number only helps a human; the lock is the truth.
        let _ = lock.set_len(0);
        let _ = lock.rewind();
        let _ = write!(lock, "{}", std::process::id());
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Where the queue lies.
    pub fn queue(&self) -> PathBuf {
        Self::queue_of(&self.path)
    }

    /// Where the parts lie.
    pub fn parts(&self) -> PathBuf {
        Self::parts_of(&self.path)
    }

    /// Where the catalog lies.
    pub fn catalog(&self) -> PathBuf {
        Self::catalog_in(&self.path)
    }

    /// The file that is given up when the disk is full.
    pub fn reserve(&self) -> PathBuf {
        self.path.join("reserve")
    }

    /// The queue of a directory that need not be locked.
    pub(crate) fn queue_of(path: &Path) -> PathBuf {
        path.join("queue")
    }

    /// The parts of a directory that need not be locked.
    pub(crate) fn parts_of(path: &Path) -> PathBuf {
        path.join("parts")
    }

    /// The catalog of a directory that is there and need not be locked.
    pub(crate) fn catalog_in(path: &Path) -> PathBuf {
        path.join("catalog.db")
    }

    /// The catalog of a directory that need not be locked and is made if it is missing: for `dlogs keys`.
    pub fn catalog_of(path: &Path) -> Result<PathBuf, String> {
        private::directories().create(path).map_err(|error| error.to_string())?;
        Ok(path.join("catalog.db"))
    }
}

//! The disk of the data directory in numbers: what is free, how large it is, what lies aside. It changes nothing.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::data_dir::DataDir;
use crate::parts::name::ASIDE;
use crate::queue::Disk;

/// How long a measurement of the free space counts.
const FREE_FRESH: Duration = Duration::from_secs(1);

/// The disk, as routes ask for it.
pub(crate) struct Room {
    disk: Arc<dyn Disk>,
    queue: PathBuf,
    parts: PathBuf,
    free: Mutex<Option<(Instant, u64)>>,
}

impl Room {
    pub(crate) fn new(disk: Arc<dyn Disk>, dir: &DataDir) -> Self {
        Self { disk, queue: dir.queue(), parts: dir.parts(), free: Mutex::new(None) }
    }

    /// Bytes that may still be written.
    pub(crate) fn free_bytes(&self) -> u64 {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        match *free {
            Some((measured, bytes)) if measured.elapsed() < FREE_FRESH => bytes,
            _ => {
                // A disk that cannot say how much is free will say no when it is written to.
                let bytes = self.disk.free_bytes(&self.queue).unwrap_or(u64::MAX);
                *free = Some((Instant::now(), bytes));
                bytes
            }
        }
    }

    /// Its size, where it can be told.
    pub(crate) fn total_bytes(&self) -> Option<u64> {
        self.disk.total_bytes(&self.queue).ok()
    }

    /// Corrupt parts that lie aside for a human.
    pub(crate) fn parts_aside(&self) -> u64 {
        let names = self.disk.list(&self.parts.join(ASIDE)).unwrap_or_default();
        names.iter().filter(|name| name.ends_with(".parquet")).count() as u64
    }
}

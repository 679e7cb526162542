//! The room on the disk, and the reserve that is given up when there is none.

use std::path::PathBuf;
use std::sync::Arc;

use crate::queue::Disk;
use crate::retention::{Reserve, Step, step};

/// The disk of the data directory, as the writer sees it.
pub(crate) struct Room {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) data: PathBuf,
    pub(crate) reserve_file: PathBuf,
    pub(crate) reserve: Reserve,
    /// None before the first look.
    pub(crate) taken: Option<bool>,
}

impl Room {
    /// Size of the disk; none when it cannot tell.
    pub(super) fn total(&self) -> Option<u64> {
        self.disk.total_bytes(&self.data).ok()
    }

    /// Free bytes, after the reserve was taken or given up as it must be.
    pub(super) fn look(&mut self) -> u64 {
        // A disk that cannot say how much is free must not cost anybody a part.
        let Ok(free) = self.disk.free_bytes(&self.data) else { return u64::MAX };
        let taken = self.taken.unwrap_or_else(|| {
            let name = self.reserve_file.file_name().unwrap_or_default().to_string_lossy();
            self.disk.list(&self.data).is_ok_and(|names| names.iter().any(|one| *one == name))
        });
        let done = match step(self.reserve, taken, free) {
            Step::Keep => Ok(taken),
            Step::Take => self.disk.allocate(&self.reserve_file, self.reserve.bytes).map(|()| true),
            Step::GiveUp => {
                tracing::warn!(free, "the disk is full; its reserve is given up");
                self.disk.unlink(&self.reserve_file).map(|()| false)
            }
        };
        self.taken = Some(done.unwrap_or(taken));
        self.disk.free_bytes(&self.data).unwrap_or(u64::MAX)
    }
}

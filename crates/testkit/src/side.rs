//! What a killed program had noted: one counter a thread, in a file that outlives every signal. Only the program writes it.

use std::fs;
use std::path::{Path, PathBuf};

/// Bytes of a side file: 512 threads.
const BYTES: usize = 4096;

/// One life's side file.
#[derive(Clone, Debug)]
pub struct Side {
    /// Where it is.
    pub path: PathBuf,
}

impl Side {
    /// Makes an empty one. On /dev/shm it is shared memory.
    pub fn create(dir: &Path, life: u64) -> Result<Self, String> {
        let path = dir.join(format!("side-{life}"));
        fs::write(&path, [0; BYTES]).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path })
    }

    /// For each thread, the number of the last call that had returned.
    pub fn noted(&self, threads: usize) -> Result<Vec<u64>, String> {
        let bytes =
            fs::read(&self.path).map_err(|error| format!("{}: {error}", self.path.display()))?;
        let cell = |chunk: &[u8]| chunk.try_into().map(u64::from_le_bytes).unwrap_or_default();
        Ok(bytes.chunks_exact(8).take(threads).map(cell).collect())
    }
}

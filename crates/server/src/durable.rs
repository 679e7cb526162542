//! Forces to the disk what others have written. Windows asks for the right to write for that, and lets nobody force a directory:
//! names are in its file system's own journal.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// What is in a file.
pub(crate) fn file(path: &Path) -> io::Result<()> {
    OpenOptions::new().read(true).write(cfg!(windows)).open(path)?.sync_all()
}

/// Names that were made, changed and removed in a directory.
pub(crate) fn directory(path: &Path) -> io::Result<()> {
    if cfg!(windows) { Ok(()) } else { File::open(path)?.sync_all() }
}

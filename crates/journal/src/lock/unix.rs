use std::{
    fs::{self, File},
    io,
    os::unix::fs::MetadataExt,
    path::Path,
};

use rustix::fs::{FlockOperation, flock};

use super::Denied;
use crate::{file, fork::Listed};

/// A lock file under `flock`.
pub(super) struct Held(Listed);

impl Held {
    pub(super) fn obtain(path: &Path, create: bool) -> Result<Self, Denied> {
        let failed = Denied::failed(path);
        let opened =
            Listed::open(|| file::options().read(true).write(true).create(create).open(path));
        let listed = opened.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Denied::Gone,
            _ => failed(error),
        })?;
        let file = listed.file().ok_or(Denied::Gone)?;
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(Denied::Held),
            Err(errno) => return Err(failed(errno.into())),
        }
        if same(file, path) { Ok(Self(listed)) } else { Err(Denied::Gone) }
    }

    /// Does something with the file, unless it is not ours any more.
    pub(super) fn with<T>(&self, work: impl FnOnce(&File) -> io::Result<T>) -> Option<T> {
        work(self.0.file()?).ok()
    }

    pub(super) fn holds(&self, path: &Path) -> bool {
        self.0.file().is_some_and(|file| same(file, path))
    }

    pub(super) fn remove(&self, path: &Path) {
        let _ = fs::remove_file(path);
    }
}

fn same(file: &File, path: &Path) -> bool {
    let (Ok(held), Ok(found)) = (file.metadata(), fs::symlink_metadata(path)) else {
        return false;
    };
    (held.dev(), held.ino()) == (found.dev(), found.ino())
}

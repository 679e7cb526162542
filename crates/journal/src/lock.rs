//! The lock of a stream's directory: who holds it may read, truncate and remove what is in there. It never waits.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use rustix::fs::{FlockOperation, flock};

use crate::{OpenError, fork::Listed, owner::Owner, remove::segments_in};

/// The lock file's name.
pub(crate) const NAME: &str = "lock";
const NOBODY: &str = "nobody";
const NOFOLLOW: i32 = rustix::fs::OFlags::NOFOLLOW.bits() as i32;

/// A held lock. The kernel lets go of it when the process dies, however it dies.
pub(crate) struct Lock {
    listed: Listed,
    path: PathBuf,
    signed: bool,
}

/// Why a lock was not obtained.
pub(crate) enum Denied {
    /// Somebody has it, or has written into the directory since and still lives.
    Held,
    /// The directory or its lock file was exchanged or removed meanwhile.
    Gone,
    /// The system refused a call.
    Failed(OpenError),
}

impl Lock {
    /// Takes the lock of a directory that is not ours yet, and writes our name into it. `other_owner` names the stream's
    /// owner where the lock file does not.
    pub(crate) fn adopt(
        directory: &Path,
        other_owner: impl FnOnce() -> Option<Owner>,
    ) -> Result<Self, Denied> {
        let mut lock = match Self::obtain(directory, false) {
            // Somebody removed the lock by hand; or all of the stream, and then there is nothing to lock.
            Err(Denied::Gone) if segments_in(directory).is_ok_and(|paths| !paths.is_empty()) => {
                Self::obtain(directory, true)?
            }
            obtained => obtained?,
        };
        let here = Owner::current();
        let holder = match lock.holder() {
            Holder::Nobody => None,
            Holder::Known(owner) => Some(owner),
            Holder::Unknown => other_owner(),
        };
        // A daemonizer that closes all descriptors drops the lock and writes on: so the lock alone does not prove a death.
        if holder.is_some_and(|owner| owner.lives(&here)) {
            return Err(Denied::Held);
        }
        lock.sign(&here);
        Ok(lock)
    }

    /// Makes the lock of a directory that is being made.
    pub(crate) fn create(directory: &Path) -> Result<Self, Denied> {
        let mut lock = Self::obtain(directory, true)?;
        lock.sign(&Owner::current());
        Ok(lock)
    }

    fn obtain(directory: &Path, create: bool) -> Result<Self, Denied> {
        let path = directory.join(NAME);
        let failed = |source| Denied::Failed(OpenError::io("lock", &path)(source));
        let listed = Listed::open(|| {
            let mut options = File::options();
            options
                .read(true)
                .write(true)
                .create(create)
                .mode(0o600)
                .custom_flags(NOFOLLOW)
                .open(&path)
        });
        let listed = listed.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Denied::Gone,
            _ => failed(error),
        })?;
        let file = listed.file().ok_or(Denied::Gone)?;
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(Denied::Held),
            Err(errno) => return Err(failed(errno.into())),
        }
        let held = file.metadata().map_err(failed)?;
        match fs::symlink_metadata(&path) {
            Ok(found) if (found.dev(), found.ino()) == (held.dev(), held.ino()) => {}
            _ => return Err(Denied::Gone),
        }
        Ok(Self { listed, path, signed: false })
    }

    fn holder(&self) -> Holder {
        let mut bytes = [0; 256];
        let read =
            self.listed.file().and_then(|file| file.read_at(&mut bytes, 0).ok()).unwrap_or(0);
        let text = String::from_utf8_lossy(&bytes[..read]);
        match text.trim_end() {
            NOBODY => Holder::Nobody,
            text => text.parse().map_or(Holder::Unknown, Holder::Known),
        }
    }

    fn sign(&mut self, owner: &Owner) {
        self.signed = true;
        self.write(&owner.to_string());
    }

    /// Best effort: without a name in it, the owner in the segments' headers counts.
    fn write(&self, text: &str) {
        if let Some(file) = self.listed.file() {
            let _ =
                file.set_len(0).and_then(|()| file.write_all_at(format!("{text}\n").as_bytes(), 0));
        }
    }

    /// Whether the directory is still the one that was locked. A child of a fork, or a process whose descriptors were all
    /// closed, must not remove anything.
    pub(crate) fn holds(&self) -> bool {
        let Some(file) = self.listed.file() else { return false };
        let (Ok(held), Ok(found)) = (file.metadata(), fs::symlink_metadata(&self.path)) else {
            return false;
        };
        (held.dev(), held.ino()) == (found.dev(), found.ino())
    }

    /// The directory was renamed.
    pub(crate) fn moved_to(&mut self, directory: &Path) {
        self.path = directory.join(NAME);
    }
}

impl Drop for Lock {
    /// Whoever lets go alive says so, so that the same process may adopt what it left.
    fn drop(&mut self) {
        if self.signed {
            self.write(NOBODY);
        }
    }
}

enum Holder {
    Nobody,
    Known(Owner),
    Unknown,
}

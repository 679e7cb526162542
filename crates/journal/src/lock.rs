//! The lock of a stream's directory: who holds it may read, truncate and remove what is in there. It never waits.

use std::{io, path::Path};

use crate::{OpenError, file, owner::Owner, remove::segments_in};

#[cfg_attr(unix, path = "lock/unix.rs")]
#[cfg_attr(windows, path = "lock/windows.rs")]
mod system;

use system::Held;

/// The lock file's name.
pub(crate) const NAME: &str = "lock";
const NOBODY: &str = "nobody";

/// A held lock. The kernel lets go of it when the process dies, however it dies.
pub(crate) struct Lock {
    held: Held,
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

impl Denied {
    fn failed(path: &Path) -> impl Fn(io::Error) -> Self {
        |source| Self::Failed(OpenError::io("lock", path)(source))
    }
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
        let held = Held::obtain(&directory.join(NAME), create)?;
        Ok(Self { held, signed: false })
    }

    fn holder(&self) -> Holder {
        match self.held.with(file::text).unwrap_or_default().trim_end() {
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
        self.held.with(|file| {
            file.set_len(0)?;
            file::write_at(file, format!("{text}\n").as_bytes(), 0)
        });
    }

    /// Whether `directory` is still the one that was locked. A child of a fork, or a process whose descriptors were all
    /// closed, must not remove anything.
    pub(crate) fn holds(&self, directory: &Path) -> bool {
        self.held.holds(&directory.join(NAME))
    }

    /// Removes the lock file out of `directory`; nobody else obtains it before.
    pub(crate) fn remove(&self, directory: &Path) {
        self.held.remove(&directory.join(NAME));
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

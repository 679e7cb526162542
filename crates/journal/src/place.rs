//! Where a journal may live: makes its directory, and refuses what must not be trusted with records.

use std::{
    fs::{self, Metadata},
    io,
    path::{Path, PathBuf},
};

use crate::{OpenError, file};

#[cfg_attr(unix, path = "place/unix.rs")]
#[cfg_attr(windows, path = "place/windows.rs")]
mod system;

/// Where a journal's segments live.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// Below `root`, the directory of one service and endpoint; made closed to others, with its parents, if it is missing.
    Disk {
        /// `…/<service>-<hash of the endpoint>`.
        root: PathBuf,
    },
    /// On anonymous memory: what is not sent dies with the process.
    Memory,
}

/// What the segments really rest on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Medium {
    /// A file system on a disk: survives the process, and the machine from the last sync on.
    Disk,
    /// A container's layer: gone with the container.
    Overlay,
    /// Memory behind a file system: survives the process, not the machine.
    Tmpfs,
    /// Memory of the process.
    Memory,
}

impl Medium {
    /// The name in the client's block on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::Overlay => "overlay",
            Self::Tmpfs => "tmpfs",
            Self::Memory => "memory",
        }
    }
}

/// Makes `root` if it is missing, refuses it if others could read, change or exchange what is in it, and says what it rests on.
pub(crate) fn prepare(root: &Path) -> Result<Medium, OpenError> {
    if let Err(source) = file::directory_builder().recursive(true).create(root)
        && source.kind() != io::ErrorKind::AlreadyExists
    {
        return Err(OpenError::io("make the directory", root)(source));
    }
    private(root)?;
    if let Some(parent) = root.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        system::exchanged_by_nobody(parent)?;
    }
    system::medium(root)
}

/// A directory of ours that is closed to others; made so if it is ours and only its mode is too open for reading.
pub(crate) fn private(directory: &Path) -> Result<(), OpenError> {
    let found = fs::symlink_metadata(directory).map_err(OpenError::io("look at", directory))?;
    if let Some(why) = foreign(&found) {
        return Err(refused(directory, why));
    }
    if !found.is_dir() {
        let why = "it is not a directory: remove it, or choose another place";
        return Err(refused(directory, why.into()));
    }
    system::close_to_others(directory, &found)
}

/// Why something found on the disk is not ours to use.
pub(crate) fn foreign(found: &Metadata) -> Option<String> {
    if found.is_symlink() {
        return Some(
            "it is a symbolic link: remove it, or name the place that it points to".into(),
        );
    }
    system::foreign(found)
}

fn refused(path: &Path, why: String) -> OpenError {
    OpenError::Unsafe { path: path.to_path_buf(), why }
}

use std::{fmt, io, path::PathBuf};

/// Where a journal's segments live.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// Below `root`, the directory of one service and endpoint; made with mode 0700, with its parents, if it is missing.
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

/// Why a journal could not be opened. Unless it is `Settings`, opening again with [`Place::Memory`] works.
#[derive(Debug)]
pub enum OpenError {
    /// A setting makes no sense; the text says which and what it must be.
    Settings(String),
    /// The directory must not be trusted with records: a symlink, a foreign owner, open to others.
    Unsafe {
        /// The directory or file.
        path: PathBuf,
        /// What is wrong and how to mend it.
        why: String,
    },
    /// Memory-mapped files are not safe on this file system.
    FileSystem {
        /// The directory.
        path: PathBuf,
        /// The file system's name, or its magic number.
        name: String,
    },
    /// The system refused a call.
    Io {
        /// What was tried.
        what: &'static str,
        /// On which path.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(why) => write!(f, "journal settings: {why}"),
            Self::Unsafe { path, why } => write!(f, "journal directory {}: {why}", path.display()),
            Self::FileSystem { path, name } => write!(
                f,
                "journal directory {} is on {name}, where a mapped file may fail after it was made; choose a directory on a local disk",
                path.display()
            ),
            Self::Io { what, path, source } => {
                write!(f, "journal: cannot {what} {}: {source}", path.display())
            }
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

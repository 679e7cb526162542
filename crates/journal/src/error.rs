use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// Why a journal could not be opened. Unless it is `Settings`, opening again with [`Place::Memory`](crate::Place::Memory) works.
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

impl OpenError {
    /// For `map_err`: what was tried, on which path.
    pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { what, path, source }
    }
}

use std::{
    fs::File,
    io,
    os::windows::{fs::OpenOptionsExt, io::AsRawHandle},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use windows_sys::Win32::Foundation::{ERROR_SHARING_VIOLATION, GENERIC_READ, GENERIC_WRITE};
use windows_sys::Win32::Storage::FileSystem::{
    DELETE, FILE_DISPOSITION_INFO, FILE_SHARE_READ, FileDispositionInfo, SetFileInformationByHandle,
};

use super::Denied;
use crate::file;

/// A lock file that is open, and shared only with who reads: it appears locked, and nobody can exchange it. `None` once it is
/// removed.
pub(super) struct Held(Mutex<Option<File>>);

impl Held {
    pub(super) fn obtain(path: &Path, create: bool) -> Result<Self, Denied> {
        let opened = file::options()
            .access_mode(GENERIC_READ | GENERIC_WRITE | DELETE)
            .write(true)
            .create(create)
            .share_mode(FILE_SHARE_READ)
            .open(path);
        match opened {
            Ok(file) => Ok(Self(Mutex::new(Some(file)))),
            Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION as i32) => {
                Err(Denied::Held)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Denied::Gone),
            Err(error) => Err(Denied::failed(path)(error)),
        }
    }

    /// Does something with the file, unless it is removed.
    pub(super) fn with<T>(&self, work: impl FnOnce(&File) -> io::Result<T>) -> Option<T> {
        work(self.file().as_ref()?).ok()
    }

    pub(super) fn holds(&self, _path: &Path) -> bool {
        self.file().is_some()
    }

    /// An open file goes when it is closed, and nobody can open it in between.
    pub(super) fn remove(&self, _path: &Path) {
        let Some(file) = self.file().take() else { return };
        let goes = FILE_DISPOSITION_INFO { DeleteFile: true };
        // SAFETY: the handle is open, with the right to delete, until the end of this function, and the structure is of the kind
        // and the size that are named.
        unsafe {
            SetFileInformationByHandle(
                file.as_raw_handle(),
                FileDispositionInfo,
                (&raw const goes).cast(),
                size_of_val(&goes) as u32,
            )
        };
    }

    /// Nothing that is done under this lock can fail half-way.
    fn file(&self) -> MutexGuard<'_, Option<File>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! Removes a stream's directory that holds nothing any more. The caller has its lock.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::lock;

/// The segment files in `directory`, by name, and so by age.
pub(crate) fn segments_in(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "seg") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The keeper may be in the middle of making a file, or of giving one another name, while a closed stream goes: what it adds
/// after a look is found by the next one. After the close it begins no further one.
const LOOKS: u32 = 4;

/// Segments first, oldest first, then the lock, then the directory: a crash in between leaves less of the same.
pub(crate) fn stream(directory: &Path) -> bool {
    for _ in 0..LOOKS {
        for path in segments_in(directory).unwrap_or_default() {
            let _ = fs::remove_file(path);
        }
        let _ = fs::remove_file(directory.join(lock::NAME));
        match fs::remove_dir(directory) {
            Ok(()) => return true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return true,
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            Err(_) => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests;

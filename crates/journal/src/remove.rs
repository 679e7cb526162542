//! Removes a stream's directory that holds nothing any more.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::lock::{self, Lock};

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
/// after a look is found by the next one. After the close it begins no further one. And on Windows a file that somebody else looks
/// into at the moment goes only when it is closed.
const LOOKS: u32 = 8;
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);

/// Segments first, oldest first, then the lock, then the directory: a crash in between leaves less of the same. A lock that holds
/// it no longer keeps it as it is; `None`: nobody ever had one.
pub(crate) fn stream(directory: &Path, lock: Option<&Lock>) -> bool {
    if lock.is_some_and(|lock| !lock.holds(directory)) {
        return false;
    }
    for _ in 0..LOOKS {
        for path in segments_in(directory).unwrap_or_default() {
            let _ = fs::remove_file(path);
        }
        match lock {
            Some(lock) => lock.remove(directory),
            None => drop(fs::remove_file(directory.join(lock::NAME))),
        }
        match fs::remove_dir(directory) {
            Ok(()) => return true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return true,
            Err(_) => thread::sleep(BETWEEN_LOOKS),
        }
    }
    false
}

#[cfg(test)]
mod tests;

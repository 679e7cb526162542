//! Where streams lie below a directory.

use std::fs;
use std::path::{Path, PathBuf};

use dlogs_journal::StreamId;

use crate::failure::Failure;

/// `<root>/<service>-<hash>/<stream>`: a stream is at most two levels down, and one more is given to those who look from
/// the state directory.
const DEPTH_MAX: usize = 3;

/// The directories of streams at or below `dir`, in order of their names. An error when there is none.
pub(crate) fn below(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let shown = dir.display();
    if !dir.is_dir() {
        return Err(Failure::problem(format!("{shown} is not a directory.")));
    }
    // The path as the user wrote it may be `.`: its name counts, not its spelling.
    let named = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let mut found = Vec::new();
    if is_stream(&named) {
        found.push(dir.to_owned());
    } else {
        collect(dir, DEPTH_MAX, &mut found)?;
    }
    found.sort();
    if found.is_empty() {
        return Err(Failure::problem(format!(
            "No stream is in {shown}: their directories are called <32 hex digits>.<number>, below <service>-<hash>."
        )));
    }
    Ok(found)
}

fn collect(dir: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable =
        |error| Failure::problem(format!("{} cannot be read: {error}.", dir.display()));
    for entry in fs::read_dir(dir).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        // Symbolic links are not followed: a journal has none.
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let path = entry.path();
        if is_stream(&path) {
            found.push(path);
        } else if depth > 0 {
            collect(&path, depth - 1, found)?;
        }
    }
    Ok(())
}

fn is_stream(dir: &Path) -> bool {
    let name = dir.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.parse::<StreamId>().is_ok())
}

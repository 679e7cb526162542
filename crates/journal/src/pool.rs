//! Makes segments: on files, or on memory. What is made is zeros with a header, mapped, its pages populated.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::segment::map::Memory;
use crate::{OpenError, file};

/// Larger ones are hardly cheaper, and memory in which they find no place is moved about first.
const PIECE_BYTES: usize = 64 << 10;

/// The name of a segment's file.
pub(crate) fn file_name(number: u64) -> String {
    format!("{number:010}.seg")
}

/// How the kernel holds what is in a new file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pages {
    /// Page by page, as they are touched. One that is stored into goes to the disk alone.
    Single,
    /// In pieces of many pages where the file system can. Making, mapping and removing them costs half, and a store into one
    /// takes the whole piece to the disk, so that they are for a segment that is full before it goes there.
    Joined,
}

/// Makes and maps a file of `bytes` zeros. A full disk is an error here, and never later.
pub(crate) fn file(
    directory: &Path,
    number: u64,
    bytes: u64,
    pages: Pages,
) -> Result<(Memory, PathBuf), OpenError> {
    let path = directory.join(file_name(number));
    let made = file::options()
        .read(true)
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(OpenError::io("make the file", &path))?;
    let filled = file::preallocate(&made, bytes).and_then(|()| match pages {
        Pages::Single => Ok(()),
        Pages::Joined => write_zeros(&made, bytes),
    });
    match filled.and_then(|()| Memory::of_file(&made)) {
        Ok(memory) => Ok((memory, path)),
        Err(source) => {
            drop(made);
            let _ = fs::remove_file(&path);
            Err(OpenError::io("preallocate and map", &path)(source))
        }
    }
}

/// Anonymous memory of `bytes` zeros.
pub(crate) fn memory(bytes: u64) -> Result<Memory, OpenError> {
    Memory::anonymous(bytes as usize)
        .map_err(OpenError::io("map memory for", Path::new("a segment")))
}

/// Puts zeros into a new file, a piece at a time: the kernel makes its pages as large as what is written at once.
fn write_zeros(mut file: &File, bytes: u64) -> io::Result<()> {
    let piece = vec![0; PIECE_BYTES];
    let mut left = bytes as usize;
    while left > 0 {
        let part = &piece[..left.min(PIECE_BYTES)];
        file.write_all(part)?;
        left -= part.len();
    }
    Ok(())
}

/// A number that nobody can guess, for salts and streams.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], OpenError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        OpenError::io("draw random bytes for", Path::new("a stream"))(error.into())
    })?;
    Ok(bytes)
}

/// Cuts a segment's file to what it holds. Nobody touches the pages behind.
pub(crate) fn truncate(path: &Path, bytes: u64) -> io::Result<()> {
    let file = file::options().write(true).open(path)?;
    let found = file.metadata()?;
    if found.len() > bytes {
        file.set_len(bytes)?;
        // The age of what is in it has not changed.
        if let Ok(modified) = found.modified() {
            let _ = file.set_modified(modified);
        }
    }
    Ok(())
}

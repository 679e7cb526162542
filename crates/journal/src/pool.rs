//! Makes segments: on files, or on memory. What is made is zeros with a header, mapped, its pages populated.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::{FallocateFlags, OFlags};

use crate::OpenError;
use crate::segment::map::Memory;

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
    let file = File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits() as i32)
        .open(&path)
        .map_err(OpenError::io("make the file", &path))?;
    let filled = reserve_blocks(&file, bytes).and_then(|()| match pages {
        Pages::Single => Ok(()),
        Pages::Joined => write_zeros(&file, bytes),
    });
    match filled.and_then(|()| Memory::of_file(&file)) {
        Ok(memory) => Ok((memory, path)),
        Err(source) => {
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

fn reserve_blocks(file: &File, bytes: u64) -> io::Result<()> {
    loop {
        match rustix::fs::fallocate(file, FallocateFlags::empty(), 0, bytes) {
            Ok(()) => return Ok(()),
            Err(rustix::io::Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
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
    let mut filled = 0;
    while filled < N {
        match rustix::rand::getrandom(&mut bytes[filled..], rustix::rand::GetRandomFlags::empty()) {
            Ok(count) => filled += count,
            Err(rustix::io::Errno::INTR) => {}
            Err(errno) => {
                return Err(OpenError::io("draw random bytes for", Path::new("a stream"))(
                    errno.into(),
                ));
            }
        }
    }
    Ok(bytes)
}

/// Cuts a segment's file to what it holds. Nobody touches the pages behind.
pub(crate) fn truncate(path: &Path, bytes: u64) -> io::Result<()> {
    let file =
        File::options().write(true).custom_flags(OFlags::NOFOLLOW.bits() as i32).open(path)?;
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

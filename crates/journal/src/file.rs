//! How files and directories of ours are made and opened: closed to others, following no link, never waiting.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
};

#[cfg_attr(unix, path = "file/unix.rs")]
#[cfg_attr(windows, path = "file/windows.rs")]
mod system;

/// Of a file with text in it nobody wants more.
const TEXT_MAX_BYTES: u64 = 256;

pub(crate) use system::{directory_builder, options, preallocate, sync_directory};

/// Writes all bytes at `at`. Nobody else uses the file's position.
pub(crate) fn write_at(mut file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

/// Fills `bytes` from `at` on. Nobody else uses the file's position.
pub(crate) fn read_at(mut file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

/// The text that a small file begins with.
pub(crate) fn text(mut file: &File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(TEXT_MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

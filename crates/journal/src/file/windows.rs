use std::{
    fs::{DirBuilder, File, OpenOptions},
    io,
    os::windows::fs::{MetadataExt, OpenOptionsExt},
    path::Path,
};

use windows_sys::Win32::Storage::FileSystem::{
    FILE_ATTRIBUTE_COMPRESSED, FILE_ATTRIBUTE_SPARSE_FILE, FILE_FLAG_OPEN_REPARSE_POINT,
};

/// Who may read what is made is inherited from the directory above.
pub(crate) fn options() -> OpenOptions {
    let mut options = File::options();
    options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    options
}

/// Who may read what is made is inherited from the directory above.
pub(crate) fn directory_builder() -> DirBuilder {
    DirBuilder::new()
}

/// Gives a new file its length, and clusters for all of it: a full disk is an error here, and never later. A compressed or
/// sparse file, which inherits that from its directory, gets its clusters when they are written, so that it is refused.
pub(crate) fn preallocate(file: &File, bytes: u64) -> io::Result<()> {
    const LATER: u32 = FILE_ATTRIBUTE_COMPRESSED | FILE_ATTRIBUTE_SPARSE_FILE;
    if file.metadata()?.file_attributes() & LATER != 0 {
        let why = "its directory is compressed, so that a full disk would show too late: choose one that is not";
        return Err(io::Error::other(why));
    }
    file.set_len(bytes)
}

/// Directories are in the file system's own journal, and nobody can force them out alone.
pub(crate) fn sync_directory(_directory: &Path) -> io::Result<()> {
    Ok(())
}

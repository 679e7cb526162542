use std::{
    fs::{self, File, Metadata},
    io,
    os::windows::{fs::OpenOptionsExt, io::AsRawHandle},
    path::{Component, Path, Prefix},
    ptr::null_mut,
};

use windows_sys::Win32::Storage::FileSystem::{
    FILE_FLAG_BACKUP_SEMANTICS, GetVolumeInformationByHandleW,
};

use super::Medium;
use crate::OpenError;

/// Who may do what in a directory is inherited, and below a user's own folder only that user and administrators may do anything.
pub(super) fn exchanged_by_nobody(_parent: &Path) -> Result<(), OpenError> {
    Ok(())
}

pub(super) fn close_to_others(_directory: &Path, _found: &Metadata) -> Result<(), OpenError> {
    Ok(())
}

pub(super) fn foreign(_found: &Metadata) -> Option<String> {
    None
}

/// Only NTFS on this machine keeps clusters ours that were given to a file: ReFS writes elsewhere what is written again, and
/// what others say over a network is not theirs to promise.
pub(super) fn medium(root: &Path) -> Result<Medium, OpenError> {
    let refuse = |name: &str| OpenError::FileSystem { path: root.into(), name: name.into() };
    let whole = fs::canonicalize(root).map_err(OpenError::io("look at", root))?;
    if let Some(Component::Prefix(prefix)) = whole.components().next()
        && matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    {
        return Err(refuse("a network"));
    }
    match file_system(root).map_err(OpenError::io("look at", root))?.as_str() {
        "NTFS" => Ok(Medium::Disk),
        name => Err(refuse(name)),
    }
}

fn file_system(directory: &Path) -> io::Result<String> {
    let opened =
        File::options().read(true).custom_flags(FILE_FLAG_BACKUP_SEMANTICS).open(directory)?;
    let mut name = [0_u16; 64];
    // SAFETY: the handle is open through the call, the name's room is as long as is said, and null asks for nothing.
    let told = unsafe {
        GetVolumeInformationByHandleW(
            opened.as_raw_handle(),
            null_mut(),
            0,
            null_mut(),
            null_mut(),
            null_mut(),
            name.as_mut_ptr(),
            name.len() as u32,
        )
    };
    if told == 0 {
        return Err(io::Error::last_os_error());
    }
    let end = name.iter().position(|unit| *unit == 0).unwrap_or(name.len());
    Ok(String::from_utf16_lossy(&name[..end]))
}

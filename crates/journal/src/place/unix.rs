use std::{
    fs::{self, Metadata},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

use super::{Medium, refused};
use crate::OpenError;

/// Refuses a parent in which anybody could put another directory in the place of ours.
pub(super) fn exchanged_by_nobody(parent: &Path) -> Result<(), OpenError> {
    let found = fs::metadata(parent).map_err(OpenError::io("look at", parent))?;
    if found.mode() & 0o1002 == 0o002 {
        let why = "everybody may write into it and replace the journal: choose another, or `chmod o-w` it";
        return Err(refused(parent, why.into()));
    }
    Ok(())
}

pub(super) fn close_to_others(directory: &Path, found: &Metadata) -> Result<(), OpenError> {
    match found.mode() & 0o077 {
        0 => Ok(()),
        open if open & 0o022 != 0 => {
            let why = format!(
                "its mode {:o} lets others write into it: `chmod 700` it, or choose another place",
                found.mode() & 0o777
            );
            Err(refused(directory, why))
        }
        _ => fs::set_permissions(directory, fs::Permissions::from_mode(0o700))
            .map_err(OpenError::io("close to others", directory)),
    }
}

pub(super) fn foreign(found: &Metadata) -> Option<String> {
    let us = rustix::process::geteuid().as_raw();
    (found.uid() != us).then(|| {
        format!("it belongs to user {}, and we are {us}: choose a place of our own", found.uid())
    })
}

#[cfg(target_os = "linux")]
pub(super) fn medium(root: &Path) -> Result<Medium, OpenError> {
    let found =
        rustix::fs::statfs(root).map_err(|errno| OpenError::io("look at", root)(errno.into()))?;
    judge(found.f_type as u64)
        .map_err(|name| OpenError::FileSystem { path: root.to_path_buf(), name })
}

#[cfg(not(target_os = "linux"))]
pub(super) fn medium(_root: &Path) -> Result<Medium, OpenError> {
    Ok(Medium::Disk)
}

/// The file systems, by the magic number of `statfs(2)`, on which preallocated blocks stay ours to write. All others, network
/// and copy-on-write ones among them, may run out of room under a mapped page, and that kills the process with SIGBUS.
#[cfg(target_os = "linux")]
fn judge(magic: u64) -> Result<Medium, String> {
    let name = match magic & 0xFFFF_FFFF {
        0xEF53 | 0x5846_5342 => return Ok(Medium::Disk), // ext2, ext3, ext4; xfs
        0x794C_7630 => return Ok(Medium::Overlay),
        0x0102_1994 => return Ok(Medium::Tmpfs),
        0x9123_683E => "btrfs",
        0x2FC1_2FC1 => "zfs",
        0xCA45_1A4E => "bcachefs",
        0xF2F5_2010 => "f2fs",
        0x6969 => "nfs",
        0x517B => "smb",
        0xFF53_4D42 => "cifs",
        0xFE53_4D42 => "smb2",
        0x0102_1997 => "9p",
        0x6573_5546 => "fuse",
        0x00C3_6400 => "ceph",
        other => return Err(format!("a file system that we do not know (magic {other:#x})")),
    };
    Err(name.into())
}

#[cfg(all(test, target_os = "linux"))]
mod tests;

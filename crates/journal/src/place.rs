//! Where a journal may live: makes its directory, and refuses what must not be trusted with records.

use std::{
    fs::{self, DirBuilder, Metadata},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::OpenError;

/// Where a journal's segments live.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// Below `root`, the directory of one service and endpoint; made with mode 0700, with its parents, if it is missing.
    Disk {
        /// `…/<service>-<hash of the endpoint>`.
        root: PathBuf,
    },
    /// On anonymous memory: what is not sent dies with the process.
    Memory,
}

/// What the segments really rest on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Medium {
    /// A file system on a disk: survives the process, and the machine from the last sync on.
    Disk,
    /// A container's layer: gone with the container.
    Overlay,
    /// Memory behind a file system: survives the process, not the machine.
    Tmpfs,
    /// Memory of the process.
    Memory,
}

impl Medium {
    /// The name in the client's block on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::Overlay => "overlay",
            Self::Tmpfs => "tmpfs",
            Self::Memory => "memory",
        }
    }
}

/// Makes `root` if it is missing, refuses it if others could read, change or exchange what is in it, and says what it rests on.
pub(crate) fn prepare(root: &Path) -> Result<Medium, OpenError> {
    if let Err(source) = DirBuilder::new().recursive(true).mode(0o700).create(root)
        && source.kind() != io::ErrorKind::AlreadyExists
    {
        return Err(OpenError::io("make the directory", root)(source));
    }
    private(root)?;
    if let Some(parent) = root.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        let found = fs::metadata(parent).map_err(OpenError::io("look at", parent))?;
        if found.mode() & 0o1002 == 0o002 {
            let why = "everybody may write into it and replace the journal: choose another, or `chmod o-w` it";
            return Err(OpenError::Unsafe { path: parent.to_path_buf(), why: why.into() });
        }
    }
    medium(root)
}

/// A directory of ours that is closed to others; made so if it is ours and only its mode is too open for reading.
pub(crate) fn private(directory: &Path) -> Result<(), OpenError> {
    let found = fs::symlink_metadata(directory).map_err(OpenError::io("look at", directory))?;
    let refuse = |why: String| Err(OpenError::Unsafe { path: directory.to_path_buf(), why });
    if let Some(why) = foreign(&found) {
        return refuse(why);
    }
    if !found.is_dir() {
        return refuse("it is not a directory: remove it, or choose another place".into());
    }
    match found.mode() & 0o077 {
        0 => Ok(()),
        open if open & 0o022 != 0 => refuse(format!(
            "its mode {:o} lets others write into it: `chmod 700` it, or choose another place",
            found.mode() & 0o777
        )),
        _ => fs::set_permissions(directory, fs::Permissions::from_mode(0o700))
            .map_err(OpenError::io("close to others", directory)),
    }
}

/// Why something found on the disk is not ours to use.
pub(crate) fn foreign(found: &Metadata) -> Option<String> {
    if found.is_symlink() {
        return Some(
            "it is a symbolic link: remove it, or name the place that it points to".into(),
        );
    }
    let us = rustix::process::geteuid().as_raw();
    (found.uid() != us).then(|| {
        format!("it belongs to user {}, and we are {us}: choose a place of our own", found.uid())
    })
}

#[cfg(target_os = "linux")]
fn medium(root: &Path) -> Result<Medium, OpenError> {
    let found =
        rustix::fs::statfs(root).map_err(|errno| OpenError::io("look at", root)(errno.into()))?;
    judge(found.f_type as u64)
        .map_err(|name| OpenError::FileSystem { path: root.to_path_buf(), name })
}

#[cfg(not(target_os = "linux"))]
fn medium(_root: &Path) -> Result<Medium, OpenError> {
    Ok(Medium::Disk)
}

/// The file systems, by the magic number of `statfs(2)`, on which preallocated blocks stay ours to write. All others, network
/// and copy-on-write ones among them, may run out of room under a mapped page, and that kills the process with SIGBUS.
#[cfg(target_os = "linux")]
pub(crate) fn judge(magic: u64) -> Result<Medium, String> {
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

#[cfg(test)]
mod tests;

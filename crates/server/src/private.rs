//! Files and directories that only their owner may read. On Windows who may do so is inherited from the folder above.

use std::fs::{DirBuilder, OpenOptions};

/// Makes directories, with their parents, of mode 0700.
pub(crate) fn directories() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Opens files, and makes those that are missing with mode 0600.
pub(crate) fn files() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there is no mode to be set"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// As [`files`], through no symbolic link.
pub(crate) fn files_themselves() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "nobody but an administrator makes links"))]
    let mut options = files();
    #[cfg(unix)]
    {
        let flags = rustix::fs::OFlags::NOFOLLOW.bits() as i32;
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    options
}

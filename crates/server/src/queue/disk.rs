//! The few things a disk does, so that tests can watch, cut and fail each of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use bytes::Bytes;

use crate::{durable, private};

/// Every file operation of the queue and of the parts.
pub trait Disk: Send + Sync {
    /// Creates a directory (mode 0700); one that exists is fine.
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// Names of the files and folders in a directory, unordered.
    fn list(&self, dir: &Path) -> io::Result<Vec<String>>;
    /// The whole file.
    fn read(&self, path: &Path) -> io::Result<Bytes>;
    /// A piece of a file; one that ends earlier is an error (`UnexpectedEof`).
    fn read_range(&self, path: &Path, range: Range<u64>) -> io::Result<Bytes>;
    /// A new file (mode 0600) for appending; one that exists is an error.
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Cuts a file through a fresh descriptor and syncs it.
    fn truncate(&self, path: &Path, len_bytes: u64) -> io::Result<()>;
    /// Makes sure that a file exists and that so many bytes of the disk are its own.
    fn allocate(&self, path: &Path, len_bytes: u64) -> io::Result<()>;
    /// Renames within a file system.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file; one that is missing is fine.
    fn unlink(&self, path: &Path) -> io::Result<()>;
    /// Makes created, renamed and removed names of a directory durable.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;
    /// Bytes that this process may still write.
    fn free_bytes(&self, dir: &Path) -> io::Result<u64>;
    /// Size of the file system, bytes.
    fn total_bytes(&self, dir: &Path) -> io::Result<u64>;
}

/// A file open for appending.
pub trait DiskFile: Send {
    /// Writes all bytes behind the last ones.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was written durable (`fdatasync`). After an error the file must not be used again.
    fn sync(&mut self) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        private::directories().create(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        fs::read_dir(dir)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect()
    }

    fn read(&self, path: &Path) -> io::Result<Bytes> {
        fs::read(path).map(Bytes::from)
    }

    fn read_range(&self, path: &Path, range: Range<u64>) -> io::Result<Bytes> {
        let mut bytes = vec![0; usize::try_from(range.end - range.start).unwrap_or(usize::MAX)];
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(range.start))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = private::files().write(true).create_new(true).open(path)?;
        Ok(Box::new(file))
    }

    fn truncate(&self, path: &Path, len_bytes: u64) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(len_bytes)?;
        file.sync_all()
    }

    fn allocate(&self, path: &Path, len_bytes: u64) -> io::Result<()> {
        let file = private::files().write(true).create(true).truncate(false).open(path)?;
        fs4::FileExt::allocate(&file, len_bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        durable::directory(dir)
    }

    fn free_bytes(&self, dir: &Path) -> io::Result<u64> {
        fs4::available_space(dir)
    }

    fn total_bytes(&self, dir: &Path) -> io::Result<u64> {
        fs4::total_space(dir)
    }
}

impl DiskFile for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

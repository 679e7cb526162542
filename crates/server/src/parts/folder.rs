//! Parts as files of a folder on this machine.

use std::collections::HashSet;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::PartStore;
use super::name::ASIDE;
use crate::queue::Disk;

/// A folder with a folder for each day. Nothing is made before the first part.
pub struct FolderParts {
    disk: Arc<dyn Disk>,
    root: PathBuf,
    /// Folders that exist and whose names are durable.
    made: Mutex<HashSet<String>>,
}

impl FolderParts {
    /// Parts under this folder.
    pub fn new(disk: Arc<dyn Disk>, root: &Path) -> Self {
        Self { disk, root: root.to_owned(), made: Mutex::default() }
    }

    fn make(&self, folder: &str) -> io::Result<PathBuf> {
        let path = self.root.join(folder);
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.contains(folder) {
            return Ok(path);
        }
        self.disk.create_dir(&path)?;
        if made.is_empty()
            && let Some(parent) = self.root.parent()
        {
            self.disk.sync_dir(parent)?;
        }
        self.disk.sync_dir(&self.root)?;
        made.insert(folder.to_owned());
        Ok(path)
    }

    fn split(file: &str) -> io::Result<(&str, &str)> {
        file.split_once('/').ok_or_else(|| io::Error::other(format!("{file} is in no folder")))
    }
}

impl PartStore for FolderParts {
    fn put(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let (folder, own) = Self::split(file)?;
        let folder = self.make(folder)?;
        let mut out = self.disk.create(&folder.join(own))?;
        out.write(bytes)?;
        out.sync()?;
        self.disk.sync_dir(&folder)
    }

    fn read(&self, file: &str, range: Range<u64>) -> io::Result<Bytes> {
        self.disk.read_range(&self.root.join(file), range)
    }

    fn files(&self) -> io::Result<Vec<String>> {
        let list = |dir: &Path| match self.disk.list(dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            // A file that somebody left between the folders is none of ours.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(Vec::new()),
            listed => listed,
        };
        let mut files = Vec::new();
        for folder in list(&self.root)? {
            let own = list(&self.root.join(&folder))?;
            files.extend(own.into_iter().map(|own| format!("{folder}/{own}")));
        }
        Ok(files)
    }

    fn remove(&self, file: &str) -> io::Result<()> {
        self.disk.unlink(&self.root.join(file))
    }

    fn set_aside(&self, file: &str) -> io::Result<()> {
        let (_, own) = Self::split(file)?;
        let aside = self.make(ASIDE)?;
        match self.disk.rename(&self.root.join(file), &aside.join(own)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            moved => moved,
        }
    }
}

//! A disk in memory that remembers every operation, fails one on demand, and can lose its power.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use dlogs_server::queue::{Disk, DiskFile};

/// One thing that happened, in order.
#[derive(Debug, Clone)]
pub enum Event {
    CreateDir(PathBuf),
    Create(PathBuf),
    Write(PathBuf, Vec<u8>),
    Sync(PathBuf),
    Truncate(PathBuf, u64),
    Rename(PathBuf, PathBuf),
    Unlink(PathBuf),
    SyncDir(PathBuf),
    /// An operation has failed, as it was told to.
    Failed,
    /// The catalog has committed.
    Commit,
    /// The answer for these records has gone out.
    Ack(std::ops::RangeInclusive<u64>),
}

/// What happened to that which was never synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsynced {
    /// All of it is gone: data, new names, removals.
    Lost,
    /// All of it is there.
    Kept,
    /// Names are there, of the data the first half of each write.
    Torn,
    /// Names and lengths are there, the data are zeros.
    Zeros,
}

/// Which operation fails, and how.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    pub at: usize,
    pub kind: io::ErrorKind,
}

#[derive(Default)]
struct Inner {
    files: BTreeMap<PathBuf, Vec<u8>>,
    events: Vec<Event>,
    operations: usize,
    fault: Option<Fault>,
    broken_handles: usize,
    folders: BTreeSet<PathBuf>,
    /// None: without a bound.
    capacity_bytes: Option<u64>,
}

impl Inner {
    fn free_bytes(&self) -> u64 {
        let used: u64 = self.files.values().map(|bytes| bytes.len() as u64).sum();
        self.capacity_bytes.map_or(u64::MAX, |capacity| capacity.saturating_sub(used))
    }
}

#[derive(Clone, Default)]
pub struct ModelDisk(Arc<Mutex<Inner>>);

struct Handle {
    disk: ModelDisk,
    path: PathBuf,
    broken: bool,
}

impl ModelDisk {
    /// A disk with these files, all of them durable.
    pub fn of(files: BTreeMap<PathBuf, Vec<u8>>) -> Self {
        Self(Arc::new(Mutex::new(Inner { files, ..Inner::default() })))
    }

    pub fn failing(fault: Fault) -> Self {
        Self(Arc::new(Mutex::new(Inner { fault: Some(fault), ..Inner::default() })))
    }

    /// From now on there is room for so many bytes of files.
    pub fn set_capacity(&self, bytes: u64) {
        self.0.lock().unwrap().capacity_bytes = Some(bytes);
    }

    pub fn note(&self, event: Event) {
        self.0.lock().unwrap().events.push(event);
    }

    pub fn events(&self) -> Vec<Event> {
        self.0.lock().unwrap().events.clone()
    }

    pub fn operations(&self) -> usize {
        self.0.lock().unwrap().operations
    }

    /// No operation fails any more.
    pub fn mend(&self) {
        self.0.lock().unwrap().fault = None;
    }

    /// Uses of a descriptor after an error on it: must stay 0.
    pub fn broken_handles(&self) -> usize {
        self.0.lock().unwrap().broken_handles
    }

    /// Counts an operation; the one that is to fail, fails.
    fn step(inner: &mut Inner) -> io::Result<()> {
        let at = inner.operations;
        inner.operations += 1;
        match inner.fault {
            Some(fault) if fault.at == at => {
                inner.events.push(Event::Failed);
                Err(io::Error::from(fault.kind))
            }
            _ => Ok(()),
        }
    }
}

impl Disk for ModelDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        // What is above the queue and the parts was there before.
        let own = |path: &&Path| path.iter().any(|name| name == "queue" || name == "parts");
        for folder in path.ancestors().take_while(own) {
            if inner.folders.insert(folder.to_owned()) {
                inner.events.push(Event::CreateDir(folder.to_owned()));
            }
        }
        Ok(())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let inner = self.0.lock().unwrap();
        let below = inner.files.keys().filter_map(|path| path.strip_prefix(dir).ok());
        let names = below.filter_map(|path| Some(path.components().next()?.as_os_str()));
        let names: std::collections::BTreeSet<_> = names.collect();
        Ok(names.into_iter().map(|name| name.to_string_lossy().into_owned()).collect())
    }

    fn read_range(&self, path: &Path, range: Range<u64>) -> io::Result<Bytes> {
        let bytes = self.read(path)?;
        let range = range.start as usize..range.end as usize;
        bytes.get(range.clone()).ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(bytes.slice(range))
    }

    fn read(&self, path: &Path) -> io::Result<Bytes> {
        let inner = self.0.lock().unwrap();
        inner.files.get(path).cloned().map(Bytes::from).ok_or(io::ErrorKind::NotFound.into())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut inner = self.0.lock().unwrap();
        Self::step(&mut inner)?;
        if inner.files.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        inner.files.insert(path.to_owned(), Vec::new());
        inner.events.push(Event::Create(path.to_owned()));
        Ok(Box::new(Handle { disk: self.clone(), path: path.to_owned(), broken: false }))
    }

    fn truncate(&self, path: &Path, len_bytes: u64) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        Self::step(&mut inner)?;
        let file = inner.files.get_mut(path).ok_or(io::ErrorKind::NotFound)?;
        file.resize(len_bytes as usize, 0);
        inner.events.push(Event::Truncate(path.to_owned(), len_bytes));
        Ok(())
    }

    fn allocate(&self, path: &Path, len_bytes: u64) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        if inner.capacity_bytes.is_some() {
            if inner.free_bytes() < len_bytes {
                return Err(io::ErrorKind::StorageFull.into());
            }
            inner.files.insert(path.to_owned(), vec![0; len_bytes as usize]);
        }
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        Self::step(&mut inner)?;
        let file = inner.files.remove(from).ok_or(io::ErrorKind::NotFound)?;
        inner.files.insert(to.to_owned(), file);
        inner.events.push(Event::Rename(from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        Self::step(&mut inner)?;
        inner.files.remove(path);
        inner.events.push(Event::Unlink(path.to_owned()));
        Ok(())
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        let mut inner = self.0.lock().unwrap();
        Self::step(&mut inner)?;
        inner.events.push(Event::SyncDir(dir.to_owned()));
        Ok(())
    }

    fn total_bytes(&self, _dir: &Path) -> io::Result<u64> {
        Ok(self.0.lock().unwrap().capacity_bytes.unwrap_or(u64::MAX))
    }

    fn free_bytes(&self, _dir: &Path) -> io::Result<u64> {
        Ok(self.0.lock().unwrap().free_bytes())
    }
}

impl Handle {
    fn used(&mut self, inner: &mut Inner) -> io::Result<()> {
        inner.broken_handles += usize::from(self.broken);
        let result = ModelDisk::step(inner);
        self.broken |= result.is_err();
        result
    }
}

impl DiskFile for Handle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let disk = self.disk.clone();
        let mut inner = disk.0.lock().unwrap();
        let mut result = self.used(&mut inner);
        // A write that fails for want of room has often written a part.
        let mut kept = if result.is_ok() { bytes.len() } else { bytes.len() / 2 };
        let room = inner.free_bytes();
        if kept as u64 > room {
            (kept, self.broken, result) =
                (room as usize, true, Err(io::ErrorKind::StorageFull.into()));
        }
        inner.files.get_mut(&self.path).unwrap().extend_from_slice(&bytes[..kept]);
        inner.events.push(Event::Write(self.path.clone(), bytes[..kept].to_vec()));
        result
    }

    fn sync(&mut self) -> io::Result<()> {
        let disk = self.disk.clone();
        let mut inner = disk.0.lock().unwrap();
        self.used(&mut inner)?;
        inner.events.push(Event::Sync(self.path.clone()));
        Ok(())
    }
}

/// A file's data: what is durable, and the writes that are not yet.
#[derive(Debug, Clone, Default)]
struct Data {
    durable: Vec<u8>,
    writes: Vec<Vec<u8>>,
}

impl Data {
    fn sync(&mut self) {
        self.writes.drain(..).for_each(|bytes| self.durable.extend(bytes));
    }

    fn left(&self, unsynced: Unsynced) -> Vec<u8> {
        let mut left = self.durable.clone();
        for bytes in &self.writes {
            match unsynced {
                Unsynced::Lost => {}
                Unsynced::Kept => left.extend(bytes),
                Unsynced::Torn => {
                    left.extend(&bytes[..bytes.len() / 2]);
                    break;
                }
                Unsynced::Zeros => left.resize(left.len() + bytes.len(), 0),
            }
        }
        left
    }
}

/// The files that are there when the power comes back after these events.
pub fn after_power_cut(events: &[Event], unsynced: Unsynced) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut data: Vec<Data> = Vec::new();
    // Names point to data; those on the disk and those that the running system sees.
    let mut durable: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut seen: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut loose_folders: BTreeSet<PathBuf> = BTreeSet::new();
    for event in events {
        match event {
            Event::CreateDir(path) => {
                loose_folders.insert(path.clone());
            }
            Event::Create(path) => {
                seen.insert(path.clone(), data.len());
                data.push(Data::default());
            }
            Event::Write(path, bytes) => data[seen[path]].writes.push(bytes.clone()),
            Event::Sync(path) => data[seen[path]].sync(),
            Event::Truncate(path, len_bytes) => {
                let file = &mut data[seen[path]];
                file.sync();
                file.durable.resize(*len_bytes as usize, 0);
            }
            Event::Rename(from, to) => {
                let at = seen.remove(from).unwrap();
                seen.insert(to.clone(), at);
            }
            Event::Unlink(path) => {
                seen.remove(path);
            }
            Event::SyncDir(dir) => {
                let inside = |path: &PathBuf| path.parent() == Some(dir.as_path());
                durable.retain(|path, _| !inside(path));
                let now = seen.iter().filter(|(path, _)| inside(path));
                durable.extend(now.map(|(path, at)| (path.clone(), *at)));
                loose_folders.retain(|folder| !inside(folder));
            }
            Event::Failed | Event::Commit | Event::Ack(_) => {}
        }
    }
    durable.retain(|path, _| !path.ancestors().any(|folder| loose_folders.contains(folder)));
    let names = if unsynced == Unsynced::Lost { durable } else { seen };
    names.into_iter().map(|(path, at)| (path, data[at].left(unsynced))).collect()
}

//! The log on this machine's disk: one thread, one `fdatasync` for all that wait, files that roll.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use bytes::Bytes;

use super::scan::{self, ENTRY_HEAD_BYTES, FILE_HEAD_BYTES};
use super::{Appended, Damage, Disk, DiskFile, Done, Found, Queue, QueueTrouble};

/// One write and one sync cover at most about this much.
const GROUP_BYTES: usize = 8 << 20;
/// The poison folder takes no more than this; what is beyond is only counted in the log.
const POISON_MAX_BYTES: u64 = 64 << 20;

/// The queue as files `<offset, 20 digits>.log` in a directory, `poison/` beside them.
pub struct LogQueue {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// What a queue held when it was opened.
pub struct Replay {
    /// Entries from the asked offset on, in order.
    pub found: Vec<Found>,
    /// Damaged places, already copied to the poison folder.
    pub damage: Vec<Damage>,
}

struct Shared {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    waiting: Mutex<Waiting>,
    wake: Condvar,
    /// Files that exist, oldest first.
    files: Mutex<Vec<LogFile>>,
    bytes: AtomicU64,
}

#[derive(Default)]
struct Waiting {
    appends: Vec<([Bytes; 2], Done)>,
    stopping: bool,
}

#[derive(Clone, Copy)]
struct LogFile {
    start: u64,
    len_bytes: u64,
}

fn path_of(dir: &Path, start: u64) -> PathBuf {
    dir.join(format!("{start:020}.log"))
}

impl LogQueue {
    /// Opens the directory (created when missing), cuts a torn tail, forgets files below `from`
    /// and hands back every entry from there on. New entries go into a new file; a file is closed
    /// behind the entry that makes it longer than `roll_bytes`.
    pub fn open(
        disk: Arc<dyn Disk>,
        dir: &Path,
        from: u64,
        roll_bytes: u64,
    ) -> io::Result<(Self, Replay)> {
        disk.create_dir(&dir.join("poison"))?;
        let mut starts: Vec<u64> = disk
            .list(dir)?
            .iter()
            .filter_map(|name| name.strip_suffix(".log")?.parse().ok())
            .collect();
        starts.sort_unstable();
        let mut replay = Replay { found: Vec::new(), damage: Vec::new() };
        let mut files = Vec::new();
        let mut next = from;
        for &start in &starts {
            let path = path_of(dir, start);
            let bytes = disk.read(&path)?;
            let scanned = scan::scan(start, &bytes, Some(&start) == starts.last());
            let end = scanned.found.last().map_or(start, |last| last.next);
            replay.damage.extend(scanned.damage);
            if end <= from || scanned.found.is_empty() {
                disk.unlink(&path)?;
                continue;
            }
            if scanned.good_bytes < bytes.len() as u64 {
                disk.truncate(&path, scanned.good_bytes)?;
            }
            files.push(LogFile { start, len_bytes: scanned.good_bytes });
            next = next.max(end);
            replay.found.extend(scanned.found.into_iter().filter(|found| found.offset >= from));
        }
        // A new queue is worth nothing while its own name can be lost.
        if let Some(parent) = dir.parent() {
            disk.sync_dir(parent)?;
        }
        disk.sync_dir(dir)?;
        let bytes = AtomicU64::new(files.iter().map(|file| file.len_bytes).sum());
        let shared = Arc::new(Shared {
            disk,
            dir: dir.to_owned(),
            waiting: Mutex::default(),
            wake: Condvar::new(),
            files: Mutex::new(files),
            bytes,
        });
        for damage in &replay.damage {
            // The log goes on without them; what cannot be kept is told by the caller anyway.
            let _ = shared.set_aside(damage.offset, &damage.bytes);
        }
        let committer =
            Committer { shared: shared.clone(), next, roll_bytes, current: None, torn: None };
        let thread =
            std::thread::Builder::new().name("dlogs-queue".into()).spawn(|| committer.run())?;
        Ok((Self { shared, thread: Mutex::new(Some(thread)) }, replay))
    }
}

impl Queue for LogQueue {
    fn append(&self, parts: [Bytes; 2], done: Done) {
        let mut waiting = lock(&self.shared.waiting);
        if waiting.stopping {
            drop(waiting);
            return done(Err(QueueTrouble::Stopping));
        }
        waiting.appends.push((parts, done));
        self.shared.wake.notify_one();
    }

    fn trim(&self, below: u64) -> io::Result<()> {
        let mut files = lock(&self.shared.files);
        // The last file may still be written to; it goes when a later one exists.
        while files.len() > 1 && files[0].start + files[0].len_bytes <= below {
            self.shared.disk.unlink(&path_of(&self.shared.dir, files[0].start))?;
            self.shared.bytes.fetch_sub(files[0].len_bytes, Ordering::Relaxed);
            files.remove(0);
        }
        Ok(())
    }

    fn set_aside(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.shared.set_aside(offset, bytes)
    }

    fn bytes(&self) -> u64 {
        self.shared.bytes.load(Ordering::Relaxed)
    }

    fn close(&self) {
        lock(&self.shared.waiting).stopping = true;
        self.shared.wake.notify_one();
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

impl Drop for LogQueue {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    fn set_aside(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let dir = self.dir.join("poison");
        let path = dir.join(format!("{offset:020}.bin"));
        let mut held = 0;
        for name in self.disk.list(&dir)? {
            let other = dir.join(name);
            if other == path {
                return Ok(());
            }
            held += self.disk.read(&other)?.len() as u64;
        }
        if held + bytes.len() as u64 > POISON_MAX_BYTES {
            return Err(io::Error::other("the poison folder is full"));
        }
        let mut file = self.disk.create(&path)?;
        file.write(bytes)?;
        file.sync()?;
        self.disk.sync_dir(&dir)
    }
}

/// The thread that writes.
struct Committer {
    shared: Arc<Shared>,
    next: u64,
    roll_bytes: u64,
    current: Option<Box<dyn DiskFile>>,
    /// After an error the old descriptor is closed for good, since a second `fsync` on it may
    /// claim success for pages that the kernel has dropped. Its file is cut before going on.
    torn: Option<u64>,
}

impl Committer {
    fn run(mut self) {
        let mut buffer = Vec::new();
        loop {
            let group = {
                let mut waiting = lock(&self.shared.waiting);
                while waiting.appends.is_empty() && !waiting.stopping {
                    waiting =
                        self.shared.wake.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                }
                let mut sum = 0;
                let fits = waiting.appends.iter().take_while(|(parts, _)| {
                    let first = sum == 0;
                    sum += ENTRY_HEAD_BYTES + parts[0].len() + parts[1].len();
                    first || sum <= GROUP_BYTES
                });
                let count = fits.count();
                waiting.appends.drain(..count).collect::<Vec<_>>()
            };
            if group.is_empty() {
                return;
            }
            self.commit(group, &mut buffer);
        }
    }

    fn commit(&mut self, group: Vec<([Bytes; 2], Done)>, buffer: &mut Vec<u8>) {
        match self.write(&group, buffer) {
            Ok(places) => {
                for ((_, done), place) in group.into_iter().zip(places) {
                    done(Ok(place));
                }
            }
            Err(error) => {
                let trouble = QueueTrouble::of(&error);
                tracing::error!(%error, "the queue could not be written; batches are refused");
                group.into_iter().for_each(|(_, done)| done(Err(trouble.clone())));
            }
        }
        buffer.clear();
        buffer.shrink_to(GROUP_BYTES);
    }

    fn write(
        &mut self,
        group: &[([Bytes; 2], Done)],
        buffer: &mut Vec<u8>,
    ) -> io::Result<Vec<Appended>> {
        self.mend()?;
        let shared = self.shared.clone();
        let fresh = self.current.is_none();
        let start = match fresh {
            true => self.next,
            false => lock(&shared.files).last().map_or(self.next, |file| file.start),
        };
        let mut offset = self.next;
        if fresh {
            buffer.extend_from_slice(&scan::file_head(start));
            offset += FILE_HEAD_BYTES;
        }
        let mut places = Vec::with_capacity(group.len());
        for (parts, _) in group {
            let next = offset + scan::write_entry(buffer, offset, parts);
            places.push(Appended { offset, next });
            offset = next;
        }
        self.torn = Some(start);
        let mut file = match self.current.take() {
            Some(file) => file,
            None => shared.disk.create(&path_of(&shared.dir, start))?,
        };
        file.write(buffer)?;
        file.sync()?;
        if fresh {
            shared.disk.sync_dir(&shared.dir)?;
        }
        self.torn = None;
        self.next = offset;
        shared.bytes.fetch_add(buffer.len() as u64, Ordering::Relaxed);
        let mut files = lock(&shared.files);
        if fresh {
            files.push(LogFile { start, len_bytes: 0 });
        }
        if let Some(last) = files.last_mut() {
            last.len_bytes = offset - start;
        }
        self.current = (offset - start < self.roll_bytes).then_some(file);
        Ok(places)
    }

    /// Brings the file of a failed write back to what was acknowledged; the next goes into a new one.
    fn mend(&mut self) -> io::Result<()> {
        let Some(start) = self.torn else { return Ok(()) };
        let path = path_of(&self.shared.dir, start);
        let kept = lock(&self.shared.files).iter().find(|f| f.start == start).map(|f| f.len_bytes);
        match kept {
            Some(len_bytes) => self.shared.disk.truncate(&path, len_bytes)?,
            None => {
                self.shared.disk.unlink(&path)?;
                self.shared.disk.sync_dir(&self.shared.dir)?;
            }
        }
        self.torn = None;
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

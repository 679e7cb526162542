//! What the journal's tests share: a scratch root, a crash, and the frames of a batch.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used)]

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use dlogs_journal::{Limits, Place, Settings, StreamId};

pub const ALL: Limits = Limits { max_records: usize::MAX, max_bytes: usize::MAX };

/// Segments so small that a test fills many.
pub fn small() -> Settings {
    Settings {
        first_segment_bytes: 8192,
        max_segment_bytes: 16384,
        max_bytes: 1 << 20,
        memory_max_bytes: 1 << 20,
        label: b"label".to_vec(),
        ..Settings::default()
    }
}

/// A root for journals, and a place for copies of it; both go with the test.
pub struct Scratch {
    directory: tempfile::TempDir,
}

impl Scratch {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    /// In memory, where there is a file system for it: for tests that write thousands of files.
    pub fn fast() -> Self {
        let memory = tempfile::tempdir_in("/dev/shm");
        Self { directory: memory.or_else(|_| tempfile::tempdir()).unwrap() }
    }

    pub fn root(&self) -> PathBuf {
        self.directory.path().join("root")
    }

    pub fn settings(&self) -> Settings {
        Settings { place: Place::Disk { root: self.root() }, ..small() }
    }

    /// The names in the root.
    pub fn entries(&self) -> Vec<String> {
        names(&self.root())
    }

    /// All segments' files below the root.
    pub fn segments(&self) -> Vec<PathBuf> {
        let directories = self.entries().into_iter().map(|name| self.root().join(name));
        let mut found: Vec<PathBuf> = directories
            .flat_map(|directory| {
                names(&directory).into_iter().map(move |name| directory.join(name))
            })
            .filter(|path| path.extension().is_some_and(|extension| extension == "seg"))
            .collect();
        found.sort();
        found
    }

    /// A copy of a stream as a SIGKILL at this instant would leave it: what is in the mapped pages, and a dead owner.
    pub fn crash(&self, stream: StreamId) -> PathBuf {
        let copies = self.directory.path().join("copies");
        let _ = fs::create_dir(&copies);
        let copy = copies.join(format!("{}", names(&copies).len())).join(stream.to_string());
        copy_directory(&self.root().join(stream.to_string()), &copy);
        bury(&copy);
        copy
    }
}

/// Copies a directory, closed to others.
pub fn copy_directory(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    close_to_others(to);
    for name in names(from) {
        fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}

/// Writes the name of a process of another boot into the lock file: nobody who lives.
pub fn bury(directory: &Path) {
    fs::write(directory.join("lock"), format!("1 1 {:032x} 1\n", 1)).unwrap();
}

/// What the journal asks of a directory, where a directory has a mode.
pub fn close_to_others(_directory: &Path) {
    #[cfg(unix)]
    fs::set_permissions(_directory, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
}

/// Writes bytes into the middle of a file.
pub fn write_at(path: &Path, bytes: &[u8], at: u64) {
    let mut file = fs::File::options().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

pub fn names(directory: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

pub type Frame = (u64, u64, bool, Vec<u8>);

/// The frames of a batch, read and verified by the words of spec/wire.md alone.
pub fn bodies(mut frames: &[u8], first_seq: u64, salt: u64, stream: StreamId) -> Vec<Frame> {
    let mut out = Vec::new();
    let mut least = first_seq;
    while !frames.is_empty() {
        let word = |at: usize| u32::from_le_bytes(frames[at..at + 4].try_into().unwrap());
        let size = word(0) as usize;
        let time_ns = u64::from_le_bytes(frames[8..16].try_into().unwrap());
        let seq = least + u64::from(word(16).wrapping_sub(least as u32));
        let body = frames[24..24 + size].to_vec();
        let mut source = salt.to_le_bytes().to_vec();
        source.extend(stream.instance);
        source.extend(stream.lane.to_le_bytes());
        source.extend(seq.to_le_bytes());
        source.extend((size as u32).to_le_bytes());
        source.extend(&frames[8..16]);
        source.extend(&frames[20..24]);
        source.extend(&body);
        let check = match crc32c::crc32c(&source) {
            0 => 1,
            u32::MAX => u32::MAX - 1,
            check => check,
        };
        assert_eq!(word(4), check, "the check of seq {seq}");
        let span = (24 + size).next_multiple_of(8);
        assert!(frames[24 + size..span].iter().all(|byte| *byte == 0), "the padding of seq {seq}");
        out.push((seq, time_ns, word(20) & 1 == 1, body));
        least = seq + 1;
        frames = &frames[span..];
    }
    out
}

/// A number from the environment, for the long runs.
pub fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

//! Records that the server will not take, one JSON file each, for a person to look at. At most 16 MiB; the oldest leave.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use dlogs_record::{View, json};
use serde_json::{Value, json};

/// The folder's cap in bytes.
const MAX_BYTES: u64 = 16 << 20;
/// Bytes of a frame before its body (spec/wire.md).
const FRAME_HEAD: usize = 24;

/// The folder. `None`: the journal is in memory, and records are only counted.
#[derive(Debug, Clone)]
pub(crate) struct SetAside(Option<PathBuf>);

impl SetAside {
    pub(crate) fn new(folder: Option<PathBuf>) -> SetAside {
        SetAside(folder)
    }

    /// Writes the record with this sequence number out of a batch's frames to `<stream>-<seq>-<reason>.json`.
    pub(crate) fn put(
        &self,
        stream: &str,
        seq: u64,
        reason: &str,
        answer: &str,
        frames: &[u8],
    ) -> io::Result<()> {
        let Some(folder) = &self.0 else {
            return Ok(());
        };
        let content = describe(stream, seq, reason, answer, find(frames, seq));
        make(folder)?;
        make_room(folder, content.len() as u64)?;
        let path = folder.join(format!("{stream}-{seq}-{reason}.json"));
        let mut file = private().write(true).create(true).truncate(true).open(path)?;
        file.write_all(content.as_bytes())?;
        file.sync_data()
    }

    /// Sequence numbers of this stream that were set aside, from the files' names.
    pub(crate) fn of_stream(&self, stream: &str) -> Vec<u64> {
        let Some(entries) = self.0.as_ref().and_then(|folder| fs::read_dir(folder).ok()) else {
            return Vec::new();
        };
        let mut seqs: Vec<u64> = entries
            .filter_map(|entry| {
                let name = entry.ok()?.file_name().into_string().ok()?;
                let rest = name.strip_prefix(stream)?.strip_prefix('-')?;
                rest.strip_suffix("-set_aside.json")?.parse().ok()
            })
            .collect();
        seqs.sort_unstable();
        seqs
    }
}

fn describe(stream: &str, seq: u64, reason: &str, answer: &str, body: Option<&[u8]>) -> String {
    let record = body.map_or(Value::Null, |body| match View::parse(body) {
        Ok(view) => serde_json::to_value(json::row(&view, None)).unwrap_or(Value::Null),
        Err(_) => json!({"hex": body.iter().map(|byte| format!("{byte:02x}")).collect::<String>()}),
    });
    let whole = json!({
        "stream": stream, "seq": seq, "reason": reason, "answer": answer, "record": record,
        "at": dlogs_record::time::to_rfc3339(crate::clock::wall_ns()),
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

/// The body of a frame, by the low 32 bits of its sequence number.
fn find(mut frames: &[u8], seq: u64) -> Option<&[u8]> {
    loop {
        let head = frames.get(..FRAME_HEAD)?;
        let number = |at: usize| Some(u32::from_le_bytes(*head.get(at..)?.first_chunk::<4>()?));
        let size = number(0)? as usize;
        if number(16)? == seq as u32 {
            return frames.get(FRAME_HEAD..FRAME_HEAD + size);
        }
        frames = frames.get((FRAME_HEAD + size).next_multiple_of(8)..)?;
    }
}

fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// On Windows who may read it is inherited from the folder above.
fn private() -> fs::OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there is no mode to be set"))]
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn make_room(folder: &Path, bytes: u64) -> io::Result<()> {
    let mut files: Vec<(SystemTime, u64, PathBuf)> = fs::read_dir(folder)?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let about = entry.metadata().ok()?;
            Some((about.modified().ok()?, about.len(), entry.path()))
        })
        .collect();
    files.sort();
    let mut used: u64 = files.iter().map(|file| file.1).sum();
    for (_, size, path) in files {
        if used + bytes <= MAX_BYTES {
            break;
        }
        fs::remove_file(path)?;
        used -= size;
    }
    Ok(())
}

#[cfg(test)]
mod tests;

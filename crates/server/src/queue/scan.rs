//! Reads a log file back: entries that hold, damage between them, and the torn tail.
//!
//! ```text
//! file:   8 bytes magic "DLOGQ1\n\0" | u64 offset of the file's first byte
//! entry:  u32 magic "DLQE" | u32 length | u32 crc32c(offset u64, length u32, payload) | u32 zero | payload | pad to 8
//! ```
//! The offset is part of the check, so that bytes of another place never pass for an entry.

use std::ops::Range;

use bytes::Bytes;

pub(crate) const FILE_HEAD_BYTES: u64 = 16;
pub(crate) const ENTRY_HEAD_BYTES: usize = 16;
const FILE_MAGIC: &[u8; 8] = b"DLOGQ1\n\0";
const ENTRY_MAGIC: [u8; 4] = *b"DLQE";

/// An entry that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its offset in the log.
    pub offset: u64,
    /// The offset behind it.
    pub next: u64,
    /// What was appended; shares the memory of the file's bytes.
    pub payload: Bytes,
}

/// Bytes between entries that hold, or a file whose head is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Offset of the first damaged byte.
    pub offset: u64,
    /// The bytes as they were found.
    pub bytes: Bytes,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    pub(crate) found: Vec<Found>,
    pub(crate) damage: Vec<Damage>,
    /// Length up to the end of the last entry that holds; bytes behind it are a torn tail.
    pub(crate) good_bytes: u64,
}

pub(crate) fn file_head(start: u64) -> [u8; FILE_HEAD_BYTES as usize] {
    let mut head = [0; FILE_HEAD_BYTES as usize];
    head[..8].copy_from_slice(FILE_MAGIC);
    head[8..].copy_from_slice(&start.to_le_bytes());
    head
}

/// Appends an entry to a buffer that will be written at `offset`; returns its length in bytes.
pub(crate) fn write_entry(out: &mut Vec<u8>, offset: u64, parts: &[Bytes]) -> u64 {
    let before = out.len();
    let length = parts.iter().map(Bytes::len).sum::<usize>() as u32;
    let check = parts.iter().fold(check_head(offset, length), |c, p| crc32c::crc32c_append(c, p));
    out.extend_from_slice(&ENTRY_MAGIC);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&check.to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    parts.iter().for_each(|part| out.extend_from_slice(part));
    out.resize(before + (out.len() - before).next_multiple_of(8), 0);
    (out.len() - before) as u64
}

fn check_head(offset: u64, length: u32) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(&offset.to_le_bytes()), &length.to_le_bytes())
}

/// Reads a file that should start at `start`. Its name says so too, hence a broken head costs
/// nothing. Only the last file can have a torn tail; in any other it is damage.
pub(crate) fn scan(start: u64, file: &Bytes, last: bool) -> Scanned {
    let mut scanned = Scanned::default();
    let mut at = if file.starts_with(&file_head(start)) { FILE_HEAD_BYTES as usize } else { 0 };
    while at < file.len() {
        let bad_from = at;
        let Some((payload, next)) = next_entry(start, file, &mut at) else { break };
        if at > bad_from {
            let bytes = file.slice(bad_from..at);
            scanned.damage.push(Damage { offset: start + bad_from as u64, bytes });
        }
        scanned.found.push(Found {
            offset: start + at as u64,
            next: start + next as u64,
            payload: file.slice(payload),
        });
        at = next;
        scanned.good_bytes = next as u64;
    }
    let good = scanned.good_bytes.max(FILE_HEAD_BYTES) as usize;
    if !last && file.len() > good {
        let bytes = file.slice(good..);
        scanned.damage.push(Damage { offset: start + good as u64, bytes });
    }
    scanned
}

/// What a file holds that should start at `start`: entries, and damage. See `scan`.
pub fn scan_file(start: u64, file: &Bytes, last: bool) -> (Vec<Found>, Vec<Damage>) {
    let scanned = scan(start, file, last);
    (scanned.found, scanned.damage)
}

/// The first entry that holds at `at` or behind it; moves `at` to it.
fn next_entry(start: u64, file: &[u8], at: &mut usize) -> Option<(Range<usize>, usize)> {
    while *at + ENTRY_HEAD_BYTES <= file.len() {
        if let Some(entry) = entry_at(start, file, *at) {
            return Some(entry);
        }
        *at += 8;
    }
    None
}

fn entry_at(start: u64, file: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    let head = file.get(at..at + ENTRY_HEAD_BYTES)?;
    let word = |i: usize| u32::from_le_bytes([head[i], head[i + 1], head[i + 2], head[i + 3]]);
    if head[..4] != ENTRY_MAGIC || word(12) != 0 {
        return None;
    }
    let payload = at + ENTRY_HEAD_BYTES..at.checked_add(ENTRY_HEAD_BYTES + word(4) as usize)?;
    let bytes = file.get(payload.clone())?;
    let check = crc32c::crc32c_append(check_head(start + at as u64, word(4)), bytes);
    let next = payload.end.next_multiple_of(8);
    (check == word(8) && next <= file.len()).then_some((payload, next))
}

//! Takes over what a dead process left: finds it, proves the death, sets damaged files aside, and makes a reader of the rest.

use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use crate::chapter::{Body, Chapter, Dead};
use crate::frame::{Checker, FRAME_HEADER_BYTES};
use crate::lock::{self, Denied, Lock};
use crate::owner::Owner;
use crate::reader::Orphan;
use crate::segment::header::{Header, Parsed};
use crate::segment::layout::{HEADER_BYTES, RESERVE_AT, STATE_ENDED, STATE_EXPIRED};
use crate::segment::reserve::{MAX_COUNT, Reserved};
use crate::survey::{self, Found};
use crate::walk::{self, Bounds, Position, Step};
use crate::{LossReason, OpenError, Reader, StreamId, file, fork, open, place, pool, remove};

/// A directory that is not made yet and has no lock is somebody's who is just making it, or died doing so.
const HALF_MADE_MAX_AGE: Duration = Duration::from_secs(3600);

/// The directories of other streams below `root`, the oldest first.
pub(crate) fn candidates(root: &Path, own: StreamId) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(root) else { return Vec::new() };
    let mut found: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name();
        let stream = name.to_str().and_then(|name| name.parse::<StreamId>().ok());
        if stream.is_some_and(|stream| stream != own) {
            found.push((age_of(&entry.path()), entry.path()));
        }
    }
    found.sort();
    found.into_iter().map(|(_, path)| path).collect()
}

/// When the oldest segment of a stream was last written.
fn age_of(directory: &Path) -> SystemTime {
    let first = remove::segments_in(directory).ok().and_then(|paths| paths.into_iter().next());
    let found = fs::symlink_metadata(first.as_deref().unwrap_or(directory));
    found.and_then(|found| found.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Removes directories that died while they were being made: no journal was ever opened on them.
pub(crate) fn sweep_hidden(root: &Path) {
    let Ok(entries) = fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let half_made = name
            .to_str()
            .and_then(|name| name.strip_prefix('.'))
            .is_some_and(|name| name.parse::<StreamId>().is_ok());
        if !half_made || place::private(&entry.path()).is_err() {
            continue;
        }
        let directory = entry.path();
        if !directory.join(lock::NAME).exists() {
            if is_left(&directory) {
                remove::stream(&directory, None);
            }
        } else if let Ok(lock) = Lock::adopt(&directory, || None) {
            remove::stream(&directory, Some(&lock));
        }
    }
}

/// Whether nobody can be making this directory any more.
fn is_left(directory: &Path) -> bool {
    let modified = fs::metadata(directory).and_then(|found| found.modified());
    modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > HALF_MADE_MAX_AGE))
}

/// Adopts the stream in `directory`. `Ok(None)`: its process lives, somebody else has it, it holds nothing, or it is of a
/// version that we do not know.
pub(crate) fn adopt(
    directory: &Path,
    now: SystemTime,
    max_age: Duration,
    token: Arc<()>,
) -> Result<Option<Reader>, OpenError> {
    place::private(directory)?;
    let survey = || survey::directory(directory).map_err(OpenError::io("read", directory));
    let before = survey()?;
    if before.iter().any(|found| matches!(found.parsed, Parsed::Version(_))) {
        return Ok(None);
    }
    let lock = match Lock::adopt(directory, || owner_of(&before)) {
        Ok(lock) => lock,
        Err(Denied::Held) => return Ok(None),
        Err(Denied::Gone) => {
            // What is left of a stream whose remover died just before the end, unless somebody is just making one under its own
            // name. Not removed if anything is in it.
            if open::HIDES || is_left(directory) {
                let _ = fs::remove_dir(directory);
            }
            return Ok(None);
        }
        Err(Denied::Failed(error)) => return Err(error),
    };
    // Only now does nobody change it any more.
    let kept = keep_good(directory, survey()?);
    let Some((_, last)) = kept.last() else {
        remove::stream(directory, Some(&lock));
        return Ok(None);
    };
    let stream = last.stream;
    let label = kept.iter().rev().map(|(_, header)| &header.label).find(|label| !label.is_empty());
    let label = label.cloned().unwrap_or_default();
    let orphan = Orphan {
        directory: directory.to_path_buf(),
        lock,
        generation: fork::generation(),
        closed: kept.iter().any(|(found, _)| found.state & STATE_ENDED == STATE_ENDED),
        refused: std::array::from_fn(|index| {
            kept.iter().map(|(found, _)| found.refused[index]).max().unwrap_or(0)
        }),
        _token: token,
    };
    let chapters = chapters(&kept, now, max_age)?;
    let last_seq = chapters.back().map_or(0, |chapter| chapter.bounds().next_seq - 1);
    let released = kept.iter().map(|(found, _)| found.released).max().unwrap_or(0).min(last_seq);
    Ok(Some(Reader::dead(orphan, stream, label, chapters, released)))
}

fn owner_of(found: &[Found]) -> Option<Owner> {
    found.iter().find_map(|found| match &found.parsed {
        Parsed::Installed(header) => Some(header.owner),
        _ => None,
    })
}

/// Removes what was never used, sets aside what cannot be read, and gives back the rest in order.
fn keep_good(directory: &Path, survey: Vec<Found>) -> Vec<(Found, Header)> {
    let mut kept: Vec<(Found, Header)> = Vec::new();
    for found in survey {
        match &found.parsed {
            Parsed::Installed(header) => {
                let header = header.clone();
                kept.push((found, header));
            }
            Parsed::Unused => drop(fs::remove_file(&found.path)),
            Parsed::Version(_) | Parsed::Bad(_) => set_aside(directory, &found.path),
        }
    }
    kept.sort_by_key(|(_, header)| header.number);
    let stream = kept.last().map(|(_, header)| header.stream);
    let mut next_seq = 0;
    kept.retain(|(found, header)| {
        let fits = Some(header.stream) == stream
            && header.first_seq >= next_seq
            && header.first_seq < u64::MAX / 2;
        if fits {
            next_seq = header.first_seq;
        } else {
            set_aside(directory, &found.path);
        }
        fits
    });
    kept
}

/// Moves a file out of the way, to `quarantine/` beside the streams, where a person may look at it.
fn set_aside(directory: &Path, path: &Path) {
    let Some(root) = directory.parent() else { return };
    let quarantine = root.join("quarantine");
    let made = file::directory_builder().create(&quarantine);
    if made.is_err() && place::private(&quarantine).is_err() {
        return;
    }
    let _ = place::private(&quarantine);
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let _ = fs::rename(path, quarantine.join(format!("{}-{}", name(directory), name(path))));
}

fn chapters(
    kept: &[(Found, Header)],
    now: SystemTime,
    max_age: Duration,
) -> Result<VecDeque<Chapter>, OpenError> {
    let mut chapters = VecDeque::new();
    for (index, (found, header)) in kept.iter().enumerate() {
        let given_up = found.state & STATE_EXPIRED == STATE_EXPIRED;
        let end = match kept.get(index + 1) {
            Some((_, next)) if given_up || next.number == header.number + 1 => next.first_seq,
            // What is missing between the two files is not this one's.
            Some((_, next)) => end_of(found, header, next.first_seq)?.seq,
            None if given_up => header.first_seq + found.reserved.count,
            None => end_of_last(found, header)?,
        };
        let age = now.duration_since(found.modified).unwrap_or_default();
        chapters.push_back(Chapter {
            number: header.number,
            first_seq: header.first_seq,
            salt: header.salt,
            checker: Checker::new(header.salt, &header.stream),
            given_up,
            body: Body::Dead(Dead {
                path: Some(found.path.clone()),
                next_seq: end,
                expired: age > max_age,
                bytes: Vec::new(),
            }),
        });
    }
    Ok(chapters)
}

/// Finds the last frame of a stream that was cut off, and cuts the file behind it.
fn end_of_last(found: &Found, header: &Header) -> Result<u64, OpenError> {
    let end = end_of(found, header, header.first_seq + MAX_COUNT)?;
    let reserved =
        Reserved { sealed: true, count: end.seq - header.first_seq, offset: end.offset as u64 };
    if found.reserved != reserved
        && let Ok(opened) = file::options().write(true).open(&found.path)
    {
        let _ = file::write_at(&opened, &reserved.pack().to_le_bytes(), RESERVE_AT as u64);
        let _ = opened.set_modified(found.modified);
    }
    let _ = pool::truncate(&found.path, reserved.offset);
    Ok(end.seq)
}

fn end_of(found: &Found, header: &Header, below_seq: u64) -> Result<Position, OpenError> {
    let bytes = fs::read(&found.path).map_err(OpenError::io("read", &found.path))?;
    let checker = Checker::new(header.salt, &header.stream);
    Ok(measure(&bytes, checker, header.first_seq, found.reserved, below_seq))
}

/// Where the frames of a dead process end, and the number behind the last one. What was reserved and not committed at the very
/// end was never accepted: it is nothing. What was committed there, and is damaged, counts as far as places were reserved.
pub(crate) fn measure(
    bytes: &Vec<u8>,
    checker: Checker,
    first_seq: u64,
    reserved: Reserved,
    below_seq: u64,
) -> Position {
    let bounds = Bounds { end: bytes.len(), next_seq: below_seq };
    let mut at = Position { offset: HEADER_BYTES, seq: first_seq };
    let mut scratch = Vec::new();
    while at.seq < below_seq {
        scratch.clear();
        match walk::step(bytes, checker, at, bounds, false, &mut scratch) {
            Step::Frame(next) => at = next,
            Step::Gap(next, _) if next.seq < below_seq => at = next,
            Step::Gap(_, LossReason::Corrupt) => {
                let places = reserved.count.min((bytes.len() / FRAME_HEADER_BYTES) as u64);
                let seq = (first_seq + places).min(below_seq);
                return if seq > at.seq { Position { offset: bytes.len(), seq } } else { at };
            }
            Step::Gap(..) | Step::Wait => return at,
        }
    }
    at
}

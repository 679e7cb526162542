//! What a segment's file says about itself, read from outside. It changes nothing.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::RefusedReason;
use crate::frame::{u32_in, u64_in};
use crate::remove::segments_in;
use crate::segment::header::{Header, Parsed};
use crate::segment::layout::*;
use crate::segment::reserve::Reserved;
use crate::{file, place};

/// One file and its header.
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    pub(crate) modified: SystemTime,
    pub(crate) parsed: Parsed,
    pub(crate) reserved: Reserved,
    /// 0 if the value and its complement disagree: then everything is sent again.
    pub(crate) released: u64,
    pub(crate) state: u32,
    pub(crate) refused: [u64; RefusedReason::COUNT],
}

/// Reads the headers of all segments in a directory, in the order of their names. Links, directories and what belongs to
/// others is stepped over; what is ours and cannot be read now is an error, because it may be readable later.
pub(crate) fn directory(directory: &Path) -> io::Result<Vec<Found>> {
    let ours = |path: &PathBuf| {
        fs::symlink_metadata(path)
            .map_or(true, |found| found.is_file() && place::foreign(&found).is_none())
    };
    let mut all = Vec::new();
    for path in segments_in(directory)?.into_iter().filter(ours) {
        match self::file(path) {
            Ok(found) => all.push(found),
            // Whoever has the lock removed it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// Reads one header. Opening never waits, whatever the file is.
pub(crate) fn file(path: PathBuf) -> io::Result<Found> {
    let opened = file::options().read(true).open(&path)?;
    let found = opened.metadata()?;
    if !found.is_file() || place::foreign(&found).is_some() {
        return Err(io::Error::other("it is not a file of ours"));
    }
    let mut header = Vec::new();
    opened.take(HEADER_BYTES as u64).read_to_end(&mut header)?;
    let modified = found.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    Ok(of_bytes(path, modified, &header))
}

pub(crate) fn of_bytes(path: PathBuf, modified: SystemTime, header: &[u8]) -> Found {
    let released = u64_in(header, RELEASED_AT);
    let whole = released == !u64_in(header, RELEASED_INVERSE_AT);
    Found {
        path,
        modified,
        parsed: Header::parse(header),
        reserved: Reserved::unpack(u64_in(header, RESERVE_AT)),
        released: if whole { released } else { 0 },
        state: u32_in(header, STATE_AT),
        refused: std::array::from_fn(|index| u64_in(header, REFUSED_AT + 8 * index)),
    }
}

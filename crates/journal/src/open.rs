//! Makes a new stream: its directory under a hidden name, locked before it gets its real one, and its first segment.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::frame::FRAME_HEADER_BYTES;
use crate::lock::{Denied, Lock};
use crate::maker::Maker;
use crate::owner::Owner;
use crate::pool::Pages;
use crate::segment::layout::{HEADER_BYTES, LABEL_MAX_BYTES};
use crate::segment::reserve::Reserved;
use crate::shared::{Home, Shared, Start};
use crate::{
    Journal, Keeper, Medium, OpenError, Opened, Place, Reader, Settings, StreamId, file, fork,
    place, pool, room, visit,
};

pub(crate) fn open(settings: Settings) -> Result<Opened, OpenError> {
    check(&settings)?;
    fork::install();
    visit::prepare();
    let stream = StreamId { instance: pool::random()?, lane: 0 };
    let mut maker = Maker {
        stream,
        owner: Owner::current(),
        label: settings.label.clone(),
        directory: None,
        next_number: 1,
        durable: settings.sync_every.is_some(),
    };
    let (first, medium, home) = match &settings.place {
        Place::Memory => {
            (maker.make(settings.first_segment_bytes, Pages::Single)?, Medium::Memory, None)
        }
        Place::Disk { root } => {
            let medium = place::prepare(root)?;
            let birthplace = birthplace(root, stream);
            let made = furnish(root, &birthplace, &mut maker, settings.first_segment_bytes);
            if made.is_err() {
                let _ = fs::remove_dir_all(&birthplace);
            }
            let (first, home) = made?;
            (first, medium, Some(home))
        }
    };
    first.install(1, &Default::default());
    let first = Arc::new(first);
    let max_bytes = if home.is_some() { settings.max_bytes } else { settings.memory_max_bytes };
    let used_bytes = match &settings.place {
        Place::Disk { root } => room::used_bytes(root),
        Place::Memory => first.capacity(),
    };
    let shared = Arc::new(Shared::new(Start {
        first: Arc::clone(&first),
        stream,
        medium,
        home,
        body_max_bytes: settings.max_segment_bytes as usize - HEADER_BYTES - FRAME_HEADER_BYTES,
        used_bytes,
        max_bytes,
        wake: settings.wake_keeper.clone(),
    }));
    let reader = Reader::living(Arc::clone(&shared), Arc::clone(&first), &settings);
    let keeper = Keeper::new(Arc::clone(&shared), first, maker, settings);
    Ok(Opened { journal: Journal { shared }, reader, keeper })
}

/// Whether a stream's directory is made under a hidden name. Windows renames no directory in which anything is open; there its
/// lock file appears locked, in one step, and tells those who look for orphans that somebody is at it.
pub(crate) const HIDES: bool = cfg!(not(windows));

/// Where a stream's directory is made.
fn birthplace(root: &Path, stream: StreamId) -> PathBuf {
    root.join(if HIDES { format!(".{stream}") } else { stream.to_string() })
}

/// The stream's directory appears under its name only when it is locked and has its first segment, so that whoever looks for
/// orphans never sees a half-made one.
fn furnish(
    root: &Path,
    birthplace: &Path,
    maker: &mut Maker,
    bytes: u64,
) -> Result<(crate::segment::Segment, Home), OpenError> {
    file::directory_builder()
        .create(birthplace)
        .map_err(OpenError::io("make the directory", birthplace))?;
    let lock = Lock::create(birthplace).map_err(|denied| match denied {
        Denied::Failed(error) => error,
        Denied::Held | Denied::Gone => OpenError::Unsafe {
            path: birthplace.into(),
            why: "somebody else works in it: try again".into(),
        },
    })?;
    let directory = root.join(maker.stream.to_string());
    maker.directory = Some(birthplace.to_path_buf());
    let mut first = maker.make(bytes, Pages::Single)?;
    if HIDES {
        fs::rename(birthplace, &directory)
            .map_err(OpenError::io("name the directory", &directory))?;
        first.file =
            first.file.as_ref().and_then(|path| path.file_name()).map(|name| directory.join(name));
        maker.directory = Some(directory.clone());
    }
    if maker.durable {
        file::sync_directory(&directory)
            .and_then(|()| file::sync_directory(root))
            .map_err(OpenError::io("sync", root))?;
    }
    Ok((first, Home { directory, lock }))
}

fn check(settings: &Settings) -> Result<(), OpenError> {
    let refuse = |why: &str| Err(OpenError::Settings(why.into()));
    if settings.label.len() > LABEL_MAX_BYTES {
        return refuse("the label is longer than 2048 bytes: shorten it");
    }
    let (first, max) = (settings.first_segment_bytes, settings.max_segment_bytes);
    if !first.is_multiple_of(4096) || !max.is_multiple_of(4096) {
        return refuse("segment sizes must be multiples of 4096 bytes");
    }
    if first < 8192 || max < first || max > 1 << 30 {
        return refuse(
            "segments are at least 8192 bytes, at most 1 GiB, and the largest is not smaller than the first",
        );
    }
    debug_assert!(max < Reserved::MAX_OFFSET);
    Ok(())
}

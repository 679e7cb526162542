//! Makes a new stream: its directory under a hidden name, locked before it gets its real one, and its first segment.

use std::{
    fs::{self, DirBuilder, File},
    os::unix::fs::DirBuilderExt,
    path::Path,
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
    Journal, Keeper, Medium, OpenError, Opened, Place, Reader, Settings, StreamId, fork, place,
    pool, room, visit,
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
            let hidden = root.join(format!(".{stream}"));
            let made = furnish(root, &hidden, &mut maker, settings.first_segment_bytes);
            if made.is_err() {
                let _ = fs::remove_dir_all(&hidden);
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

/// The stream's directory appears under its name only when it is locked and has its first segment, so that whoever looks for
/// orphans never sees a half-made one.
fn furnish(
    root: &Path,
    hidden: &Path,
    maker: &mut Maker,
    bytes: u64,
) -> Result<(crate::segment::Segment, Home), OpenError> {
    DirBuilder::new()
        .mode(0o700)
        .create(hidden)
        .map_err(OpenError::io("make the directory", hidden))?;
    let mut lock = Lock::create(hidden).map_err(|denied| match denied {
        Denied::Failed(error) => error,
        Denied::Held | Denied::Gone => OpenError::Unsafe {
            path: hidden.into(),
            why: "somebody else works in it: try again".into(),
        },
    })?;
    let directory = root.join(maker.stream.to_string());
    maker.directory = Some(hidden.to_path_buf());
    let mut first = maker.make(bytes, Pages::Single)?;
    fs::rename(hidden, &directory).map_err(OpenError::io("name the directory", &directory))?;
    lock.moved_to(&directory);
    first.file =
        first.file.as_ref().and_then(|path| path.file_name()).map(|name| directory.join(name));
    maker.directory = Some(directory.clone());
    if maker.durable {
        let sync = |path: &Path| File::open(path).and_then(|opened| opened.sync_all());
        sync(&directory).and_then(|()| sync(root)).map_err(OpenError::io("sync", root))?;
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

use std::{
    fs,
    sync::{Arc, Weak},
    time::{Duration, Instant, SystemTime},
};

use crate::caps::{self, Room};
use crate::maker::Maker;
use crate::pool::Pages;
use crate::segment::{Segment, reserve};
use crate::shared::Shared;
use crate::sync::Ordering;
use crate::{OpenError, Place, Reader, Settings, adopt, room};

/// When nothing asks for more.
const IDLE: Duration = Duration::from_secs(1);
/// When a segment is missing, or something failed.
const SHORT: Duration = Duration::from_millis(100);

/// The disk's work, on a thread of its own: prepares segments ahead, reuses released ones, syncs, counts the room.
pub struct Keeper {
    shared: Arc<Shared>,
    maker: Maker,
    settings: Settings,
    /// The last segment of the chain, which the chain keeps: whoever ends the stream can remove its file, for nobody has it mapped.
    tail: Weak<Segment>,
    made: Vec<Made>,
    /// A released segment that waits to be used again.
    spare: Option<Segment>,
    spare_is_cool: bool,
    speed: Speed,
    synced: Option<Instant>,
    adopted: Weak<()>,
}

/// A segment of the chain, as long as anybody holds it.
struct Made {
    segment: Weak<Segment>,
    cooled: bool,
    synced: bool,
}

impl Made {
    fn new(segment: &Arc<Segment>) -> Self {
        Self { segment: Arc::downgrade(segment), cooled: false, synced: false }
    }
}

/// How fast the writers are, from what they reserved between two looks.
struct Speed {
    at: Option<Instant>,
    number: u64,
    offset: u64,
    bytes_per_s: u64,
}

impl Speed {
    fn look(&mut self, now: Instant, segment: &Segment) {
        let offset = segment.reserved().offset;
        let between = segment.number.saturating_sub(self.number) * segment.capacity();
        let bytes = (between + offset).saturating_sub(self.offset);
        let elapsed = self.at.map_or(Duration::ZERO, |at| now.saturating_duration_since(at));
        if elapsed >= Duration::from_millis(10) {
            self.bytes_per_s = (bytes as f64 / elapsed.as_secs_f64()) as u64;
        }
        *self = Self { at: Some(now), number: segment.number, offset, ..*self };
    }
}

impl Keeper {
    pub(crate) fn new(
        shared: Arc<Shared>,
        first: Arc<Segment>,
        maker: Maker,
        settings: Settings,
    ) -> Self {
        let speed = Speed {
            at: None,
            number: first.number,
            offset: first.reserved().offset,
            bytes_per_s: 0,
        };
        Self {
            made: vec![Made::new(&first)],
            tail: Arc::downgrade(&first),
            shared,
            maker,
            settings,
            spare: None,
            spare_is_cool: false,
            speed,
            synced: None,
            adopted: Weak::new(),
        }
    }

    /// Does what is due and says when it wants to be called again. Never panics, never gives up: what failed is told by
    /// [`crate::Journal::trouble`] and tried again.
    pub fn keep(&mut self, now: Instant) -> Duration {
        if !self.shared.ours() {
            return Duration::from_secs(3600);
        }
        self.made.retain(|made| made.segment.strong_count() > 0);
        self.take_back();
        self.count_room();
        let mut trouble = None;
        if let Some(current) = self.shared.current.get() {
            self.speed.look(now, &current);
            trouble = self.prepare_ahead(&current).err().map(|error| error.to_string());
            self.share_room(&current);
            self.cool(&current);
            self.cool_spare();
        }
        let synced = self.sync(now);
        let short = trouble.is_some() || synced.is_err() || self.is_short();
        self.shared.set_trouble(trouble.or(synced.err()));
        let rest = if short { SHORT } else { IDLE };
        self.settings.sync_every.map_or(rest, |every| rest.min(every))
    }

    /// Streams below the same root whose process is gone, oldest first, at most one; none while the one it gave before still
    /// lives. Call it at start and every 60 s.
    pub fn orphans(&mut self) -> Vec<Reader> {
        let Place::Disk { root } = &self.settings.place else { return Vec::new() };
        if !self.shared.ours() || self.adopted.strong_count() > 0 {
            return Vec::new();
        }
        let mut token = Arc::new(());
        self.adopted = Arc::downgrade(&token);
        adopt::sweep_hidden(root);
        for directory in adopt::candidates(root, self.shared.stream) {
            let adopted = adopt::adopt(&directory, SystemTime::now(), self.settings.max_age, token);
            match adopted {
                Ok(Some(reader)) => return vec![reader],
                // Neither a stream that lives nor one that cannot be read stands in the way of the next one.
                Ok(None) | Err(_) => token = Arc::new(()),
            }
            self.adopted = Arc::downgrade(&token);
        }
        Vec::new()
    }

    /// Takes over what the reader released: one segment is kept to be used again, the others go.
    fn take_back(&mut self) {
        for segment in self.shared.left_segments() {
            let larger =
                self.spare.as_ref().is_none_or(|spare| spare.capacity() < segment.capacity());
            let goes = if larger && !self.shared.closed() {
                self.spare_is_cool = false;
                self.spare.replace(segment)
            } else {
                Some(segment)
            };
            if let Some(path) = goes.and_then(|segment| segment.file) {
                let _ = fs::remove_file(path);
            }
        }
        if self.shared.closed() {
            self.put_away();
        }
    }

    /// After the end: what lies ready will never be used.
    fn put_away(&mut self) {
        let made = self.made.iter().filter_map(|made| made.segment.upgrade());
        let unused = made
            .filter(|segment| segment.first_seq() == 0)
            .filter_map(|segment| segment.file.clone());
        for path in unused.chain(self.spare.take().and_then(|spare| spare.file)) {
            let _ = fs::remove_file(path);
        }
    }

    fn count_room(&mut self) {
        let used = match &self.settings.place {
            Place::Disk { root } => room::used_bytes(root),
            Place::Memory => {
                let chain = self.made.iter().filter_map(|made| made.segment.upgrade());
                chain.map(|segment| segment.capacity()).sum::<u64>() + self.spare_bytes()
            }
        };
        self.shared.used_bytes.store(used, Ordering::Relaxed);
    }

    fn spare_bytes(&self) -> u64 {
        self.spare.as_ref().map_or(0, Segment::capacity)
    }

    fn room(&self) -> Room {
        Room {
            max_bytes: self.shared.max_bytes,
            used_bytes: self.shared.used_bytes.load(Ordering::Relaxed),
            first_segment_bytes: self.settings.first_segment_bytes,
            max_segment_bytes: self.settings.max_segment_bytes,
        }
    }

    /// The last segment of the chain, if the writers should find more ready.
    fn short_tail(&self, current: &Segment) -> Option<Arc<Segment>> {
        let tail = self.tail.upgrade().filter(|_| !self.shared.closed())?;
        let ready = tail.number.saturating_sub(current.number);
        (caps::ahead(self.speed.bytes_per_s, tail.capacity()) > ready).then_some(tail)
    }

    fn pages(&self, bytes: u64) -> Pages {
        let soon = caps::fills_soon(self.speed.bytes_per_s, bytes);
        if soon { Pages::Joined } else { Pages::Single }
    }

    fn is_short(&self) -> bool {
        self.shared
            .current
            .visit(|current| current.is_some_and(|current| self.short_tail(current).is_some()))
    }

    fn prepare_ahead(&mut self, current: &Segment) -> Result<(), OpenError> {
        while let Some(tail) = self.short_tail(current) {
            let room = self.room();
            let wanted = room.next_bytes(tail.capacity());
            let fits = |spare: &Segment| wanted.is_none_or(|bytes| spare.capacity() >= bytes);
            let segment = match (self.spare.take_if(|spare| fits(spare)), wanted) {
                (Some(spare), _) => self.maker.remake(spare)?,
                (None, Some(bytes)) => self.maker.make(bytes, self.pages(bytes))?,
                (None, None) => return Ok(()),
            };
            let segment = Arc::new(segment);
            self.made.push(Made::new(&segment));
            self.tail = Arc::downgrade(&segment);
            tail.next.set(segment);
            self.count_room();
        }
        Ok(())
    }

    /// Says to every segment of the chain how much of it is for frames that are not important.
    fn share_room(&self, current: &Segment) {
        let Some(tail) = self.tail.upgrade() else { return };
        let room = self.room();
        let free = room.next_bytes(tail.capacity()).map_or(0, |_| room.free_bytes());
        let kept = caps::kept(room.max_bytes);
        let mut beyond = free + self.spare_bytes();
        let chain: Vec<_> = self.made.iter().filter_map(|made| made.segment.upgrade()).collect();
        for segment in chain.iter().rev().filter(|segment| segment.number >= current.number) {
            let open_end = caps::open_end(segment.capacity(), beyond, kept, segment.number == 1);
            segment.open_end.store(open_end, Ordering::Relaxed);
            beyond += segment.capacity();
        }
    }

    /// Segments that are full leave the process's resident memory, but for those that are read, were read, or come next.
    fn cool(&mut self, current: &Segment) {
        let reading = self.shared.reading.load(Ordering::Relaxed);
        for made in self.made.iter_mut().filter(|made| !made.cooled) {
            let Some(segment) = made.segment.upgrade() else { continue };
            if segment.number < current.number && segment.number > reading + 1 {
                segment.memory.cool();
                made.cooled = true;
            }
        }
    }

    /// So does the spare one, unless it will be used again at once.
    fn cool_spare(&mut self) {
        let Some(spare) = self.spare.as_ref().filter(|_| !self.spare_is_cool) else { return };
        if !caps::fills_soon(self.speed.bytes_per_s, spare.capacity()) {
            spare.memory.cool();
            self.spare_is_cool = true;
        }
    }

    /// Forces what was written to the disk. After an error the kernel forgets what it could not write, so that the same
    /// pages are never synced again: the segment is sealed, and what follows goes to another file.
    fn sync(&mut self, now: Instant) -> Result<(), String> {
        let Some(every) = self.settings.sync_every else { return Ok(()) };
        if self.synced.is_some_and(|synced| now.saturating_duration_since(synced) < every) {
            return Ok(());
        }
        self.synced = Some(now);
        let mut result = Ok(());
        for made in self.made.iter_mut().filter(|made| !made.synced) {
            let Some(segment) = made.segment.upgrade().filter(|segment| segment.first_seq() > 0)
            else {
                continue;
            };
            made.synced = segment.reserved().sealed;
            if let Err(error) = segment.memory.sync() {
                reserve::seal(segment.reserve());
                made.synced = true;
                result = Err(format!("journal: cannot sync segment {}: {error}", segment.number));
            }
        }
        result
    }
}

//! The reading end: takes committed frames in order, tells what is lost, gives back what is stored. Never waits, never writes a frame.

use std::{
    collections::VecDeque,
    fs, io,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::chapter::{Body, Chapter};
use crate::lock::Lock;
use crate::release::Ledger;
use crate::segment::Segment;
use crate::segment::layout::HEADER_BYTES;
use crate::shared::Shared;
use crate::sync::Ordering;
use crate::walk::{self, Bounds, Position, Step};
use crate::{Limits, Loss, LossReason, RefusedReason, Settings, StreamId, Taken, remove};

mod moves;

/// The one consumer's end of a stream: of the living one, or of one whose process died.
pub struct Reader {
    origin: Origin,
    stream: StreamId,
    label: Vec<u8>,
    chapters: VecDeque<Chapter>,
    /// The chapter that `at` is in.
    cursor: usize,
    at: Position,
    /// The highest number that was ever taken or stepped over.
    passed: u64,
    /// Where batches began, to rewind to without walking from a segment's start.
    marks: Vec<(u64, Position)>,
    ledger: Ledger,
    /// A frame that is waited for, and since when.
    waited: Option<(u64, Instant)>,
    /// How often in a row a segment could not be read.
    unreadable: u32,
    patience: Duration,
    max_age: Duration,
}

/// A segment of a dead process that cannot be read is tried again, for the reason may be a passing one; after so many
/// attempts it is given up.
const UNREADABLE_MAX: u32 = 30;

enum Origin {
    Living(Arc<Shared>),
    Dead(Orphan),
}

/// What an adopted stream has besides its segments.
pub(crate) struct Orphan {
    pub(crate) directory: PathBuf,
    pub(crate) lock: Lock,
    pub(crate) generation: u64,
    pub(crate) closed: bool,
    pub(crate) refused: [u64; RefusedReason::COUNT],
    /// Tells the keeper that the adopted stream is still being read.
    pub(crate) _token: Arc<()>,
}

impl Reader {
    pub(crate) fn living(shared: Arc<Shared>, first: Arc<Segment>, settings: &Settings) -> Self {
        let stream = shared.stream;
        let chapters = VecDeque::from([Chapter::living(first)]);
        let mut reader =
            Self::new(Origin::Living(shared), stream, settings.label.clone(), chapters, 0);
        reader.patience = settings.patience;
        reader.max_age = settings.max_age;
        reader
    }

    /// A dead stream: its chapters ascend, and there is at least one.
    pub(crate) fn dead(
        orphan: Orphan,
        stream: StreamId,
        label: Vec<u8>,
        chapters: VecDeque<Chapter>,
        released: u64,
    ) -> Self {
        Self::new(Origin::Dead(orphan), stream, label, chapters, released)
    }

    fn new(
        origin: Origin,
        stream: StreamId,
        label: Vec<u8>,
        chapters: VecDeque<Chapter>,
        released: u64,
    ) -> Self {
        let first_seq = chapters.front().map_or(1, |chapter| chapter.first_seq);
        let mut reader = Self {
            origin,
            stream,
            label,
            chapters,
            cursor: 0,
            at: Position { offset: HEADER_BYTES, seq: first_seq },
            passed: first_seq - 1,
            marks: Vec::new(),
            ledger: Ledger::new(released.max(first_seq - 1)),
            waited: None,
            unreadable: 0,
            patience: Duration::ZERO,
            max_age: Duration::MAX,
        };
        reader.seek(released + 1);
        reader.passed = reader.passed.max(released);
        reader
    }

    /// Appends the next committed frames, in order and byte for byte, to `out`. Frames that are lost are stepped over and
    /// told by [`Reader::losses`]. A frame that stays uncommitted for `patience` is killed; its writer appends again.
    pub fn take(&mut self, limits: Limits, now: Instant, out: &mut Vec<u8>) -> Taken {
        if !self.ours() {
            return Taken::Nothing;
        }
        if self.at.seq <= self.ledger.released() {
            self.seek(self.ledger.released() + 1);
        }
        let start = out.len();
        let first_seq = self.at.seq;
        let mark = (self.cursor, self.at);
        let (mut count, mut last_seq, mut salt) = (0, 0, 0);
        let mut waiting = None;
        // What was seen of the chapter is used up before it is looked at again: every look takes the writers' busiest
        // cache line away from them.
        let mut seen: Option<Bounds> = None;
        while count < limits.max_records.max(1) {
            let known = seen.filter(|bounds| self.at.seq < bounds.next_seq);
            if known.is_none() {
                self.extend(now);
            }
            let Some(chapter) = self.chapters.get_mut(self.cursor) else { break };
            if known.is_none() {
                let bounds = chapter.bounds();
                if self.at.seq >= bounds.next_seq {
                    if count > 0 || !self.advance() {
                        break;
                    }
                    continue;
                }
                if chapter.given_up
                    || (chapter.is_old(now, self.max_age) && self.ledger.settled(self.at.seq - 1))
                {
                    if count > 0 {
                        break;
                    }
                    self.give_up();
                    continue;
                }
                if let Err(error) = chapter.load() {
                    self.unreadable += 1;
                    let passing = error.kind() != io::ErrorKind::NotFound
                        && self.unreadable <= UNREADABLE_MAX;
                    if passing || count > 0 {
                        break;
                    }
                    self.unreadable = 0;
                    self.lose(
                        Position { offset: bounds.end, seq: bounds.next_seq },
                        LossReason::Corrupt,
                    );
                    continue;
                }
                self.unreadable = 0;
            }
            let bounds = known.unwrap_or_else(|| chapter.bounds());
            seen = Some(bounds);
            let kill = self.waited.is_some_and(|(seq, since)| {
                seq == self.at.seq && now.saturating_duration_since(since) >= self.patience
            });
            let before = out.len();
            match walk::step(chapter, chapter.checker, self.at, bounds, kill, out) {
                Step::Frame(_) if count > 0 && out.len() - start > limits.max_bytes => {
                    out.truncate(before);
                    break;
                }
                Step::Frame(next) => {
                    (count, last_seq, salt) = (count + 1, self.at.seq, chapter.salt);
                    self.pass(next);
                }
                Step::Gap(next, reason) => self.lose(next, reason),
                Step::Wait => {
                    let since = self
                        .waited
                        .filter(|(seq, _)| *seq == self.at.seq)
                        .map_or(now, |(_, since)| since);
                    self.waited = Some((self.at.seq, since));
                    waiting = Some(since);
                    break;
                }
            }
        }
        self.publish();
        match waiting {
            _ if count > 0 => {
                self.remember(mark);
                Taken::Batch { first_seq, last_seq, count, salt }
            }
            Some(since) => Taken::Uncommitted { since },
            None => Taken::Nothing,
        }
    }

    /// The next `take` begins at `to_seq` (or behind what is released, if that is later).
    pub fn rewind(&mut self, to_seq: u64) {
        if self.ours() && to_seq < self.at.seq {
            self.seek(to_seq.max(self.ledger.released() + 1));
        }
    }

    /// All losses that were found and not yet forgotten, ascending.
    pub fn losses(&self) -> &[Loss] {
        self.ledger.pending()
    }

    /// Drops losses that the server has acknowledged. Until then nothing behind them is released.
    pub fn forget_losses(&mut self, acked: &[Loss]) {
        self.ledger.forget(acked);
        self.settle();
    }

    /// Everything through `through_seq` is stored: it will never be taken again, and whole segments are reused.
    pub fn release(&mut self, through_seq: u64) {
        self.ledger.store(through_seq.min(self.passed));
        self.settle();
    }

    /// Everything through here is released.
    pub fn released(&self) -> u64 {
        self.ledger.released()
    }

    /// Records not yet released.
    pub fn waiting(&self) -> u64 {
        self.last_seq().saturating_sub(self.ledger.released())
    }

    /// Where the next `take` begins.
    pub fn next_seq(&self) -> u64 {
        self.at.seq
    }

    /// The stream's name.
    pub fn stream(&self) -> StreamId {
        self.stream
    }

    /// The label that the stream was opened with.
    pub fn label(&self) -> &[u8] {
        &self.label
    }

    /// Refused records of the stream, in the order of [`RefusedReason::ALL`].
    pub fn refused(&self) -> [u64; RefusedReason::COUNT] {
        match &self.origin {
            Origin::Living(shared) => shared.refused_counts(),
            Origin::Dead(orphan) => orphan.refused,
        }
    }

    /// The stream takes no more records and all were taken.
    pub fn finished(&self) -> bool {
        let final_one = match &self.origin {
            Origin::Living(shared) => shared.closed(),
            Origin::Dead(_) => true,
        };
        final_one && self.at.seq > self.last_seq()
    }

    /// The stream was closed in good order, rather than cut off by its process's death.
    pub fn closed(&self) -> bool {
        match &self.origin {
            Origin::Living(shared) => shared.closed(),
            Origin::Dead(orphan) => orphan.closed,
        }
    }

    /// Removes the stream's directory if it is finished, released to the end, and its losses are forgotten; otherwise leaves
    /// it for the next one who adopts. Says whether it was removed. Works for the living stream, too, after `close`.
    pub fn finish(self) -> bool {
        if !self.finished() || self.waiting() > 0 || !self.losses().is_empty() || !self.ours() {
            return false;
        }
        let Self { origin, chapters, .. } = self;
        // Windows removes no file that is mapped.
        drop(chapters);
        match &origin {
            Origin::Living(shared) => match &shared.home {
                Some(home) => remove::stream(&home.directory, Some(&home.lock)),
                None => true,
            },
            Origin::Dead(orphan) => remove::stream(&orphan.directory, Some(&orphan.lock)),
        }
    }

    fn ours(&self) -> bool {
        match &self.origin {
            Origin::Living(shared) => shared.ours(),
            Origin::Dead(orphan) => orphan.generation == crate::fork::generation(),
        }
    }

    fn last_seq(&self) -> u64 {
        match &self.origin {
            Origin::Living(shared) => shared.accepted(),
            Origin::Dead(_) => {
                self.chapters.back().map_or(0, |chapter| chapter.bounds().next_seq - 1)
            }
        }
    }

    /// Writes down what is released, and gives back the segments that are behind it.
    fn settle(&mut self) {
        if !self.ours() {
            return;
        }
        let released = self.ledger.released();
        if self.at.seq <= released {
            self.seek(released + 1);
        }
        while self.chapters.get(1).is_some_and(|next| next.first_seq <= released + 1) {
            if self.cursor == 0 && !self.advance() {
                break;
            }
            let Some(chapter) = self.chapters.pop_front() else { break };
            self.cursor -= 1;
            self.retire(chapter);
        }
        if let Some(front) = self.chapters.front() {
            front.set_released(released.min(front.bounds().next_seq - 1));
        }
        self.marks.retain(|(_, mark)| mark.seq > released);
        self.publish();
    }

    fn retire(&self, chapter: Chapter) {
        chapter.set_released(chapter.bounds().next_seq - 1);
        match (&self.origin, chapter.body) {
            (Origin::Living(shared), Body::Living { segment, .. }) => {
                // No writer may have come by since the successor was prepared: once the link is cut, none could move on.
                if let Some(next) = segment.next.get() {
                    shared.current.exchange(&segment, next);
                }
                segment.next.cut();
                shared.retire(segment);
            }
            (_, Body::Dead(dead)) => {
                if let Some(path) = dead.path {
                    let _ = fs::remove_file(path);
                }
            }
            (Origin::Dead(_), Body::Living { .. }) => {}
        }
    }

    fn publish(&self) {
        if let Origin::Living(shared) = &self.origin {
            shared.released.store(self.ledger.released(), Ordering::Relaxed);
            if let Some(chapter) = self.chapters.get(self.cursor) {
                shared.reading.store(chapter.number, Ordering::Relaxed);
            }
        }
    }
}

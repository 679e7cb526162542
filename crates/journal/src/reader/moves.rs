//! How the reader's position moves: over chapters, over what is lost, and back.

use std::time::Instant;

use super::{Origin, Reader};
use crate::LossReason;
use crate::chapter::{Body, Chapter};
use crate::segment::layout::HEADER_BYTES;
use crate::sync::Ordering;
use crate::walk::{self, Position, Step};

impl Reader {
    /// Takes segments into view that the writers have moved on to. Whoever looks first installs them.
    pub(super) fn extend(&mut self, now: Instant) {
        let Origin::Living(shared) = &self.origin else { return };
        while let Some(Chapter { body: Body::Living { segment, sealed_at }, .. }) =
            self.chapters.back_mut()
        {
            let reserved = segment.reserved();
            if !reserved.sealed {
                break;
            }
            sealed_at.get_or_insert(now);
            let next_seq = segment.first_seq() + reserved.count;
            let ended = shared.final_seq.load(Ordering::Acquire).checked_add(1) == Some(next_seq);
            let Some(next) = segment.next.get().filter(|_| !ended) else { break };
            next.install(next_seq, &shared.refused);
            let chapter = Chapter::living(next);
            self.chapters.push_back(chapter);
        }
    }

    /// Goes to the next chapter, if there is one. What is missing in between was set aside for its header.
    pub(super) fn advance(&mut self) -> bool {
        let Some(next) = self.chapters.get(self.cursor + 1) else { return false };
        let first_seq = next.first_seq;
        if let Some(chapter) = self.chapters.get_mut(self.cursor) {
            chapter.unload();
        }
        if first_seq > self.at.seq {
            self.ledger.lose(self.at.seq, first_seq - 1, LossReason::Corrupt);
        }
        self.cursor += 1;
        self.pass(Position { offset: HEADER_BYTES, seq: first_seq });
        true
    }

    pub(super) fn pass(&mut self, next: Position) {
        self.at = next;
        self.passed = self.passed.max(next.seq - 1);
    }

    pub(super) fn lose(&mut self, next: Position, reason: LossReason) {
        self.ledger.lose(self.at.seq, next.seq - 1, reason);
        self.pass(next);
    }

    pub(super) fn give_up(&mut self) {
        let Some(chapter) = self.chapters.remove(self.cursor) else { return };
        let bounds = chapter.bounds();
        if let Origin::Living(shared) = &self.origin {
            shared.current.sweep();
        }
        let chapter = if chapter.given_up { chapter } else { chapter.give_up() };
        self.chapters.insert(self.cursor, chapter);
        self.lose(Position { offset: bounds.end, seq: bounds.next_seq }, LossReason::Expired);
    }

    pub(super) fn remember(&mut self, (cursor, at): (usize, Position)) {
        if let Some(chapter) = self.chapters.get(cursor) {
            self.marks.retain(|(_, mark)| mark.seq < at.seq && mark.seq > self.ledger.released());
            self.marks.push((chapter.number, at));
        }
    }

    /// Puts the position on `seq`, or on the next frame behind it, walking over what is known already.
    pub(super) fn seek(&mut self, seq: u64) {
        let Some(cursor) = self.chapters.iter().rposition(|chapter| chapter.first_seq <= seq)
        else {
            return;
        };
        if cursor != self.cursor
            && let Some(left) = self.chapters.get_mut(self.cursor)
        {
            left.unload();
        }
        self.cursor = cursor;
        let Some(chapter) = self.chapters.get_mut(cursor) else { return };
        let start = Position { offset: HEADER_BYTES, seq: chapter.first_seq };
        let marks =
            self.marks.iter().filter(|(number, mark)| *number == chapter.number && mark.seq <= seq);
        self.at = marks.map(|(_, mark)| *mark).max_by_key(|mark| mark.seq).unwrap_or(start);
        if chapter.given_up {
            // There are no frames to walk over, and the numbers before `seq` need no mention.
            self.at.seq = seq.clamp(self.at.seq, chapter.bounds().next_seq);
            return;
        }
        if chapter.load().is_err() {
            // `take` tries again.
            return;
        }
        let bounds = chapter.bounds();
        let mut scratch = Vec::new();
        while self.at.seq < seq.min(bounds.next_seq) {
            scratch.clear();
            match walk::step(chapter, chapter.checker, self.at, bounds, false, &mut scratch) {
                Step::Frame(next) | Step::Gap(next, _) => self.at = next,
                Step::Wait => break,
            }
        }
    }
}

//! What the fast path does not see: lists and maps, wrong order, and whatever does not fit.

use super::{Answer, CUT_BYTES, Encoder, MARK_BYTES, Slot, short_key};
use crate::limits::{MAX_DEPTH, MAX_FIELDS};
use crate::text::prefix;
use crate::{reserved, tag};

impl Encoder<'_> {
    #[cold]
    pub(super) fn key_with_care(&mut self, key: &[u8]) {
        self.end_slot();
        let map = self.in_map();
        if self.slot == Slot::Inside && (!map || self.nesting.skipped > 0) {
            return;
        }
        let key = short_key(key);
        let room = if map { !self.is_full() } else { usize::from(self.fields) < MAX_FIELDS };
        if room && self.buf.len() + 4 + key.len() + CUT_BYTES <= self.limit {
            if map {
                self.count_one();
            } else {
                self.fields += 1;
            }
            self.write_str(&key);
            self.slot = Slot::Value;
            return;
        }
        self.slot = Slot::Drop;
        if !map {
            self.missing = true;
        } else if room {
            self.nesting.full |= self.innermost();
            self.count_one();
            self.write_mark();
        }
    }

    #[cold]
    pub(super) fn ask_with_care(&mut self, bytes: usize) -> Answer {
        if self.nesting.skipped > 0 {
            return Answer::Ignore;
        }
        if self.slot == Slot::Record || (self.slot == Slot::Inside && self.in_map()) {
            self.key_with_care(b"");
        }
        match self.slot {
            Slot::Value => return self.ask(bytes),
            Slot::Drop => {
                self.slot = self.rest;
                return Answer::Ignore;
            }
            Slot::Record | Slot::Inside => {}
        }
        if self.is_full() {
            return Answer::Ignore;
        }
        self.count_one();
        if self.buf.len() + bytes <= self.limit {
            return Answer::Write;
        }
        self.nesting.full |= self.innermost();
        Answer::Cut
    }

    pub(super) fn begin(&mut self, tag: u8) -> &mut Self {
        if self.nesting.skipped > 0 || self.slot == Slot::Drop {
            self.nesting.skipped += 1;
        } else if self.nesting.open == MAX_DEPTH {
            self.cut(b"");
            self.nesting.skipped = 1;
        } else {
            match self.ask(5 + MARK_BYTES) {
                Answer::Write => self.open(tag),
                Answer::Cut => {
                    self.write_cut(b"");
                    self.nesting.skipped = 1;
                }
                Answer::Ignore => self.nesting.skipped = 1,
            }
        }
        self.slot = Slot::Inside;
        self
    }

    fn open(&mut self, tag: u8) {
        self.buf.push(tag);
        self.nesting.counts[self.nesting.open] = (self.buf.len() - self.start) as u32;
        self.buf.extend_from_slice(&[0; 4]);
        self.limit -= MARK_BYTES;
        self.nesting.open += 1;
        let bit = self.innermost();
        self.nesting.full &= !bit;
        self.nesting.maps &= !bit;
        self.nesting.maps |= if tag == tag::MAP { bit } else { 0 };
        self.rest = Slot::Inside;
    }

    pub(super) fn end(&mut self) -> &mut Self {
        if self.nesting.skipped > 0 {
            self.nesting.skipped -= 1;
        } else if self.nesting.open > 0 {
            self.end_slot();
            self.nesting.open -= 1;
            self.limit += MARK_BYTES;
            self.rest = if self.nesting.open == 0 { Slot::Record } else { Slot::Inside };
        } else {
            self.end_slot();
        }
        if self.nesting.skipped == 0 {
            self.slot = self.rest;
        }
        self
    }

    #[cold]
    pub(super) fn finish_with_care(&mut self) {
        self.nesting.skipped = 0;
        while self.nesting.open > 0 {
            self.end();
        }
        self.end_slot();
        if self.missing {
            self.missing = false;
            self.fields += 1;
            self.write_mark();
        }
    }

    /// A key that got no value gets null.
    #[inline]
    pub(super) fn end_slot(&mut self) {
        if self.slot == Slot::Value {
            self.buf.push(tag::NULL);
        }
        if self.nesting.skipped == 0 {
            self.slot = self.rest;
        }
    }

    #[cold]
    pub(super) fn write_cut(&mut self, text: &[u8]) {
        let room = self.limit.saturating_sub(self.buf.len() + CUT_BYTES);
        self.buf.push(tag::CUT);
        self.write_str(prefix(text, room));
    }

    fn write_mark(&mut self) {
        self.write_str(reserved::CUT.as_bytes());
        self.write_cut(b"");
    }

    fn in_map(&self) -> bool {
        self.nesting.open > 0 && self.nesting.maps & self.innermost() != 0
    }

    fn is_full(&self) -> bool {
        self.nesting.full & self.innermost() != 0
    }

    /// The bit of the innermost open list or map.
    fn innermost(&self) -> u16 {
        1 << self.nesting.open.saturating_sub(1)
    }

    fn count_one(&mut self) {
        let at = self.start + self.nesting.counts[self.nesting.open.saturating_sub(1)] as usize;
        if let Some(count) = self.buf.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<4>()) {
            *count = (u32::from_le_bytes(*count) + 1).to_le_bytes();
        }
    }
}

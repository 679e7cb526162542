use std::borrow::Cow;

use crate::limits::{
    ELLIPSIS, MAX_DEPTH, MAX_FIELDS, MAX_KEY_BYTES, MAX_MESSAGE_BYTES, MAX_RECORD_BYTES,
};
use crate::text::prefix;
use crate::{Kind, Level, reserved, tag};

/// Bytes of an empty cut: tag and length 0. Every key keeps this much room for its value.
const CUT_BYTES: usize = 5;
/// Bytes of the field `@cut` with an empty cut. The record and every open list or map keep this much room to end in it.
const MARK_BYTES: usize = 4 + reserved::CUT.len() + CUT_BYTES;

/// Writes one body at the end of the caller's `Vec`. Knows the limits: never fails, cuts instead (`spec/record.md`).
///
/// Call [`key`](Encoder::key), then one value, for each field, and [`finish`](Encoder::finish) at the end. A wrong
/// order still gives a well-formed body: a value without a key gets the key "", a key without a value gets null,
/// a key inside a list is ignored, and what is open at the end is closed.
///
/// ```
/// use dlogs_record::{Encoder, Kind, Level, decode};
/// let mut body = Vec::new();
/// let mut encoder = Encoder::new(&mut body, Level::Info, Kind::Log, 0, "Order processed");
/// encoder.key("order_id").i64(98765).key("tags").begin_list().str("a").str("b").end_list();
/// encoder.finish();
/// assert_eq!(decode(&body).unwrap().fields.len(), 2);
/// ```
pub struct Encoder<'b> {
    buf: &'b mut Vec<u8>,
    /// Where the field count stands; `None` for bound fields, which have no head.
    count_at: Option<usize>,
    /// `buf.len()` beyond which nothing but the reserved marks is written.
    limit: usize,
    fields: u16,
    slot: Slot,
    /// Something of the record itself is missing: `finish` adds the mark.
    missing: bool,
    /// Lists and maps that are open, innermost last: where their counts stand.
    counts: [usize; MAX_DEPTH],
    open: usize,
    /// Bit n: open container n is a map.
    maps: u16,
    /// Bit n: open container n got its mark and takes nothing more.
    full: u16,
    /// Lists and maps that were begun inside something that was left out.
    skipped: u32,
}

/// What the next value is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// No key was written: an element of a list, or a mistake.
    Empty,
    /// A key waits for its value.
    Key,
    /// The key was left out, and its value must be too.
    Drop,
}

enum Answer {
    Write,
    Cut,
    Ignore,
}

impl<'b> Encoder<'b> {
    /// Begins a body at the end of `buf`. `time_ns` counts from 1970-01-01 UTC; 0 leaves the stamp to the core.
    #[inline]
    pub fn new(
        buf: &'b mut Vec<u8>,
        level: Level,
        kind: Kind,
        time_ns: i64,
        message: impl AsRef<[u8]>,
    ) -> Encoder<'b> {
        let message = message.as_ref();
        let start = buf.len();
        let long = message.len() > MAX_MESSAGE_BYTES;
        let kept = if long { prefix(message, MAX_MESSAGE_BYTES - ELLIPSIS.len()) } else { message };
        let length = if long { kept.len() + ELLIPSIS.len() } else { kept.len() };
        let mut head = [0; 16];
        head[0] = level as u8;
        head[1] = kind as u8;
        head[4..12].copy_from_slice(&time_ns.to_le_bytes());
        head[12..].copy_from_slice(&(length as u32).to_le_bytes());
        buf.extend_from_slice(&head);
        buf.extend_from_slice(kept);
        if long {
            buf.extend_from_slice(ELLIPSIS.as_bytes());
        }
        Encoder::at(buf, start, Some(start + 2), long)
    }

    /// Begins fields without a head, for a child's bound fields: encoded once, given to [`raw_fields`](Self::raw_fields)
    /// for every record.
    pub fn bound(buf: &'b mut Vec<u8>) -> Encoder<'b> {
        let start = buf.len();
        Encoder::at(buf, start, None, false)
    }

    #[inline]
    fn at(buf: &'b mut Vec<u8>, start: usize, count_at: Option<usize>, missing: bool) -> Self {
        let limit = start + MAX_RECORD_BYTES - MARK_BYTES;
        let counts = [0; MAX_DEPTH];
        let slot = Slot::Empty;
        Encoder {
            buf,
            count_at,
            limit,
            fields: 0,
            slot,
            missing,
            counts,
            open: 0,
            maps: 0,
            full: 0,
            skipped: 0,
        }
    }

    /// Adds fields that were encoded by [`bound`](Self::bound): `count` is what its `finish` returned.
    #[inline]
    pub fn raw_fields(&mut self, count: u16, fields: &[u8]) -> &mut Self {
        self.end_slot();
        let fits = self.buf.len() + fields.len() <= self.limit;
        if self.open == 0 && fits && usize::from(self.fields) + usize::from(count) <= MAX_FIELDS {
            self.buf.extend_from_slice(fields);
            self.fields += count;
        } else {
            self.missing = true;
        }
        self
    }

    /// The key of the next value, in the record or in the open map.
    #[inline]
    pub fn key(&mut self, key: impl AsRef<[u8]>) -> &mut Self {
        let key = key.as_ref();
        let plain = self.open == 0 && self.skipped == 0 && self.slot == Slot::Empty;
        let fits = self.buf.len() + 4 + key.len() + CUT_BYTES <= self.limit;
        if plain && fits && key.len() <= MAX_KEY_BYTES && usize::from(self.fields) < MAX_FIELDS {
            self.fields += 1;
            self.slot = Slot::Key;
            self.write_str(key);
        } else {
            self.key_with_care(key);
        }
        self
    }

    #[cold]
    fn key_with_care(&mut self, key: &[u8]) {
        if self.skipped > 0 {
            return;
        }
        self.end_slot();
        let map = self.open > 0 && self.maps & self.innermost() != 0;
        if self.open > 0 && !map {
            return;
        }
        let key = short_key(key);
        let fits = self.buf.len() + 4 + key.len() + CUT_BYTES <= self.limit;
        let room = if map {
            self.full & self.innermost() == 0
        } else {
            usize::from(self.fields) < MAX_FIELDS
        };
        self.slot = if fits && room { Slot::Key } else { Slot::Drop };
        match (self.slot, map) {
            (Slot::Key, true) => self.count_one(),
            (Slot::Key, false) => self.fields += 1,
            (_, true) if room => {
                self.full |= self.innermost();
                self.count_one();
                self.write_str(reserved::CUT.as_bytes());
                self.write_cut(b"");
            }
            (_, true) => {}
            (_, false) => self.missing = true,
        }
        if self.slot == Slot::Key {
            self.write_str(&key);
        }
    }

    /// Nothing.
    #[inline]
    pub fn null(&mut self) -> &mut Self {
        self.scalar(tag::NULL, [])
    }

    /// True or false.
    #[inline]
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.scalar(if value { tag::TRUE } else { tag::FALSE }, [])
    }

    /// A signed integer.
    #[inline]
    pub fn i64(&mut self, value: i64) -> &mut Self {
        self.scalar(tag::I64, value.to_le_bytes())
    }

    /// An unsigned integer: for numbers beyond `i64::MAX`.
    #[inline]
    pub fn u64(&mut self, value: u64) -> &mut Self {
        self.scalar(tag::U64, value.to_le_bytes())
    }

    /// A float; NaN and the infinities too (JSON shows them as null).
    #[inline]
    pub fn f64(&mut self, value: f64) -> &mut Self {
        self.scalar(tag::F64, value.to_le_bytes())
    }

    /// An instant, nanoseconds since 1970-01-01 UTC.
    #[inline]
    pub fn time_ns(&mut self, value: i64) -> &mut Self {
        self.scalar(tag::TIME_NS, value.to_le_bytes())
    }

    /// A text. Any bytes are taken; whoever decodes repairs what is not UTF-8.
    #[inline]
    pub fn str(&mut self, value: impl AsRef<[u8]>) -> &mut Self {
        self.long(tag::STR, value.as_ref())
    }

    /// A number as text, for big integers and decimals. Not checked here: JSON shows other texts as strings.
    #[inline]
    pub fn decimal(&mut self, value: impl AsRef<[u8]>) -> &mut Self {
        self.long(tag::DECIMAL, value.as_ref())
    }

    /// Bytes that are no text (JSON shows them as base64). What does not fit is left out whole.
    #[inline]
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.long(tag::BYTES, value)
    }

    /// The mark of a value that the host left out or did not finish; `kept` is the beginning of its text, or empty.
    #[inline]
    pub fn cut(&mut self, kept: impl AsRef<[u8]>) -> &mut Self {
        self.long(tag::CUT, kept.as_ref())
    }

    /// Notes that the host left out something of the record itself (the end of its message, whole fields).
    pub fn left_out(&mut self) -> &mut Self {
        self.missing = true;
        self
    }

    /// Begins a list; its elements follow without keys.
    pub fn begin_list(&mut self) -> &mut Self {
        self.begin(tag::LIST)
    }

    /// Ends the innermost list or map.
    pub fn end_list(&mut self) -> &mut Self {
        self.end()
    }

    /// Begins a map; each value in it needs a key.
    pub fn begin_map(&mut self) -> &mut Self {
        self.begin(tag::MAP)
    }

    /// Ends the innermost list or map.
    pub fn end_map(&mut self) -> &mut Self {
        self.end()
    }

    /// Closes what is open, marks what is missing, writes the number of fields and returns it.
    #[inline]
    pub fn finish(mut self) -> u16 {
        self.skipped = 0;
        while self.open > 0 {
            self.end();
        }
        self.end_slot();
        if self.missing {
            self.fields += 1;
            self.write_str(reserved::CUT.as_bytes());
            self.write_cut(b"");
        }
        if let Some(count) =
            self.count_at.and_then(|at| self.buf.get_mut(at..)?.first_chunk_mut::<2>())
        {
            *count = self.fields.to_le_bytes();
        }
        self.fields
    }

    #[inline]
    fn scalar<const N: usize>(&mut self, tag: u8, payload: [u8; N]) -> &mut Self {
        match self.ask(1 + N) {
            Answer::Write => {
                self.buf.push(tag);
                self.buf.extend_from_slice(&payload);
            }
            Answer::Cut => self.write_cut(b""),
            Answer::Ignore => {}
        }
        self
    }

    #[inline]
    fn long(&mut self, tag: u8, payload: &[u8]) -> &mut Self {
        match self.ask(5 + payload.len()) {
            Answer::Write => {
                self.buf.push(tag);
                self.write_str(payload);
            }
            Answer::Cut => self.write_cut(if tag == tag::BYTES { b"" } else { payload }),
            Answer::Ignore => {}
        }
        self
    }

    fn begin(&mut self, tag: u8) -> &mut Self {
        if self.skipped > 0 || self.slot == Slot::Drop {
            self.slot = Slot::Empty;
            self.skipped += 1;
        } else if self.open == MAX_DEPTH {
            self.cut(b"");
            self.skipped = 1;
        } else {
            match self.ask(5 + MARK_BYTES) {
                Answer::Write => {
                    self.buf.push(tag);
                    self.counts[self.open] = self.buf.len();
                    self.buf.extend_from_slice(&[0; 4]);
                    self.limit -= MARK_BYTES;
                    self.open += 1;
                    self.full &= !self.innermost();
                    self.maps &= !self.innermost();
                    self.maps |= if tag == tag::MAP { self.innermost() } else { 0 };
                    return self;
                }
                Answer::Cut => self.write_cut(b""),
                Answer::Ignore => {}
            }
            self.skipped = 1;
        }
        self
    }

    fn end(&mut self) -> &mut Self {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if self.open > 0 {
            self.end_slot();
            self.open -= 1;
            self.limit += MARK_BYTES;
        }
        self
    }

    /// May a value of this many bytes be written here? Settles the key or the element that it is for.
    #[inline]
    fn ask(&mut self, bytes: usize) -> Answer {
        if self.slot != Slot::Key {
            return self.ask_with_care(bytes);
        }
        self.slot = Slot::Empty;
        if self.buf.len() + bytes <= self.limit { Answer::Write } else { Answer::Cut }
    }

    #[cold]
    fn ask_with_care(&mut self, bytes: usize) -> Answer {
        if self.skipped > 0 {
            return Answer::Ignore;
        }
        if self.slot == Slot::Empty && (self.open == 0 || self.maps & self.innermost() != 0) {
            self.key_with_care(b"");
        }
        match self.slot {
            Slot::Key => self.ask(bytes),
            Slot::Drop => {
                self.slot = Slot::Empty;
                Answer::Ignore
            }
            Slot::Empty if self.full & self.innermost() != 0 => Answer::Ignore,
            Slot::Empty => {
                self.count_one();
                if self.buf.len() + bytes <= self.limit {
                    return Answer::Write;
                }
                self.full |= self.innermost();
                Answer::Cut
            }
        }
    }

    /// A key that got no value gets null.
    #[inline]
    fn end_slot(&mut self) {
        if self.slot == Slot::Key {
            self.buf.push(tag::NULL);
        }
        self.slot = Slot::Empty;
    }

    /// The bit of the innermost open list or map.
    fn innermost(&self) -> u16 {
        1 << (self.open.saturating_sub(1))
    }

    fn count_one(&mut self) {
        let at = self.counts[self.open.saturating_sub(1)];
        if let Some(count) = self.buf.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<4>()) {
            *count = (u32::from_le_bytes(*count) + 1).to_le_bytes();
        }
    }

    #[inline]
    fn write_str(&mut self, bytes: &[u8]) {
        self.buf.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.buf.extend_from_slice(bytes);
    }

    #[cold]
    fn write_cut(&mut self, text: &[u8]) {
        let room = self.limit.saturating_sub(self.buf.len() + CUT_BYTES);
        let kept = prefix(text, room);
        self.buf.push(tag::CUT);
        self.write_str(kept);
    }
}

/// A key as it is written: a longer one than [`MAX_KEY_BYTES`] is cut and ends in "…".
pub(crate) fn short_key(key: &[u8]) -> Cow<'_, [u8]> {
    if key.len() <= MAX_KEY_BYTES {
        return Cow::Borrowed(key);
    }
    let kept = prefix(key, MAX_KEY_BYTES - ELLIPSIS.len());
    Cow::Owned([kept, ELLIPSIS.as_bytes()].concat())
}

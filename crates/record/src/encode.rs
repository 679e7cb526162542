//! Fields into bytes, in the caller's buffer: the fast path here, the careful one in `care`. Never fails, cuts instead.

use std::borrow::Cow;

use crate::limits::{
    ELLIPSIS, MAX_DEPTH, MAX_FIELDS, MAX_KEY_BYTES, MAX_MESSAGE_BYTES, MAX_RECORD_BYTES,
};
use crate::text::prefix;
use crate::{Kind, Level, reserved, tag};

mod care;

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
    /// `buf.len()` beyond which nothing but the reserved marks is written.
    limit: usize,
    fields: u16,
    slot: Slot,
    /// What `slot` becomes when a value was written: `Record`, or `Inside` where a list or map is open.
    rest: Slot,
    /// Something of the record itself is missing: `finish` adds the mark.
    missing: bool,
    /// Bound fields have no head, and so no place for their count.
    bound: bool,
    start: usize,
    nesting: Nesting,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// A field of the record.
    Record,
    /// The value of the key that was just written.
    Value,
    /// An element of the open list, a key of the open map, or anything that is skipped.
    Inside,
    /// A value that is left out, because its key was.
    Drop,
}

/// The lists and maps that are open, innermost last.
#[derive(Default)]
struct Nesting {
    open: usize,
    /// Where their counts stand, counted from the body's start.
    counts: [u32; MAX_DEPTH],
    /// Bit n: container n is a map.
    maps: u16,
    /// Bit n: container n got its mark and takes nothing more.
    full: u16,
    /// Lists and maps that were begun inside something that was left out.
    skipped: u32,
}

/// What becomes of a value.
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
        let missing = message.len() > MAX_MESSAGE_BYTES;
        let mut head = [0; 16];
        head[0] = level as u8;
        head[1] = kind as u8;
        head[4..12].copy_from_slice(&time_ns.to_le_bytes());
        if missing {
            let kept = prefix(message, MAX_MESSAGE_BYTES - ELLIPSIS.len());
            head[12..].copy_from_slice(&((kept.len() + ELLIPSIS.len()) as u32).to_le_bytes());
            buf.extend_from_slice(&head);
            buf.extend_from_slice(kept);
            buf.extend_from_slice(ELLIPSIS.as_bytes());
        } else {
            head[12..].copy_from_slice(&(message.len() as u32).to_le_bytes());
            buf.extend_from_slice(&head);
            buf.extend_from_slice(message);
        }
        Encoder::at(buf, start, false, missing)
    }

    /// Begins fields without a head, for a child's bound fields: encoded once, given to [`raw_fields`](Self::raw_fields)
    /// for every record.
    pub fn bound(buf: &'b mut Vec<u8>) -> Encoder<'b> {
        let start = buf.len();
        Encoder::at(buf, start, true, false)
    }

    #[inline]
    fn at(buf: &'b mut Vec<u8>, start: usize, bound: bool, missing: bool) -> Encoder<'b> {
        let limit = start + MAX_RECORD_BYTES - MARK_BYTES;
        let (slot, rest, nesting) = (Slot::Record, Slot::Record, Nesting::default());
        Encoder { buf, limit, fields: 0, slot, rest, missing, bound, start, nesting }
    }

    /// Adds fields that were encoded by [`bound`](Self::bound): `count` is what its `finish` returned.
    #[inline]
    pub fn raw_fields(&mut self, count: u16, fields: &[u8]) -> &mut Self {
        self.end_slot();
        let fits = self.buf.len() + fields.len() <= self.limit;
        let counted = usize::from(self.fields) + usize::from(count) <= MAX_FIELDS;
        if self.slot == Slot::Record && fits && counted {
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
        let fits = self.buf.len() + 4 + key.len() + CUT_BYTES <= self.limit;
        let counted = usize::from(self.fields) < MAX_FIELDS && key.len() <= MAX_KEY_BYTES;
        if self.slot == Slot::Record && fits && counted {
            self.fields += 1;
            self.slot = Slot::Value;
            self.write_str(key);
        } else {
            self.key_with_care(key);
        }
        self
    }

    /// Nothing.
    #[inline]
    pub fn null(&mut self) -> &mut Self {
        self.scalar([tag::NULL])
    }

    /// True or false.
    #[inline]
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.scalar([if value { tag::TRUE } else { tag::FALSE }])
    }

    /// A signed integer.
    #[inline]
    pub fn i64(&mut self, value: i64) -> &mut Self {
        self.word(tag::I64, value.to_le_bytes())
    }

    /// An unsigned integer: for numbers beyond `i64::MAX`.
    #[inline]
    pub fn u64(&mut self, value: u64) -> &mut Self {
        self.word(tag::U64, value.to_le_bytes())
    }

    /// A float; NaN and the infinities too (JSON shows them as null).
    #[inline]
    pub fn f64(&mut self, value: f64) -> &mut Self {
        self.word(tag::F64, value.to_le_bytes())
    }

    /// An instant, nanoseconds since 1970-01-01 UTC.
    #[inline]
    pub fn time_ns(&mut self, value: i64) -> &mut Self {
        self.word(tag::TIME_NS, value.to_le_bytes())
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
    pub fn finish(&mut self) -> u16 {
        if self.slot != Slot::Record || self.missing {
            self.finish_with_care();
        }
        if !self.bound
            && let Some(count) = self.buf.get_mut(self.start + 2..self.start + 4)
        {
            count.copy_from_slice(&self.fields.to_le_bytes());
        }
        self.fields
    }

    #[inline]
    fn scalar<const N: usize>(&mut self, value: [u8; N]) -> &mut Self {
        match self.ask(N) {
            Answer::Write => self.buf.extend_from_slice(&value),
            Answer::Cut => self.write_cut(b""),
            Answer::Ignore => {}
        }
        self
    }

    #[inline]
    fn word(&mut self, tag: u8, payload: [u8; 8]) -> &mut Self {
        let [a, b, c, d, e, f, g, h] = payload;
        self.scalar([tag, a, b, c, d, e, f, g, h])
    }

    #[inline]
    fn long(&mut self, tag: u8, payload: &[u8]) -> &mut Self {
        match self.ask(5 + payload.len()) {
            Answer::Write => {
                let [a, b, c, d] = (payload.len() as u32).to_le_bytes();
                self.buf.extend_from_slice(&[tag, a, b, c, d]);
                self.buf.extend_from_slice(payload);
            }
            Answer::Cut => self.write_cut(if tag == tag::BYTES { b"" } else { payload }),
            Answer::Ignore => {}
        }
        self
    }

    /// May a value of this many bytes be written here? Settles the key or the element that it is for.
    #[inline]
    fn ask(&mut self, bytes: usize) -> Answer {
        if self.slot != Slot::Value {
            return self.ask_with_care(bytes);
        }
        self.slot = self.rest;
        if self.buf.len() + bytes <= self.limit { Answer::Write } else { Answer::Cut }
    }

    #[inline]
    fn write_str(&mut self, bytes: &[u8]) {
        self.buf.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.buf.extend_from_slice(bytes);
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

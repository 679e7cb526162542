use crate::limits::HEAD_BYTES;
use crate::walk::walk;
use crate::{Head, Malformed, Redact, Text, tag};

/// A well-formed body, read in place: nothing is copied, nothing is repaired, nothing is allocated.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    head: Head,
    message: Text<'a>,
    fields: &'a [u8],
}

/// A value, read in place.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the tags of spec/record.md, and `Value` says what each means")]
pub enum ValueRef<'a> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    Str(Text<'a>),
    List(Items<'a>),
    Map(Fields<'a>),
    Bytes(&'a [u8]),
    TimeNs(i64),
    Decimal(Text<'a>),
    Cut(Text<'a>),
}

/// Keys and values in the order in which they were written; a repeated key comes repeatedly.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    cursor: Cursor<'a>,
    left: u32,
}

/// The elements of a list.
#[derive(Clone, Copy, Debug)]
pub struct Items<'a> {
    cursor: Cursor<'a>,
    left: u32,
}

impl<'a> View<'a> {
    /// Walks the body once to see that it is well-formed (linear, no allocation).
    ///
    /// # Errors
    /// [`Malformed`] if the bytes are no body.
    pub fn parse(body: &'a [u8]) -> Result<View<'a>, Malformed> {
        Ok(View::of_walked(body, walk(body, &Redact::NOTHING)?.head))
    }

    /// A view of a body that was found well-formed before: nothing but its head is checked again. `None` if it has
    /// none. Of bytes that are no body the view shows arbitrary fields; nothing worse happens.
    #[inline]
    pub fn of_known(body: &'a [u8]) -> Option<View<'a>> {
        Some(View::of_walked(body, crate::head(body)?))
    }

    /// A view of a body that `walk` found well-formed.
    #[inline]
    pub(crate) fn of_walked(body: &'a [u8], head: Head) -> View<'a> {
        let mut cursor = Cursor { rest: body.get(HEAD_BYTES..).unwrap_or_default() };
        let message = Text(cursor.long().unwrap_or_default());
        View { head, message, fields: cursor.rest }
    }

    /// Level, kind, field count, time.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The message, or the name of a custom event.
    pub fn message(&self) -> Text<'a> {
        self.message
    }

    /// The fields, reserved keys included.
    pub fn fields(&self) -> Fields<'a> {
        Fields { cursor: Cursor { rest: self.fields }, left: self.head.field_count.into() }
    }

    /// The value of this top-level key; of a repeated key the last. Other values are stepped over, not read.
    pub fn get(&self, key: &str) -> Option<ValueRef<'a>> {
        let mut cursor = Cursor { rest: self.fields };
        let mut found = None;
        for _ in 0..self.head.field_count {
            let name = cursor.long()?;
            if name == key.as_bytes() {
                found = Some(cursor);
            }
            cursor.skip_value()?;
        }
        found?.value()
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (Text<'a>, ValueRef<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        Some((Text(self.cursor.long()?), self.cursor.value()?))
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = ValueRef<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        self.cursor.value()
    }
}

/// A place in a well-formed body. What `None` would mean cannot happen there; it ends the iteration all the same.
#[derive(Clone, Copy, Debug)]
struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    #[inline]
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*bytes)
    }

    #[inline]
    fn long(&mut self) -> Option<&'a [u8]> {
        let length = u32::from_le_bytes(self.array()?) as usize;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    #[inline]
    fn value(&mut self) -> Option<ValueRef<'a>> {
        let [tag] = self.array()?;
        Some(match tag {
            tag::NULL => ValueRef::Null,
            tag::FALSE => ValueRef::Bool(false),
            tag::TRUE => ValueRef::Bool(true),
            tag::I64 => ValueRef::I64(i64::from_le_bytes(self.array()?)),
            tag::U64 => ValueRef::U64(u64::from_le_bytes(self.array()?)),
            tag::F64 => ValueRef::F64(f64::from_le_bytes(self.array()?)),
            tag::STR => ValueRef::Str(Text(self.long()?)),
            tag::BYTES => ValueRef::Bytes(self.long()?),
            tag::TIME_NS => ValueRef::TimeNs(i64::from_le_bytes(self.array()?)),
            tag::DECIMAL => ValueRef::Decimal(Text(self.long()?)),
            tag::CUT => ValueRef::Cut(Text(self.long()?)),
            tag::LIST => {
                let left = u32::from_le_bytes(self.array()?);
                let items = Items { cursor: *self, left };
                self.skip_items(left)?;
                ValueRef::List(items)
            }
            tag::MAP => {
                let left = u32::from_le_bytes(self.array()?);
                let fields = Fields { cursor: *self, left };
                self.skip_fields(left)?;
                ValueRef::Map(fields)
            }
            _ => return None,
        })
    }

    // Skipping what was just handed out costs one more pass per level, and levels are bounded.
    fn skip_items(&mut self, count: u32) -> Option<()> {
        (0..count).try_for_each(|_| self.skip_value())
    }

    fn skip_fields(&mut self, count: u32) -> Option<()> {
        (0..count).try_for_each(|_| {
            self.long()?;
            self.skip_value()
        })
    }

    fn skip_value(&mut self) -> Option<()> {
        let [tag] = self.array()?;
        match tag {
            tag::NULL | tag::FALSE | tag::TRUE => {}
            tag::I64 | tag::U64 | tag::F64 | tag::TIME_NS => {
                self.array::<8>()?;
            }
            tag::LIST => {
                let count = u32::from_le_bytes(self.array()?);
                self.skip_items(count)?;
            }
            tag::MAP => {
                let count = u32::from_le_bytes(self.array()?);
                self.skip_fields(count)?;
            }
            _ => {
                self.long()?;
            }
        }
        Some(())
    }
}

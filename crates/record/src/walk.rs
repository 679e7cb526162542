//! The one walk over a body that nobody vouches for: is it well-formed, and does it keep to the limits?

use crate::limits::{
    MAX_DEPTH, MAX_FIELDS, MAX_FOREIGN_DEPTH, MAX_KEY_BYTES, MAX_MESSAGE_BYTES, MAX_RECORD_BYTES,
    REDACTED,
};
use crate::{Fault, Head, Kind, Level, Malformed, Redact, reserved, tag};

/// What the walk found in a well-formed body.
pub(crate) struct Found {
    pub(crate) head: Head,
    /// A limit is exceeded or a secret is in it: it must be written anew.
    pub(crate) rewrite: bool,
}

/// Reads every byte's meaning once; lengths are compared with what is left before they are believed.
pub(crate) fn walk(body: &[u8], redact: &Redact) -> Result<Found, Malformed> {
    let mut walker = Walker { body, at: 0, redact, rewrite: body.len() > MAX_RECORD_BYTES };
    let head = walker.head()?;
    let message = walker.str()?;
    walker.rewrite |= message.len() > MAX_MESSAGE_BYTES;
    let mut counted = 0;
    for _ in 0..head.field_count {
        let key = walker.entry(0)?;
        counted += usize::from(key != reserved::CUT.as_bytes());
    }
    walker.rewrite |= counted > MAX_FIELDS;
    if walker.at < body.len() {
        return Err(walker.fault(Fault::Trailing));
    }
    Ok(Found { head, rewrite: walker.rewrite })
}

struct Walker<'b> {
    body: &'b [u8],
    at: usize,
    redact: &'b Redact,
    rewrite: bool,
}

impl<'b> Walker<'b> {
    fn head(&mut self) -> Result<Head, Malformed> {
        let level = self.byte()?;
        let level = Level::from_u8(level).ok_or(Malformed { fault: Fault::Level, at: 0 })?;
        let kind = Kind::from_u8(self.byte()?).ok_or(Malformed { fault: Fault::Kind, at: 1 })?;
        let field_count = u16::from_le_bytes(self.array()?);
        let time_ns = i64::from_le_bytes(self.array()?);
        Ok(Head { level, kind, field_count, time_ns })
    }

    /// A key and its value, inside `depth` lists and maps.
    fn entry(&mut self, depth: usize) -> Result<&'b [u8], Malformed> {
        let key = self.str()?;
        self.rewrite |= key.len() > MAX_KEY_BYTES;
        let from = self.at;
        self.value(depth)?;
        if self.redact.matches(key) {
            self.rewrite |= !is_redacted(self.body.get(from..self.at).unwrap_or_default());
        }
        Ok(key)
    }

    fn value(&mut self, depth: usize) -> Result<(), Malformed> {
        match self.byte()? {
            tag::NULL | tag::FALSE | tag::TRUE => {}
            tag::I64 | tag::U64 | tag::F64 | tag::TIME_NS => {
                self.array::<8>()?;
            }
            tag::STR | tag::BYTES | tag::DECIMAL | tag::CUT => {
                self.str()?;
            }
            container @ (tag::LIST | tag::MAP) => {
                if depth == MAX_FOREIGN_DEPTH {
                    return Err(self.fault(Fault::TooDeep));
                }
                self.rewrite |= depth >= MAX_DEPTH;
                for _ in 0..u32::from_le_bytes(self.array()?) {
                    if container == tag::MAP {
                        self.entry(depth + 1)?;
                    } else {
                        self.value(depth + 1)?;
                    }
                }
            }
            _ => {
                self.at -= 1;
                return Err(self.fault(Fault::Tag));
            }
        }
        Ok(())
    }

    #[inline]
    fn str(&mut self) -> Result<&'b [u8], Malformed> {
        let length = u32::from_le_bytes(self.array()?) as usize;
        let (text, _) = self.rest().split_at_checked(length).ok_or(self.fault(Fault::Truncated))?;
        self.at += length;
        Ok(text)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let bytes = *self.rest().first_chunk::<N>().ok_or(self.fault(Fault::Truncated))?;
        self.at += N;
        Ok(bytes)
    }

    #[inline]
    fn byte(&mut self) -> Result<u8, Malformed> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    #[inline]
    fn rest(&self) -> &'b [u8] {
        self.body.get(self.at..).unwrap_or_default()
    }

    fn fault(&self, fault: Fault) -> Malformed {
        Malformed { fault, at: self.at }
    }
}

fn is_redacted(value: &[u8]) -> bool {
    value.strip_prefix(&[tag::STR, REDACTED.len() as u8, 0, 0, 0]) == Some(REDACTED.as_bytes())
}

//! The one walk over a body that nobody vouches for: is it well-formed, and does it keep to the limits?

use crate::glance::glance;
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

/// Settles most bodies at a glance, and walks through the others.
#[inline]
pub(crate) fn walk(body: &[u8], redact: &Redact) -> Result<Found, Malformed> {
    match glance(body, redact) {
        Some(head) => Ok(Found { head, rewrite: false }),
        None => step_by_step(body, redact),
    }
}

/// Reads every byte's meaning once; lengths are compared with what is left before they are believed.
#[inline(never)]
pub(crate) fn step_by_step(body: &[u8], redact: &Redact) -> Result<Found, Malformed> {
    let rewrite = body.len() > MAX_RECORD_BYTES;
    let mut walker = Walker { rest: body, fault: Fault::Truncated, redact, rewrite };
    match walker.body() {
        Some(head) => Ok(Found { head, rewrite: walker.rewrite }),
        None => Err(Malformed { fault: walker.fault, at: body.len() - walker.rest.len() }),
    }
}

/// `None` everywhere means: here is the fault. It is `Truncated` unless somebody says otherwise.
struct Walker<'b> {
    rest: &'b [u8],
    fault: Fault,
    redact: &'b Redact,
    rewrite: bool,
}

impl<'b> Walker<'b> {
    fn body(&mut self) -> Option<Head> {
        let level = self.byte_of(Fault::Level, Level::from_u8)?;
        let kind = self.byte_of(Fault::Kind, Kind::from_u8)?;
        let field_count = u16::from_le_bytes(self.array()?);
        let time_ns = i64::from_le_bytes(self.array()?);
        self.rewrite |= self.str()?.len() > MAX_MESSAGE_BYTES;
        let mut counted = 0;
        for _ in 0..field_count {
            counted += usize::from(self.entry(0)? != reserved::CUT.as_bytes());
        }
        self.rewrite |= counted > MAX_FIELDS;
        if !self.rest.is_empty() {
            return self.fault(Fault::Trailing);
        }
        Some(Head { level, kind, field_count, time_ns })
    }

    /// A key and its value, inside `depth` lists and maps.
    #[inline]
    fn entry(&mut self, depth: usize) -> Option<&'b [u8]> {
        let key = self.str()?;
        self.rewrite |= key.len() > MAX_KEY_BYTES;
        let value = self.rest;
        self.value(depth)?;
        if self.redact.matches(key) {
            let length = value.len() - self.rest.len();
            self.rewrite |= !is_redacted(value.get(..length).unwrap_or_default());
        }
        Some(key)
    }

    #[inline]
    fn value(&mut self, depth: usize) -> Option<()> {
        match *self.rest.first()? {
            tag::NULL | tag::FALSE | tag::TRUE => self.skip(1),
            tag::I64 | tag::U64 | tag::F64 | tag::TIME_NS => self.skip(9),
            tag::STR | tag::BYTES | tag::DECIMAL | tag::CUT => {
                self.skip(1)?;
                self.str()?;
                Some(())
            }
            tag::LIST | tag::MAP => self.container(depth),
            _ => self.fault(Fault::Tag),
        }
    }

    fn container(&mut self, depth: usize) -> Option<()> {
        if depth == MAX_FOREIGN_DEPTH {
            return self.fault(Fault::TooDeep);
        }
        self.rewrite |= depth >= MAX_DEPTH;
        let [container] = self.array()?;
        for _ in 0..u32::from_le_bytes(self.array()?) {
            if container == tag::MAP {
                self.entry(depth + 1)?;
            } else {
                self.value(depth + 1)?;
            }
        }
        Some(())
    }

    #[inline]
    fn str(&mut self) -> Option<&'b [u8]> {
        let (length, rest) = self.rest.split_first_chunk()?;
        let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        self.rest = rest;
        Some(text)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*bytes)
    }

    #[inline]
    fn skip(&mut self, bytes: usize) -> Option<()> {
        self.rest = self.rest.get(bytes..)?;
        Some(())
    }

    fn byte_of<T>(&mut self, fault: Fault, read: fn(u8) -> Option<T>) -> Option<T> {
        let Some(value) = read(*self.rest.first()?) else { return self.fault(fault) };
        self.skip(1)?;
        Some(value)
    }

    #[cold]
    fn fault<T>(&mut self, fault: Fault) -> Option<T> {
        self.fault = fault;
        None
    }
}

fn is_redacted(value: &[u8]) -> bool {
    value.strip_prefix(&[tag::STR, REDACTED.len() as u8, 0, 0, 0]) == Some(REDACTED.as_bytes())
}

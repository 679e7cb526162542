//! The quick look that settles nearly every body: flat, within the limits, without a secret. It never refuses and never cuts:
//! what it does not know, the walk looks at step by step.

use crate::limits::{HEAD_BYTES, MAX_FIELDS, MAX_KEY_BYTES, MAX_MESSAGE_BYTES, MAX_RECORD_BYTES};
use crate::{Head, Redact, head, tag};

/// The head of a body that is well-formed and needs no change; `None` says nothing about it.
#[inline]
pub(crate) fn glance(body: &[u8], redact: &Redact) -> Option<Head> {
    let head = head(body)?;
    let (message, mut rest) = text(body.get(HEAD_BYTES..)?)?;
    if body.len() > MAX_RECORD_BYTES
        || message.len() > MAX_MESSAGE_BYTES
        || usize::from(head.field_count) > MAX_FIELDS
    {
        return None;
    }
    for _ in 0..head.field_count {
        let (key, value) = text(rest)?;
        if key.len() > MAX_KEY_BYTES || redact.matches(key) {
            return None;
        }
        let (tag, payload) = value.split_first()?;
        rest = match *tag {
            tag::NULL | tag::FALSE | tag::TRUE => payload,
            tag::I64 | tag::U64 | tag::F64 | tag::TIME_NS => payload.get(8..)?,
            tag::STR | tag::BYTES | tag::DECIMAL | tag::CUT => text(payload)?.1,
            _ => return None,
        };
    }
    rest.is_empty().then_some(head)
}

/// A text with its length in front, and what is behind it.
#[inline]
fn text(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}

#[cfg(test)]
mod tests;

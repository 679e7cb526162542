//! The quick look that settles nearly every body: flat, within the limits, without a secret. It never refuses and never cuts:
//! what it does not know, the walk looks at step by step.

use crate::limits::{HEAD_BYTES, MAX_FIELDS, MAX_KEY_BYTES, MAX_MESSAGE_BYTES, MAX_RECORD_BYTES};
use crate::{Head, Redact, head, tag};

/// Bytes of a length, which stands in front of a text.
const LENGTH_BYTES: usize = 4;

/// The head of a body that is well-formed and needs no change; `None` says nothing about it.
///
/// Offsets cannot overflow: they grow by lengths of at most the body's, which is within the limit, plus a few bytes.
#[inline]
pub(crate) fn glance(body: &[u8], redact: &Redact) -> Option<Head> {
    let head = head(body)?;
    if body.len() > MAX_RECORD_BYTES || usize::from(head.field_count) > MAX_FIELDS {
        return None;
    }
    let message = length(body, HEAD_BYTES)?;
    if message > MAX_MESSAGE_BYTES {
        return None;
    }
    let mut at = HEAD_BYTES + LENGTH_BYTES + message;
    for _ in 0..head.field_count {
        let key = length(body, at)?;
        if key > MAX_KEY_BYTES || redact.may_match(key) {
            return None;
        }
        at += LENGTH_BYTES + key;
        at += match *body.get(at)? {
            tag::NULL | tag::FALSE | tag::TRUE => 1,
            tag::I64 | tag::U64 | tag::F64 | tag::TIME_NS => 9,
            tag::STR | tag::BYTES | tag::DECIMAL | tag::CUT => {
                1 + LENGTH_BYTES + length(body, at + 1)?
            }
            _ => return None,
        };
    }
    (at == body.len()).then_some(head)
}

/// The length of a text that begins at `at` and may lie in this body.
#[inline]
fn length(body: &[u8], at: usize) -> Option<usize> {
    let bytes = body.get(at..)?.first_chunk()?;
    let length = u32::from_le_bytes(*bytes) as usize;
    (length <= body.len()).then_some(length)
}

#[cfg(test)]
mod tests;

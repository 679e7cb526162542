use crate::limits::REDACTED;
use crate::view::{Items, ValueRef, View};
use crate::walk::walk;
use crate::{Encoder, Head, Malformed, Redact, reserved};

/// A body that keeps to the limits and holds no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked<'a> {
    /// The bytes to journal: the caller's own, or the scratch's if something was cut or redacted.
    pub body: &'a [u8],
    /// Level, kind, field count and time of `body`.
    pub head: Head,
    /// True if something was cut or redacted.
    pub rewritten: bool,
}

/// Checks a foreign encoder's body before the append: structure, limits, secrets.
///
/// One walk; only a body that exceeds a limit or holds a secret is written anew, into `scratch` (cleared first).
/// `check(check(x)) == check(x)`. Texts are not validated: whoever decodes repairs them.
///
/// # Errors
/// [`Malformed`] if the bytes are no body; the caller refuses the record and counts it.
pub fn check<'a>(
    body: &'a [u8],
    redact: &Redact,
    scratch: &'a mut Vec<u8>,
) -> Result<Checked<'a>, Malformed> {
    let found = walk(body, redact)?;
    if !found.rewrite {
        return Ok(Checked { body, head: found.head, rewritten: false });
    }
    scratch.clear();
    let field_count = rewrite(View::of_walked(body, found.head), redact, scratch);
    Ok(Checked { body: scratch, head: Head { field_count, ..found.head }, rewritten: true })
}

fn rewrite(view: View<'_>, redact: &Redact, out: &mut Vec<u8>) -> u16 {
    let Head { level, kind, time_ns, .. } = view.head();
    let mut encoder = Encoder::new(out, level, kind, time_ns, view.message().bytes());
    for (key, value) in view.fields() {
        if key.bytes() == reserved::CUT.as_bytes() {
            encoder.left_out();
        } else {
            write_entry(&mut encoder, key.bytes(), value, redact, 0);
        }
    }
    encoder.finish()
}

fn write_entry(
    encoder: &mut Encoder<'_>,
    key: &[u8],
    value: ValueRef<'_>,
    redact: &Redact,
    depth: usize,
) {
    encoder.key(key);
    if redact.matches(&crate::encode::short_key(key)) {
        encoder.str(REDACTED);
    } else {
        write_value(encoder, value, redact, depth);
    }
}

fn write_value(encoder: &mut Encoder<'_>, value: ValueRef<'_>, redact: &Redact, depth: usize) {
    match value {
        ValueRef::Null => encoder.null(),
        ValueRef::Bool(value) => encoder.bool(value),
        ValueRef::I64(value) => encoder.i64(value),
        ValueRef::U64(value) => encoder.u64(value),
        ValueRef::F64(value) => encoder.f64(value),
        ValueRef::Str(value) => encoder.str(value.bytes()),
        ValueRef::Bytes(value) => encoder.bytes(value),
        ValueRef::TimeNs(value) => encoder.time_ns(value),
        ValueRef::Decimal(value) => encoder.decimal(value.bytes()),
        ValueRef::Cut(kept) => encoder.cut(kept.bytes()),
        ValueRef::List(items) => write_list(encoder, items, redact, depth),
        ValueRef::Map(fields) => {
            encoder.begin_map();
            if depth < crate::limits::MAX_DEPTH {
                for (key, value) in fields {
                    write_entry(encoder, key.bytes(), value, redact, depth + 1);
                }
            }
            encoder.end_map()
        }
    };
}

fn write_list<'e, 'b>(
    encoder: &'e mut Encoder<'b>,
    items: Items<'_>,
    redact: &Redact,
    depth: usize,
) -> &'e mut Encoder<'b> {
    encoder.begin_list();
    if depth < crate::limits::MAX_DEPTH {
        for value in items {
            write_value(encoder, value, redact, depth + 1);
        }
    }
    encoder.end_list()
}

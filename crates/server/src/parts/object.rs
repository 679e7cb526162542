//! The JSON object of a row's metadata, written where it will rest.

use dlogs_record::{ValueRef, json};

use super::bloom::Tokens;
use super::eights::{HIGH, all, at_least};
use super::values::Texts;

/// An object in the making; without entries there is none.
pub(super) struct Object<'a> {
    texts: &'a mut Texts,
    row: usize,
    begun: bool,
}

impl<'a> Object<'a> {
    /// For this row.
    pub(super) fn new(texts: &'a mut Texts, row: usize) -> Self {
        Self { texts, row, begun: false }
    }

    /// Adds a field, whose key comes as JSON with its colon. Tells the words of its value where JSON hides them.
    pub(super) fn add(&mut self, key: &[u8], value: ValueRef<'_>, tokens: &mut Tokens) {
        let out = self.begin(key);
        match value {
            ValueRef::Str(text) if is_plain(text.bytes()) => {
                out.push(b'"');
                out.extend_from_slice(text.bytes());
                out.push(b'"');
            }
            ValueRef::Str(text) => {
                write(out, &*text.repair());
                tokens.read(text.bytes());
            }
            _ => {
                write(out, &json::Json(value));
                if !is_scalar(value) {
                    tokens.read_value(value);
                }
            }
        }
    }

    /// Adds a field that is JSON already, its key with its colon.
    pub(super) fn add_json(&mut self, [key, value]: &[Vec<u8>; 2]) {
        self.begin(key).extend_from_slice(value);
    }

    /// Ends the object, if there is one.
    pub(super) fn end(self) {
        if self.begun {
            self.texts.open().push(b'}');
        }
    }

    /// What a value may be appended to.
    fn begin(&mut self, key: &[u8]) -> &mut Vec<u8> {
        let first = !std::mem::replace(&mut self.begun, true);
        let out = if first { self.texts.begin(self.row) } else { self.texts.open() };
        out.push(if first { b'{' } else { b',' });
        out.extend_from_slice(key);
        out
    }
}

/// A key as JSON, with its colon.
pub(super) fn key_json(key: &str) -> String {
    serde_json::Value::from(key).to_string() + ":"
}

/// Whether the value's text is its JSON.
fn is_scalar(value: ValueRef<'_>) -> bool {
    !matches!(value, ValueRef::Decimal(_) | ValueRef::Cut(_) | ValueRef::List(_) | ValueRef::Map(_))
}

/// Whether JSON writes the text as it is: visible ASCII without quotes and backslashes. Eight bytes at a time.
fn is_plain(text: &[u8]) -> bool {
    let plain = |eight: u64| {
        let low = eight & !HIGH;
        let visible = at_least(low, 0x20) & !at_least(low, 0x7f);
        let other = at_least(low ^ all(b'"'), 1) & at_least(low ^ all(b'\\'), 1);
        visible & other & !eight & HIGH == HIGH
    };
    let (eights, rest) = text.as_chunks();
    let rest = rest.iter().fold(all(b' '), |eight, byte| eight << 8 | u64::from(*byte));
    plain(rest) && eights.iter().all(|eight| plain(u64::from_le_bytes(*eight)))
}

/// Writing to memory cannot fail, and every value has a JSON.
fn write(out: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) {
    let _ = serde_json::to_writer(out, value);
}

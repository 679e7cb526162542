//! The JSON object of a row's metadata, written where it will rest. Tells the words of its values on the way.

use dlogs_record::{Text, ValueRef, json};

use super::bloom::Tokens;
use super::values::Texts;
use crate::query::text::any_text;

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

    /// Adds a field and tells its words.
    pub(super) fn add(&mut self, key: Text<'_>, value: ValueRef<'_>, tokens: &mut Tokens) {
        let out = self.next();
        write_text(out, key);
        out.push(b':');
        if let ValueRef::Str(text) = value {
            write_text(out, text);
            tokens.read(text.bytes());
            return;
        }
        let start = out.len();
        write(out, &json::Json(value));
        match value {
            ValueRef::Decimal(_) | ValueRef::Cut(_) | ValueRef::List(_) | ValueRef::Map(_) => {
                any_text(value, &mut |text| tokens.read(text));
            }
            // The text of anything else is its JSON.
            _ => _ = tokens.read(&out[start..]),
        }
    }

    /// Adds a key and its value as JSON.
    pub(super) fn add_json(&mut self, entry: &[u8]) {
        self.next().extend_from_slice(entry);
    }

    /// Ends the object, if there is one.
    pub(super) fn end(self) {
        if self.begun {
            self.texts.open().push(b'}');
            self.texts.end();
        }
    }

    fn next(&mut self) -> &mut Vec<u8> {
        let first = !std::mem::replace(&mut self.begun, true);
        let out = if first { self.texts.begin(self.row) } else { self.texts.open() };
        out.push(if first { b'{' } else { b',' });
        out
    }
}

/// Most texts are written as they are.
fn write_text(out: &mut Vec<u8>, text: Text<'_>) {
    let bytes = text.bytes();
    let plain = |byte: u8| (0x20..0x7f).contains(&byte) && byte != b'"' && byte != b'\\';
    if bytes.iter().fold(true, |all, byte| all & plain(*byte)) {
        out.push(b'"');
        out.extend_from_slice(bytes);
        out.push(b'"');
    } else {
        write(out, &*text.repair());
    }
}

/// Writing to memory cannot fail, and every value has a JSON.
fn write(out: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) {
    let _ = serde_json::to_writer(out, value);
}

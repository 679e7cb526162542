//! Python values into a record's fields. Exact built-in types are read here; everything else goes to `foreign`.

use dlogs_record::Encoder;
use dlogs_record::limits::{MAX_DEPTH, MAX_RECORD_BYTES};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};

use crate::foreign;
use crate::text::{short_bytes, with_bytes};

/// Walks values into an [`Encoder`]. Never fails: what cannot be read is cut visibly.
pub(crate) struct Walker<'b> {
    pub(crate) encoder: Encoder<'b>,
    /// At least as many bytes as were offered to the encoder. Past the record's limit nothing more is read.
    spent: usize,
    /// The containers that are open, by identity: a container inside itself is cut.
    inside: [usize; MAX_DEPTH],
    depth: usize,
}

impl<'b> Walker<'b> {
    #[inline]
    pub(crate) fn new(encoder: Encoder<'b>) -> Walker<'b> {
        Walker { encoder, spent: 0, inside: [0; MAX_DEPTH], depth: 0 }
    }

    /// Is there nothing to be gained by reading on?
    #[inline]
    pub(crate) fn full(&self) -> bool {
        self.spent > MAX_RECORD_BYTES
    }

    /// The pairs of a dict, as fields of the record or of the open map.
    #[inline]
    pub(crate) fn pairs(&mut self, dict: &Bound<'_, PyDict>) {
        // Nothing in this loop runs Python code, so the dict cannot change under it.
        for (done, (key, value)) in dict.iter().enumerate() {
            if self.full() {
                return;
            }
            let plain = key.cast_exact::<PyString>();
            if !plain.is_ok_and(|name| self.leaf(&value, |walker| walker.key(name))) {
                return self.rest_of(dict, done);
            }
        }
    }

    /// The pairs from number `done` on, from a copy: reading these values may run code that changes the dict.
    fn rest_of(&mut self, dict: &Bound<'_, PyDict>, done: usize) {
        let Ok(copy) = dict.copy() else { return };
        for (key, value) in copy.iter().skip(done) {
            if self.full() {
                return;
            }
            self.pair(&key, &value);
        }
    }

    /// One field.
    pub(crate) fn pair(&mut self, key: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) {
        match key.cast_exact::<PyString>() {
            Ok(name) => self.key(name),
            Err(_) => self.foreign_key(key),
        }
        self.value(value);
    }

    #[inline]
    pub(crate) fn key(&mut self, name: &Bound<'_, PyString>) {
        self.spent += short_bytes(name, |bytes| {
            self.encoder.key(bytes);
            bytes.len()
        });
    }

    fn foreign_key(&mut self, key: &Bound<'_, PyAny>) {
        let name = foreign::text_of(key).unwrap_or_else(|placeholder| placeholder);
        self.spent += name.len();
        self.encoder.key(name);
    }

    /// One value of any type, in the place that the encoder is at.
    #[inline]
    pub(crate) fn value(&mut self, value: &Bound<'_, PyAny>) {
        if self.leaf(value, |_| {}) {
            return;
        }
        if let Ok(dict) = value.cast_exact::<PyDict>() {
            self.map(value, |walker| walker.pairs(dict));
        } else if let Ok(list) = value.cast_exact::<PyList>() {
            self.list(value, list.iter());
        } else if let Ok(tuple) = value.cast_exact::<PyTuple>() {
            self.list(value, tuple.iter());
        } else {
            foreign::value(self, value);
        }
    }

    /// Writes a value of an exact type that can be read without running Python code and holds no other value; `before`
    /// runs first. False, and nothing is written, if it is none.
    #[inline]
    fn leaf(&mut self, value: &Bound<'_, PyAny>, before: impl FnOnce(&mut Self)) -> bool {
        if let Ok(text) = value.cast_exact::<PyString>() {
            before(self);
            self.text(text);
        } else if let Ok(int) = value.cast_exact::<PyInt>() {
            before(self);
            self.int(int);
        } else if let Ok(float) = value.cast_exact::<PyFloat>() {
            before(self);
            self.encoder.f64(float.value());
        } else if let Ok(truth) = value.cast_exact::<PyBool>() {
            before(self);
            self.encoder.bool(truth.is_true());
        } else if value.is_none() {
            before(self);
            self.encoder.null();
        } else if let Ok(bytes) = value.cast_exact::<PyBytes>() {
            before(self);
            self.bytes(bytes.as_bytes());
        } else {
            return false;
        }
        self.spent += 9;
        true
    }

    #[inline]
    pub(crate) fn text(&mut self, text: &Bound<'_, PyString>) {
        self.spent += with_bytes(text, |bytes| {
            self.encoder.str(bytes);
            bytes.len()
        });
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.spent += bytes.len();
        self.encoder.bytes(bytes);
    }

    #[inline]
    pub(crate) fn int(&mut self, int: &Bound<'_, PyInt>) {
        match int.extract::<i64>() {
            Ok(number) => {
                self.encoder.i64(number);
            }
            Err(_) => self.big_int(int),
        }
    }

    #[cold]
    fn big_int(&mut self, int: &Bound<'_, PyInt>) {
        if let Ok(number) = int.extract::<u64>() {
            self.encoder.u64(number);
            return;
        }
        match int.call_method0("__repr__").and_then(|digits| digits.extract::<String>()) {
            Ok(digits) => {
                self.spent += digits.len();
                self.encoder.decimal(digits);
            }
            // Python refuses to write more than a few thousand decimal digits; hexadecimal ones have no such limit.
            Err(_) => match int.call_method1("__format__", ("#x",)) {
                Ok(hex) => foreign::cut(self, &hex),
                Err(_) => self.cut("<int>"),
            },
        }
    }

    /// The mark of a value that is missing or shortened, with what is known of it.
    pub(crate) fn cut(&mut self, kept: &str) {
        self.spent += kept.len();
        self.encoder.cut(kept);
    }

    /// A map around whatever `fill` writes, unless it would lie in itself or too deep.
    pub(crate) fn map(&mut self, container: &Bound<'_, PyAny>, fill: impl FnOnce(&mut Self)) {
        if self.enter(container) {
            self.encoder.begin_map();
            fill(self);
            self.encoder.end_map();
            self.depth -= 1;
        }
    }

    /// A list of `items`, unless it would lie in itself or too deep.
    pub(crate) fn list<'py>(
        &mut self,
        container: &Bound<'py, PyAny>,
        items: impl Iterator<Item = Bound<'py, PyAny>>,
    ) {
        if self.enter(container) {
            self.encoder.begin_list();
            for item in items {
                if self.full() {
                    break;
                }
                self.value(&item);
            }
            self.encoder.end_list();
            self.depth -= 1;
        }
    }

    fn enter(&mut self, container: &Bound<'_, PyAny>) -> bool {
        self.spent += 5;
        let identity = container.as_ptr() as usize;
        if self.depth == MAX_DEPTH || self.inside[..self.depth].contains(&identity) {
            self.encoder.cut("");
            return false;
        }
        self.inside[self.depth] = identity;
        self.depth += 1;
        true
    }
}

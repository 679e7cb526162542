//! From values to a body: one buffer a thread, reused; a value that logs or panics while it is written hurts nobody.

use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use dlogs_record::{Encoder, Kind, Level, limits};

use super::Logger;
use crate::outcome::Outcome;
use crate::value::ToValue;

/// Room that a thread's buffer keeps between records. A larger one is given back.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Takes the fields of one record. The macros write into it; so may anyone.
pub struct Fields<'e, 'b>(pub(super) &'e mut Encoder<'b>);

impl Fields<'_, '_> {
    /// Adds a field.
    #[inline]
    pub fn add<V: ToValue + ?Sized>(&mut self, key: &str, value: &V) -> &mut Self {
        self.0.key(key);
        value.to_value(self.0);
        self
    }

    /// The encoder itself, for what `add` cannot say.
    pub fn encoder<R>(&mut self, with: impl FnOnce(&mut Encoder<'_>) -> R) -> R {
        with(self.0)
    }
}

impl Logger {
    /// Writes one record: the macros' way in. Does not ask for the level.
    #[inline]
    pub fn write(
        &self,
        level: Level,
        kind: Kind,
        message: fmt::Arguments<'_>,
        fields: impl FnOnce(&mut Fields<'_, '_>),
    ) -> Outcome {
        match message.as_str() {
            Some(message) => self.write_text(level, kind, message, fields),
            None => {
                let mut text = Cut::default();
                let formatted = catch_unwind(AssertUnwindSafe(|| text.write_fmt(message)));
                if formatted.is_err() {
                    text.0.push_str("[the message's value panicked]");
                }
                self.write_text(level, kind, &text.0, fields)
            }
        }
    }

    /// As [`Logger::write`], with a message that is text already.
    #[inline]
    pub fn write_text(
        &self,
        level: Level,
        kind: Kind,
        message: &str,
        fields: impl FnOnce(&mut Fields<'_, '_>),
    ) -> Outcome {
        BUFFER
            .try_with(|buffer| match buffer.try_borrow_mut() {
                Ok(mut buffer) => {
                    self.write_into(&mut buffer, level, kind, message, &mut Some(fields))
                }
                // A value that is being written logs by itself: the inner record gets a buffer of its own.
                Err(_) => self.write_into(&mut Vec::new(), level, kind, message, &mut Some(fields)),
            })
            // The thread is ending and has no buffer any more.
            .unwrap_or_else(|_| {
                self.write_into(
                    &mut Vec::new(),
                    level,
                    kind,
                    message,
                    &mut None::<fn(&mut Fields<'_, '_>)>,
                )
            })
    }

    #[inline]
    fn write_into<F: FnOnce(&mut Fields<'_, '_>)>(
        &self,
        buffer: &mut Vec<u8>,
        level: Level,
        kind: Kind,
        message: &str,
        fields: &mut Option<F>,
    ) -> Outcome {
        buffer.clear();
        let mut encoder = Encoder::new(buffer, level, kind, 0, message);
        if let Some(bound) = &self.bound {
            encoder.raw_fields(bound.count, &bound.fields);
        }
        if let Some(fields) = fields.take()
            && catch_unwind(AssertUnwindSafe(|| fields(&mut Fields(&mut encoder)))).is_err()
        {
            encoder.left_out();
        }
        encoder.finish();
        let outcome = self.append_encoded(level, 0, buffer, true);
        if buffer.capacity() > KEPT_BYTES {
            *buffer = Vec::new();
        }
        outcome
    }
}

/// Text that stops growing at the largest message: a value of 10 GB is never formatted whole.
#[derive(Default)]
struct Cut(String);

impl fmt::Write for Cut {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() > limits::MAX_MESSAGE_BYTES {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

//! Anything that can be shown, as text: written straight into the record, and never further than it has room.

use std::fmt::{self, Debug, Display, Write as _};

use dlogs_record::{Encoder, limits};

use super::ToValue;

/// A value written with its `Display`.
#[derive(Debug, Clone, Copy)]
pub struct DisplayValue<T>(T);

/// A value written with its `Debug`.
#[derive(Debug, Clone, Copy)]
pub struct DebugValue<T>(T);

/// Writes a value with its `Display`, as `%value` does in the macros.
pub fn display<T: Display>(value: T) -> DisplayValue<T> {
    DisplayValue(value)
}

/// Writes a value with its `Debug`, as `?value` does in the macros.
pub fn debug<T: Debug>(value: T) -> DebugValue<T> {
    DebugValue(value)
}

impl<T: Display> ToValue for DisplayValue<T> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        show(format_args!("{}", self.0), to);
    }
}

impl<T: Debug> ToValue for DebugValue<T> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        show(format_args!("{:?}", self.0), to);
    }
}

impl ToValue for fmt::Arguments<'_> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        show(*self, to);
    }
}

fn show(value: fmt::Arguments<'_>, to: &mut Encoder<'_>) {
    let mut text = Bounded(String::new());
    match text.write_fmt(value) {
        Ok(()) => to.str(&text.0),
        // Too long, or its own Display gave up: what is there stays, marked as cut.
        Err(_) => to.cut(&text.0),
    };
}

struct Bounded(String);

impl fmt::Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > limits::MAX_RECORD_BYTES {
            let room = limits::MAX_RECORD_BYTES.saturating_sub(self.0.len());
            self.0.extend(text.chars().scan(0, |used, c| {
                *used += c.len_utf8();
                (*used <= room).then_some(c)
            }));
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

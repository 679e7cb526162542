//! One condition of a query, and whether a record meets it.

use std::cmp::Ordering;

use dlogs_record::{Kind, Level, ValueRef, reserved};
use regex::bytes::Regex;

use super::text::{any_json, any_text};
use crate::batch::Summary;
use crate::client_block::ClientBlock;
use crate::row::Row;

/// A condition, perhaps turned around.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) negated: bool,
    pub(super) test: Test,
    pub(super) hint: Hint,
}

/// What every record has that passes a test; parts ask it before they unpack rows.
#[derive(Debug, Default)]
pub(super) struct Hint {
    /// Tokens, as blooms hold them.
    pub(super) tokens: Vec<u64>,
    /// Found in the text of one of its columns.
    pub(super) text: Option<Regex>,
}

/// What is asked.
#[derive(Debug)]
pub(super) enum Test {
    /// Somewhere in the message or in a value.
    Anywhere {
        pattern: Regex,
        /// What the packed form of a matching record holds too, wherever it lies; none when the
        /// match may be in a number, which is not packed as text.
        literal: Option<Regex>,
    },
    /// A field's text matches.
    Field { name: String, pattern: Regex },
    /// The field is there.
    Exists { name: String },
    /// A field compares so with a number, or, where either is none, with a text.
    Compare { name: String, wanted: [Option<Ordering>; 2], than: String, number: Option<f64> },
    /// One of these levels, by number.
    Levels([bool; 6]),
}

impl Term {
    pub(super) fn matches(&self, row: &Row<'_>) -> bool {
        self.negated != self.test.holds(row)
    }

    /// False when the summary already says that no record of the batch can match.
    pub(super) fn may_match(&self, client: &ClientBlock, summary: &Summary) -> bool {
        match &self.test {
            Test::Levels(wanted) => {
                let counts = summary.levels.iter().zip(wanted);
                counts.into_iter().any(|(&count, &wanted)| count > 0 && wanted != self.negated)
            }
            Test::Field { name, pattern } if !summary.mixed => {
                let known = origin_field(client, name).filter(|text| !text.is_empty());
                known.is_none_or(|text| pattern.is_match(text.as_bytes()) != self.negated)
            }
            _ => true,
        }
    }

    /// False when the frames of a batch already show that no record can match. One look at all of
    /// them costs a fifth of walking their records.
    pub(super) fn may_be_in(&self, client: &ClientBlock, frames: &[u8]) -> bool {
        let Test::Anywhere { pattern, literal: Some(literal) } = &self.test else { return true };
        self.negated
            || literal.is_match(frames)
            || client.metadata.values().any(|value| any_json(value, &mut |t| pattern.is_match(t)))
    }
}

impl Test {
    fn holds(&self, row: &Row<'_>) -> bool {
        match self {
            Self::Anywhere { pattern, .. } => anywhere(row, pattern),
            Self::Levels(wanted) => wanted[usize::from(row.level).min(5)],
            Self::Exists { name } => any_value(row, name, &mut |_| true),
            Self::Field { name, pattern } => {
                any_value(row, name, &mut |text| pattern.is_match(text))
            }
            Self::Compare { name, wanted, than, number } => any_value(row, name, &mut |text| {
                let as_number = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
                let order = match (as_number, number) {
                    (Some(is), Some(than)) => f64::partial_cmp(&is, than),
                    (None, None) => Some(text.cmp(than.as_bytes())),
                    _ => None,
                };
                order.is_some() && wanted.contains(&order)
            }),
        }
    }
}

fn anywhere(row: &Row<'_>, pattern: &Regex) -> bool {
    if pattern.is_match(row.view.message().bytes()) {
        return true;
    }
    row.view.fields().any(|(_, value)| in_words(value, pattern))
        || row.client.metadata.values().any(|value| any_json(value, &mut |t| pattern.is_match(t)))
}

/// Free words are looked for in what was written as text, and in numbers; not in bytes, whose
/// text is only how rows show them.
fn in_words(value: ValueRef<'_>, pattern: &Regex) -> bool {
    match value {
        ValueRef::Bytes(_) => false,
        ValueRef::List(mut items) => items.any(|item| in_words(item, pattern)),
        ValueRef::Map(mut fields) => fields.any(|(_, value)| in_words(value, pattern)),
        value => any_text(value, &mut |text| pattern.is_match(text)),
    }
}

/// The batch's own fields, which most records share. `None` for fields of the record.
pub(super) fn origin_field<'c>(client: &'c ClientBlock, name: &str) -> Option<&'c str> {
    Some(match name {
        "service" => &client.service,
        "language" => &client.language,
        "component" => &client.component,
        "environment" => &client.environment,
        "host" => &client.host,
        _ => return None,
    })
}

/// Tests each text that a field of the record has.
pub(super) fn any_value(row: &Row<'_>, name: &str, test: &mut dyn FnMut(&[u8]) -> bool) -> bool {
    let client = row.client;
    if let Some(text) = origin_field(client, name) {
        return !text.is_empty() && test(text.as_bytes());
    }
    let lifted = match name {
        "message" => return test(row.view.message().bytes()),
        "event" if row.view.head().kind == Kind::Event => return test(row.view.message().bytes()),
        "level" => return Level::from_u8(row.level).is_some_and(|l| test(l.as_str().as_bytes())),
        "stream" => return test(row.stream.to_string().as_bytes()),
        "seq" => return test(row.seq.to_string().as_bytes()),
        "id" => return test(row.id().as_bytes()),
        "pid" => return client.pid.is_some_and(|pid| test(pid.to_string().as_bytes())),
        "event" => reserved::EVENT,
        "trace_id" => reserved::TRACE_ID,
        "span_id" => reserved::SPAN_ID,
        "logger" => reserved::LOGGER,
        "thread" => reserved::THREAD,
        "error.type" => reserved::ERROR_TYPE,
        "error.message" | "error" => reserved::ERROR_MESSAGE,
        "error.stack" => reserved::ERROR_STACK,
        _ => name.strip_prefix("metadata.").unwrap_or(name),
    };
    if let Some(value) = row.view.get(lifted) {
        return any_text(value, test);
    }
    if let Some(value) = client.metadata.get(lifted) {
        return any_json(value, test);
    }
    nested(row, lifted).is_some_and(|value| any_text(value, test))
}

/// `http.status` finds the key `status` in the map `http`.
fn nested<'a>(row: &Row<'a>, name: &str) -> Option<ValueRef<'a>> {
    let mut parts = name.split('.');
    let mut value = row.view.get(parts.next()?)?;
    for part in parts {
        let ValueRef::Map(fields) = value else { return None };
        value = fields.filter(|(key, _)| key.bytes() == part.as_bytes()).last()?.1;
    }
    Some(value)
}

//! The fields of a record, each with its text, under the names by which queries ask for them.

use dlogs_record::{Kind, Level, ValueRef, reserved};

use super::text::any_text;
use crate::row::Row;

/// How deep maps are looked into; what is below is known by the name of its map.
const DEPTH_MAX: usize = 4;

/// Shows name and text of every field; a list shows each of its elements.
pub(super) fn each(row: &Row<'_>, show: &mut dyn FnMut(&str, &str)) {
    let client = row.client;
    let level = Level::from_u8(row.level).map_or("INFO", Level::as_str);
    let own = [
        ("level", level),
        ("service", client.service.as_str()),
        ("language", client.language.as_str()),
        ("component", client.component.as_str()),
        ("environment", client.environment.as_str()),
        ("host", client.host.as_str()),
    ];
    own.iter().filter(|(_, text)| !text.is_empty()).for_each(|(name, text)| show(name, text));
    if row.view.head().kind == Kind::Event {
        show("event", &row.view.message().repair());
    }
    for (key, value) in row.view.fields() {
        let key = key.repair();
        let name = match &*key {
            reserved::EVENT => "event",
            reserved::TRACE_ID => "trace_id",
            reserved::SPAN_ID => "span_id",
            reserved::LOGGER => "logger",
            reserved::THREAD => "thread",
            reserved::ERROR_TYPE => "error.type",
            reserved::ERROR_MESSAGE => "error.message",
            reserved::ERROR_STACK => "error.stack",
            reserved::CUT => continue,
            other => other,
        };
        below(name, value, 1, show);
    }
    for (name, value) in &client.metadata {
        if row.view.get(name).is_none() {
            super::text::any_json(value, &mut |text| {
                show(name, &String::from_utf8_lossy(text));
                false
            });
        }
    }
}

fn below(name: &str, value: ValueRef<'_>, depth: usize, show: &mut dyn FnMut(&str, &str)) {
    match value {
        ValueRef::Map(fields) if depth < DEPTH_MAX => {
            for (key, value) in fields {
                below(&format!("{name}.{}", key.repair()), value, depth + 1, show);
            }
        }
        value => {
            any_text(value, &mut |text| {
                show(name, &String::from_utf8_lossy(text));
                false
            });
        }
    }
}

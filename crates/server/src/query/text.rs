//! The text of values, as queries see it and as blooms remember it.

use std::borrow::Cow;

use dlogs_record::{ValueRef, json};
use serde_json::Value;

/// Tests a value's text; of lists and maps each element's.
pub(crate) fn any_text(value: ValueRef<'_>, test: &mut dyn FnMut(&[u8]) -> bool) -> bool {
    match value {
        ValueRef::Str(text) | ValueRef::Decimal(text) | ValueRef::Cut(text) => test(text.bytes()),
        ValueRef::List(mut items) => items.any(|item| any_text(item, test)),
        ValueRef::Map(mut fields) => fields.any(|(_, value)| any_text(value, test)),
        plain => test(&plain_text(plain)),
    }
}

fn plain_text(value: ValueRef<'_>) -> Cow<'static, [u8]> {
    match value {
        ValueRef::Null => Cow::Borrowed(b"null"),
        ValueRef::Bool(true) => Cow::Borrowed(b"true"),
        ValueRef::Bool(false) => Cow::Borrowed(b"false"),
        ValueRef::I64(number) => Cow::Owned(number.to_string().into_bytes()),
        ValueRef::U64(number) => Cow::Owned(number.to_string().into_bytes()),
        other => {
            let json = serde_json::to_string(&json::Json(other)).unwrap_or_default();
            Cow::Owned(json.trim_matches('"').as_bytes().to_vec())
        }
    }
}

pub(crate) fn any_json(value: &Value, test: &mut dyn FnMut(&[u8]) -> bool) -> bool {
    match value {
        Value::String(text) => test(text.as_bytes()),
        Value::Array(items) => items.iter().any(|item| any_json(item, test)),
        Value::Object(fields) => fields.values().any(|value| any_json(value, test)),
        plain => test(plain.to_string().as_bytes()),
    }
}

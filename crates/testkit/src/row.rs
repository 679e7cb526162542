//! A record's body as the JSON that people get to see (spec/api.md). The bytes are read by the crate dlogs-record.

use dlogs_record::{View, json};
use serde_json::{Value, json};

/// The body's row. `text` is the metadata as JSON text, for numbers that a JSON parser would round.
pub fn row(body: &[u8]) -> Value {
    let Ok(view) = View::parse(body) else { return json!({"malformed": true}) };
    let row = json::row(&view, None);
    let text = serde_json::to_string(&row.metadata).unwrap_or_default();
    let mut value: Value = serde_json::to_string(&row)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    value["text"] = text.into();
    value["kind"] = u8::from(value.get("event").is_some()).into();
    value
}

/// The body's message alone; null where the bytes are no record.
pub fn message(body: &[u8]) -> Value {
    View::parse(body).map_or(Value::Null, |view| view.message().repair().into_owned().into())
}

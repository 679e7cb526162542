//! The four shapes of JSON: an object, an array, an object a line, an envelope with `logs`.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::RECORDS_MAX;
use super::gather::too_many;
use super::header::json_error;
use crate::refusal::Refusal;

/// What a JSON request holds: the text of each record, and the envelope's client block.
#[derive(Debug, Default)]
pub(super) struct Shape<'a> {
    pub(super) client: Option<&'a RawValue>,
    pub(super) records: Vec<&'a str>,
}

/// What stands in the error of a list that is too long; the edge knows it by this.
const TOO_MANY: &str = "too many records";

/// Names the fault of a body, a list that is too long among them.
pub(super) fn refuse(error: serde_json::Error) -> Refusal {
    match error.to_string().starts_with(TOO_MANY) {
        true => too_many(),
        false => json_error("json", &error),
    }
}

/// Splits `application/json`.
pub(super) fn json(text: &str) -> Result<Shape<'_>, Refusal> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('[') {
        let Records(records) = serde_json::from_str(text).map_err(refuse)?;
        return Ok(Shape { client: None, records });
    }
    if !text.starts_with('{') {
        let error = "The body is neither a JSON object nor an array; send {\"message\": \"hi\"}, or for one object a line Content-Type: application/x-ndjson.";
        return Err(Refusal::bad("json", error));
    }
    let envelope: Envelope<'_> = serde_json::from_str(text).map_err(refuse)?;
    let Some(logs) = envelope.logs else { return Ok(Shape { client: None, records: vec![text] }) };
    let Records(records) = serde_json::from_str(logs.get()).map_err(refuse)?;
    Ok(Shape { client: envelope.client, records })
}

/// Splits `application/x-ndjson`; empty lines are nothing.
pub(super) fn ndjson(text: &str) -> Result<Shape<'_>, Refusal> {
    let lines = text.trim_start_matches('\u{feff}').split('\n').map(str::trim);
    let records: Vec<&str> =
        lines.filter(|line| !line.is_empty()).take(RECORDS_MAX as usize + 1).collect();
    if records.len() as u64 > RECORDS_MAX {
        return Err(too_many());
    }
    Ok(Shape { client: None, records })
}

/// How deep lists and objects are nested in a JSON text, whether it is well-formed or not.
pub(super) fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The texts of an array's elements.
pub(super) struct Records<'a>(pub(super) Vec<&'a str>);

impl<'de: 'a, 'a> Deserialize<'de> for Records<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Elements;
        impl<'de> Visitor<'de> for Elements {
            type Value = Records<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an array of records")
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Records<'de>, S::Error> {
                let mut records = Vec::new();
                while let Some(element) = list.next_element::<&RawValue>()? {
                    if records.len() as u64 == RECORDS_MAX {
                        return Err(S::Error::custom(TOO_MANY));
                    }
                    records.push(element.get());
                }
                Ok(Records(records))
            }
        }
        deserializer.deserialize_seq(Elements)
    }
}

/// An object that may be an envelope: one whose `logs` is an array.
struct Envelope<'a> {
    client: Option<&'a RawValue>,
    logs: Option<&'a RawValue>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Envelope<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Envelope<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Envelope<'de>, M::Error> {
                let mut envelope = Envelope { client: None, logs: None };
                while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                    match &*key {
                        "client" => envelope.client = Some(map.next_value()?),
                        "logs" => {
                            let logs: &RawValue = map.next_value()?;
                            envelope.logs = logs.get().starts_with('[').then_some(logs);
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(envelope)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

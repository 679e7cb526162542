//! `LogRecord` and `InstrumentationScope`, from protobuf and from JSON.

use std::borrow::Cow;

use serde::Deserialize;

use super::spelling::{Attributes, Whole, bytes};
use super::value::{Pair, Value, pair};
use crate::ingest::proto::{Broken, Field, Fields};

/// One record as the sender sees it. Times are 0 where they were not set.
#[derive(Debug, Default, PartialEq)]
pub(super) struct LogRecord<'a> {
    pub(super) time_ns: u64,
    pub(super) observed_ns: u64,
    pub(super) severity: i64,
    pub(super) severity_text: Cow<'a, [u8]>,
    pub(super) body: Value<'a>,
    pub(super) attributes: Vec<Pair<'a>>,
    pub(super) dropped_attributes: u64,
    pub(super) flags: u32,
    /// Hex digits.
    pub(super) trace_id: Cow<'a, str>,
    /// Hex digits.
    pub(super) span_id: Cow<'a, str>,
    pub(super) event_name: Cow<'a, [u8]>,
}

/// The library that logged.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Scope<'a> {
    pub(super) name: Cow<'a, [u8]>,
    pub(super) version: Cow<'a, [u8]>,
    pub(super) attributes: Vec<Pair<'a>>,
}

impl<'a> LogRecord<'a> {
    pub(super) fn from_proto(message: &'a [u8]) -> Result<Self, Broken> {
        let mut record = Self::default();
        for field in Fields::of(message) {
            match field? {
                (1, Field::Fixed64(time)) => record.time_ns = u64::from_le_bytes(time),
                (2, Field::Varint(number)) => record.severity = number as i64,
                (3, Field::Bytes(text)) => record.severity_text = Cow::Borrowed(text),
                (5, Field::Bytes(body)) => record.body = Value::of(body)?,
                (6, Field::Bytes(message)) => record.attributes.push(pair(message, 0)?),
                (7, Field::Varint(count)) => record.dropped_attributes = count,
                (8, Field::Fixed32(flags)) => record.flags = u32::from_le_bytes(flags),
                (9, Field::Bytes(id)) => record.trace_id = Cow::Owned(hex(id)),
                (10, Field::Bytes(id)) => record.span_id = Cow::Owned(hex(id)),
                (11, Field::Fixed64(time)) => record.observed_ns = u64::from_le_bytes(time),
                (12, Field::Bytes(name)) => record.event_name = Cow::Borrowed(name),
                _ => {}
            }
        }
        Ok(record)
    }

    pub(super) fn from_json(text: &'a str) -> serde_json::Result<Self> {
        let json: JsonRecord<'a> = serde_json::from_str(text)?;
        let time = |Whole(number)| u64::try_from(number).unwrap_or(0);
        Ok(Self {
            time_ns: time(json.time_unix_nano),
            observed_ns: time(json.observed_time_unix_nano),
            severity: i64::try_from(json.severity_number.0).unwrap_or(0),
            severity_text: bytes(json.severity_text),
            body: json.body.unwrap_or_default(),
            attributes: json.attributes.0,
            dropped_attributes: time(json.dropped_attributes_count),
            flags: u32::try_from(json.flags.0).unwrap_or(0),
            trace_id: json.trace_id,
            span_id: json.span_id,
            event_name: bytes(json.event_name),
        })
    }
}

impl<'a> Scope<'a> {
    pub(super) fn from_proto(message: &'a [u8]) -> Result<Self, Broken> {
        let mut scope = Self::default();
        for field in Fields::of(message) {
            match field? {
                (1, Field::Bytes(name)) => scope.name = Cow::Borrowed(name),
                (2, Field::Bytes(version)) => scope.version = Cow::Borrowed(version),
                (3, Field::Bytes(message)) => scope.attributes.push(pair(message, 0)?),
                _ => {}
            }
        }
        Ok(scope)
    }

    pub(super) fn from_json(text: &'a str) -> serde_json::Result<Self> {
        let json: JsonScope<'a> = serde_json::from_str(text)?;
        let attributes = json.attributes.0;
        Ok(Self { name: bytes(json.name), version: bytes(json.version), attributes })
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct JsonRecord<'a> {
    time_unix_nano: Whole,
    observed_time_unix_nano: Whole,
    severity_number: Whole,
    #[serde(borrow)]
    severity_text: Cow<'a, str>,
    #[serde(borrow)]
    body: Option<Value<'a>>,
    #[serde(borrow)]
    attributes: Attributes<'a>,
    dropped_attributes_count: Whole,
    flags: Whole,
    #[serde(borrow)]
    trace_id: Cow<'a, str>,
    #[serde(borrow)]
    span_id: Cow<'a, str>,
    #[serde(borrow)]
    event_name: Cow<'a, str>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct JsonScope<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    version: Cow<'a, str>,
    #[serde(borrow)]
    attributes: Attributes<'a>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

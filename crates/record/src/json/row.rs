use std::borrow::Cow;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::value::{Json, text_of};
use crate::decode::last_wins;
use crate::{Kind, ValueRef, View, reserved};

/// The parts of a row (`spec/api.md`) that are in the body. Absent parts are left out of the JSON, never null or empty.
#[derive(Clone, Debug, Serialize)]
pub struct Row<'a> {
    /// The level's name, in capitals.
    pub level: &'static str,
    /// The message, or the name of a custom event.
    pub message: Cow<'a, str>,
    /// Name of a custom event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Cow<'a, str>>,
    /// `@trace_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<Cow<'a, str>>,
    /// `@span_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span_id: Option<Cow<'a, str>>,
    /// `@logger`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logger: Option<Cow<'a, str>>,
    /// `@thread`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<Cow<'a, str>>,
    /// `@error.*`, if any of them is there.
    #[serde(skip_serializing_if = "ErrorParts::is_empty")]
    pub error: ErrorParts<'a>,
    /// Everything else.
    pub metadata: Metadata<'a>,
}

/// An exception or error.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ErrorParts<'a> {
    /// `@error.type`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub class: Option<Cow<'a, str>>,
    /// `@error.message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Cow<'a, str>>,
    /// `@error.stack`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack: Option<Cow<'a, str>>,
}

impl ErrorParts<'_> {
    /// True if the record tells of no error.
    pub fn is_empty(&self) -> bool {
        self.class.is_none() && self.message.is_none() && self.stack.is_none()
    }
}

/// The fields that are not reserved, and the batch's own metadata behind them.
#[derive(Clone, Debug, Default)]
pub struct Metadata<'a> {
    own: Vec<(Cow<'a, str>, ValueRef<'a>)>,
    shared: Option<&'a Map<String, Value>>,
}

impl<'a> Metadata<'a> {
    /// The record's own fields: keys are unique and repaired.
    pub fn own(&self) -> &[(Cow<'a, str>, ValueRef<'a>)] {
        &self.own
    }
}

impl Serialize for Metadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in &self.own {
            map.serialize_entry(key, &Json(*value))?;
        }
        for (key, value) in self.shared.into_iter().flatten() {
            if !self.own.iter().any(|(own, _)| own == key) {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}

/// Lifts the reserved keys out of a body's fields. `shared` is metadata that applies to every record of its batch; a
/// record's own key wins.
pub fn row<'a>(view: &View<'a>, shared: Option<&'a Map<String, Value>>) -> Row<'a> {
    let head = view.head();
    let message = view.message().repair();
    let event = (head.kind == Kind::Event).then(|| message.clone());
    let mut row = Row {
        level: head.level.as_str(),
        message,
        event,
        trace_id: None,
        span_id: None,
        logger: None,
        thread: None,
        error: ErrorParts::default(),
        metadata: Metadata { own: Vec::new(), shared },
    };
    for (key, value) in last_wins(view.fields()) {
        let place = match &*key {
            reserved::EVENT => &mut row.event,
            reserved::TRACE_ID => &mut row.trace_id,
            reserved::SPAN_ID => &mut row.span_id,
            reserved::LOGGER => &mut row.logger,
            reserved::THREAD => &mut row.thread,
            reserved::ERROR_TYPE => &mut row.error.class,
            reserved::ERROR_MESSAGE => &mut row.error.message,
            reserved::ERROR_STACK => &mut row.error.stack,
            _ => {
                row.metadata.own.push((key, value));
                continue;
            }
        };
        if !matches!(value, ValueRef::Null) {
            *place = Some(text_of(value));
        }
    }
    row
}

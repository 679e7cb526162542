use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use super::base64;
use super::number::is_json_number;
use crate::decode::last_wins;
use crate::limits::ELLIPSIS;
use crate::{ValueRef, time};

/// A value as JSON. Integers stay exact; NaN and infinities become null, bytes base64, instants RFC 3339, decimals
/// numbers (a text that JSON does not spell as a number stays a string), and a cut its beginning with "…".
///
/// Serialize it with `serde_json` only: decimals are written as they are spelled, which is `serde_json`'s own art.
#[derive(Clone, Copy, Debug)]
pub struct Json<'a>(pub ValueRef<'a>);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ValueRef::Null => serializer.serialize_unit(),
            ValueRef::Bool(value) => serializer.serialize_bool(value),
            ValueRef::I64(value) => serializer.serialize_i64(value),
            ValueRef::U64(value) => serializer.serialize_u64(value),
            ValueRef::F64(value) if value.is_finite() => serializer.serialize_f64(value),
            ValueRef::F64(_) => serializer.serialize_unit(),
            ValueRef::Str(value) => serializer.serialize_str(&value.repair()),
            ValueRef::Bytes(value) => serializer.serialize_str(&base64::encode(value)),
            ValueRef::TimeNs(value) => serializer.serialize_str(&time::to_rfc3339(value)),
            ValueRef::Decimal(value) => {
                let text = value.repair();
                let number = is_json_number(&text).then(|| RawValue::from_string(text.to_string()));
                match number {
                    Some(Ok(number)) => number.serialize(serializer),
                    _ => serializer.serialize_str(&text),
                }
            }
            ValueRef::Cut(kept) => serializer.serialize_str(&(kept.repair() + ELLIPSIS)),
            ValueRef::List(items) => {
                let mut list = serializer.serialize_seq(None)?;
                items.into_iter().try_for_each(|item| list.serialize_element(&Json(item)))?;
                list.end()
            }
            ValueRef::Map(fields) => {
                let mut map = serializer.serialize_map(None)?;
                for (key, value) in last_wins(fields) {
                    map.serialize_entry(&key, &Json(value))?;
                }
                map.end()
            }
        }
    }
}

/// A value where only a text makes sense, such as a trace id: a text as it is, anything else as its JSON.
pub fn text_of(value: ValueRef<'_>) -> Cow<'_, str> {
    match value {
        ValueRef::Str(text) | ValueRef::Decimal(text) => text.repair(),
        ValueRef::Cut(kept) => kept.repair() + ELLIPSIS,
        other => Cow::Owned(serde_json::to_string(&Json(other)).unwrap_or_default()),
    }
}

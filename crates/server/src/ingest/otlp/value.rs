//! `AnyValue`: text, numbers, bytes, lists, maps; from protobuf and as a field of our record.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dlogs_record::Encoder;
use dlogs_record::limits::{MAX_DEPTH, MAX_FOREIGN_DEPTH};
use serde_json::Value as Json;

use crate::ingest::proto::{Broken, Field, Fields};

/// A value, borrowed from the request where that is possible.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Value<'a> {
    #[default]
    Empty,
    Str(Cow<'a, [u8]>),
    Bool(bool),
    Int(i64),
    Double(f64),
    Bytes(Cow<'a, [u8]>),
    List(Vec<Value<'a>>),
    Map(Vec<Pair<'a>>),
}

/// A key and its value.
pub(super) type Pair<'a> = (Cow<'a, [u8]>, Value<'a>);

impl<'a> Value<'a> {
    fn from_proto(message: &'a [u8], depth: usize) -> Result<Self, Broken> {
        if depth > MAX_FOREIGN_DEPTH {
            return Err(Broken);
        }
        let mut value = Value::Empty;
        for field in Fields::of(message) {
            value = match field? {
                (1, Field::Bytes(text)) => Value::Str(Cow::Borrowed(text)),
                (2, Field::Varint(flag)) => Value::Bool(flag != 0),
                (3, Field::Varint(number)) => Value::Int(number as i64),
                (4, Field::Fixed64(bytes)) => Value::Double(f64::from_le_bytes(bytes)),
                (5, Field::Bytes(list)) => {
                    let items = repeated(list, 1).map(|item| Self::from_proto(item?, depth + 1));
                    Value::List(items.collect::<Result<_, _>>()?)
                }
                (6, Field::Bytes(map)) => {
                    let pairs = repeated(map, 1).map(|item| pair(item?, depth + 1));
                    Value::Map(pairs.collect::<Result<_, _>>()?)
                }
                (7, Field::Bytes(bytes)) => Value::Bytes(Cow::Borrowed(bytes)),
                _ => value,
            };
        }
        Ok(value)
    }

    /// The value at the top of a record or an attribute.
    pub(super) fn of(message: &'a [u8]) -> Result<Self, Broken> {
        Self::from_proto(message, 0)
    }

    /// As a field's value; what is nested too deep is cut visibly.
    pub(super) fn write(&self, encoder: &mut Encoder<'_>) {
        self.write_at(encoder, 0);
    }

    fn write_at(&self, encoder: &mut Encoder<'_>, depth: usize) {
        match self {
            Value::Empty => encoder.null(),
            Value::Str(text) => encoder.str(text),
            Value::Bool(value) => encoder.bool(*value),
            Value::Int(value) => encoder.i64(*value),
            Value::Double(value) => encoder.f64(*value),
            Value::Bytes(bytes) => encoder.bytes(bytes),
            Value::List(_) | Value::Map(_) if depth == MAX_DEPTH => encoder.cut(""),
            Value::List(items) => {
                encoder.begin_list();
                items.iter().for_each(|item| item.write_at(encoder, depth + 1));
                encoder.end_list()
            }
            Value::Map(pairs) => {
                encoder.begin_map();
                for (key, value) in pairs {
                    encoder.key(key);
                    value.write_at(encoder, depth + 1);
                }
                encoder.end_map()
            }
        };
    }

    /// As people read it: a text as it is, anything else as JSON.
    pub(super) fn text(&self) -> Cow<'_, [u8]> {
        match self {
            Value::Empty => Cow::Borrowed(b""),
            Value::Str(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.json().to_string().into_bytes()),
        }
    }

    /// As JSON; bytes are base64, what JSON cannot say is null.
    pub(super) fn json(&self) -> Json {
        match self {
            Value::Empty => Json::Null,
            Value::Str(text) => Json::from(String::from_utf8_lossy(text)),
            Value::Bool(value) => Json::from(*value),
            Value::Int(value) => Json::from(*value),
            Value::Double(value) => Json::from(*value),
            Value::Bytes(bytes) => Json::from(STANDARD.encode(bytes)),
            Value::List(items) => items.iter().map(Value::json).collect(),
            Value::Map(pairs) => pairs
                .iter()
                .map(|(key, value)| (String::from_utf8_lossy(key).into_owned(), value.json()))
                .collect(),
        }
    }
}

/// `KeyValue`.
pub(super) fn pair(message: &[u8], depth: usize) -> Result<Pair<'_>, Broken> {
    let (mut key, mut value) = (&[][..], Value::Empty);
    for field in Fields::of(message) {
        match field? {
            (1, Field::Bytes(text)) => key = text,
            (2, Field::Bytes(any)) => value = Value::from_proto(any, depth)?,
            _ => {}
        }
    }
    Ok((Cow::Borrowed(key), value))
}

/// The messages of a repeated field.
pub(super) fn repeated(message: &[u8], number: u32) -> impl Iterator<Item = Result<&[u8], Broken>> {
    Fields::of(message).filter_map(move |field| match field {
        Ok((at, Field::Bytes(bytes))) if at == number => Some(Ok(bytes)),
        Ok(_) => None,
        Err(broken) => Some(Err(broken)),
    })
}

//! How OTLP spells values in JSON: lowerCamelCase keys, 64-bit numbers as text or number, ids in hex, bytes in base64.

use std::borrow::Cow;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use super::value::{Pair, Value};

/// An integer, written as a number or as a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Whole(pub(super) i128);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Whole;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an integer, as a number or as a text")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Whole, E> {
                Ok(Whole(number.into()))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Whole, E> {
                Ok(Whole(number.into()))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Whole, E> {
                match number.fract() == 0.0 && number.abs() < 1e19 {
                    true => Ok(Whole(number as i128)),
                    false => Err(E::custom(format!("{number} is no integer"))),
                }
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Whole, E> {
                text.parse().map(Whole).map_err(|_| E::custom(format!("{text:?} is no integer")))
            }

            fn visit_unit<E: Error>(self) -> Result<Whole, E> {
                Ok(Whole(0))
            }
        }
        deserializer.deserialize_any(Number)
    }
}

/// A double, or the texts that stand for what JSON cannot write.
#[derive(Debug, Clone, Copy)]
struct Double(f64);

impl<'de> Deserialize<'de> for Double {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either<'a> {
            Number(f64),
            #[serde(borrow)]
            Text(Cow<'a, str>),
        }
        match Either::deserialize(deserializer)? {
            Either::Number(number) => Ok(Self(number)),
            Either::Text(text) => match &*text {
                "Infinity" => Ok(Self(f64::INFINITY)),
                "-Infinity" => Ok(Self(f64::NEG_INFINITY)),
                other => other.parse().map(Self).map_err(|_| D::Error::custom("no double")),
            },
        }
    }
}

/// `AnyValue` as JSON writes it.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Any<'a> {
    #[serde(borrow)]
    string_value: Option<Cow<'a, str>>,
    bool_value: Option<bool>,
    int_value: Option<Whole>,
    double_value: Option<Double>,
    #[serde(borrow)]
    bytes_value: Option<Cow<'a, str>>,
    #[serde(borrow)]
    array_value: Option<List<'a>>,
    #[serde(borrow)]
    kvlist_value: Option<Map<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct List<'a> {
    #[serde(borrow)]
    values: Vec<Value<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Map<'a> {
    #[serde(borrow)]
    values: Attributes<'a>,
}

/// A list of `KeyValue`.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a>(pub(super) Vec<Pair<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Attributes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize, Default)]
        #[serde(default)]
        struct KeyValue<'a> {
            #[serde(borrow)]
            key: Cow<'a, str>,
            #[serde(borrow)]
            value: Option<Value<'a>>,
        }
        let pairs: Option<Vec<KeyValue<'_>>> = Option::deserialize(deserializer)?;
        let pair = |pair: KeyValue<'a>| (bytes(pair.key), pair.value.unwrap_or_default());
        Ok(Self(pairs.unwrap_or_default().into_iter().map(pair).collect()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let any: Any<'a> = Any::deserialize(deserializer)?;
        if let Some(text) = any.string_value {
            return Ok(Value::Str(bytes(text)));
        }
        if let Some(Whole(number)) = any.int_value {
            let number = i64::try_from(number).map_err(|_| D::Error::custom("beyond 64 bits"))?;
            return Ok(Value::Int(number));
        }
        if let Some(text) = any.bytes_value {
            let plain = STANDARD.decode(text.as_bytes());
            let plain = plain.map_err(|error| D::Error::custom(format!("bytesValue: {error}")))?;
            return Ok(Value::Bytes(Cow::Owned(plain)));
        }
        let bool = any.bool_value.map(Value::Bool);
        let double = any.double_value.map(|Double(number)| Value::Double(number));
        let list = any.array_value.map(|list| Value::List(list.values));
        let map = any.kvlist_value.map(|map| Value::Map(map.values.0));
        Ok(bool.or(double).or(list).or(map).unwrap_or_default())
    }
}

/// A text's bytes, borrowed where the text is.
pub(super) fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

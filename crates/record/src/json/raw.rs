//! JSON text taken apart one level at a time, so that numbers keep their spelling and depth needs no stack.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// What a JSON text is.
pub(super) enum Raw<'a> {
    Null,
    Bool(bool),
    /// As it is spelled.
    Number(&'a str),
    /// Bytes: an escaped lone surrogate comes as its three bytes, to be repaired by whoever decodes.
    Str(Cow<'a, [u8]>),
    List(Vec<&'a RawValue>),
    Object(Vec<(Cow<'a, [u8]>, &'a RawValue)>),
}

/// Takes apart the outermost level of a JSON text.
pub(super) fn open(text: &str) -> serde_json::Result<Raw<'_>> {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    let mut json = serde_json::Deserializer::from_str(text);
    let raw = match text.as_bytes().first() {
        Some(b'"') => Raw::Str(json.deserialize_bytes(Bytes)?),
        Some(b'{') => Raw::Object(json.deserialize_map(Entries)?),
        Some(b'[') => Raw::List(json.deserialize_seq(Elements)?),
        Some(b'-' | b'0'..=b'9') => Raw::Number(
            serde::Deserialize::deserialize(&mut json).map(|number: &RawValue| number.get())?,
        ),
        Some(b't' | b'f') => Raw::Bool(serde::Deserialize::deserialize(&mut json)?),
        _ => serde::Deserialize::deserialize(&mut json).map(|()| Raw::Null)?,
    };
    json.end()?;
    Ok(raw)
}

struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Cow<'de, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(bytes))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(bytes.to_vec()))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text.as_bytes()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.as_bytes().to_vec()))
    }
}

impl<'de> DeserializeSeed<'de> for Bytes {
    type Value = Cow<'de, [u8]>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_bytes(self)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(Cow<'de, [u8]>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(Bytes)? {
            entries.push((key, map.next_value()?));
        }
        Ok(entries)
    }
}

struct Elements;

impl<'de> Visitor<'de> for Elements {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(elements)
    }
}

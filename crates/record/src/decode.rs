use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use crate::view::Fields;
use crate::{Malformed, Record, Text, Value, ValueRef, View};

/// Reads a body into an owned record: texts repaired (U+FFFD), of repeated keys the last value wins.
///
/// # Errors
/// [`Malformed`] if the bytes are no body.
pub fn decode(body: &[u8]) -> Result<Record, Malformed> {
    let view = View::parse(body)?;
    let head = view.head();
    Ok(Record {
        level: head.level,
        kind: head.kind,
        time_ns: head.time_ns,
        message: view.message().repair().into_owned(),
        fields: owned_map(view.fields()),
    })
}

/// Up to so many fields it costs less to look through the keys than to hash them.
const FEW: usize = 16;

/// Repaired and unique keys with their last values, in the order of first occurrence; linear in the number of fields.
pub(crate) fn last_wins<'a>(fields: Fields<'a>) -> Vec<(Cow<'a, str>, ValueRef<'a>)> {
    last_by(fields, Text::repair)
}

/// The same with keys as they were written, which is less work: two that differ may be equal when they are repaired.
pub fn last_wins_unrepaired<'a>(fields: Fields<'a>) -> Vec<(Text<'a>, ValueRef<'a>)> {
    last_by(fields, |key| key)
}

fn last_by<'a, K: Clone + Eq + Hash>(
    fields: Fields<'a>,
    name: impl Fn(Text<'a>) -> K,
) -> Vec<(K, ValueRef<'a>)> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut unique: Vec<(K, ValueRef<'a>)> = Vec::with_capacity(FEW);
    for (key, value) in fields {
        let key = name(key);
        let place = if unique.len() < FEW {
            unique.iter().position(|(known, _)| *known == key)
        } else {
            if places.is_empty() {
                places.extend(unique.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)));
            }
            Some(*places.entry(key.clone()).or_insert(unique.len()))
        };
        match place.and_then(|place| unique.get_mut(place)) {
            Some((_, earlier)) => *earlier = value,
            None => unique.push((key, value)),
        }
    }
    unique
}

fn owned_map(fields: Fields<'_>) -> Vec<(String, Value)> {
    last_wins(fields).into_iter().map(|(key, value)| (key.into_owned(), owned(value))).collect()
}

fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Bool(value) => Value::Bool(value),
        ValueRef::I64(value) => Value::I64(value),
        ValueRef::U64(value) => Value::U64(value),
        ValueRef::F64(value) => Value::F64(value),
        ValueRef::Str(value) => Value::Str(value.repair().into_owned()),
        ValueRef::List(items) => Value::List(items.map(owned).collect()),
        ValueRef::Map(fields) => Value::Map(owned_map(fields)),
        ValueRef::Bytes(value) => Value::Bytes(value.to_vec()),
        ValueRef::TimeNs(value) => Value::TimeNs(value),
        ValueRef::Decimal(value) => Value::Decimal(value.repair().into_owned()),
        ValueRef::Cut(kept) => Value::Cut(kept.repair().into_owned()),
    }
}

//! What can be a record's fields: nothing, pairs, maps, JSON objects, or a function that adds them.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::ToValue;
use crate::logger::Fields;

/// Something that has fields.
pub trait ToFields {
    /// Adds all of them.
    fn to_fields(&self, to: &mut Fields<'_, '_>);
}

/// No fields.
impl ToFields for () {
    fn to_fields(&self, _: &mut Fields<'_, '_>) {}
}

impl<T: ToFields + ?Sized> ToFields for &T {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        (**self).to_fields(to);
    }
}

impl<T: ToFields> ToFields for Option<T> {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        if let Some(fields) = self {
            fields.to_fields(to);
        }
    }
}

impl<K: AsRef<str>, V: ToValue> ToFields for [(K, V)] {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        for (key, value) in self {
            to.add(key.as_ref(), value);
        }
    }
}

impl<K: AsRef<str>, V: ToValue, const N: usize> ToFields for [(K, V); N] {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        self.as_slice().to_fields(to);
    }
}

impl<K: AsRef<str>, V: ToValue> ToFields for Vec<(K, V)> {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        self.as_slice().to_fields(to);
    }
}

impl<K: AsRef<str>, V: ToValue> ToFields for BTreeMap<K, V> {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        for (key, value) in self {
            to.add(key.as_ref(), value);
        }
    }
}

impl<K: AsRef<str>, V: ToValue, S> ToFields for HashMap<K, V, S> {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        for (key, value) in self {
            to.add(key.as_ref(), value);
        }
    }
}

impl ToFields for Map<String, Value> {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        for (key, value) in self {
            to.add(key, value);
        }
    }
}

/// An object's members; any other value becomes the field `value`.
impl ToFields for Value {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        match self {
            Value::Null => {}
            Value::Object(fields) => fields.to_fields(to),
            other => {
                to.add("value", other);
            }
        }
    }
}

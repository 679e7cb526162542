//! Numbers, texts, times, lists and maps.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dlogs_record::{Encoder, Value};

use super::ToValue;

macro_rules! as_number {
    ($write:ident $as:ty: $($kind:ty)*) => {
        $(impl ToValue for $kind {
            #[inline]
            fn to_value(&self, to: &mut Encoder<'_>) {
                to.$write(<$as>::from(*self));
            }
        })*
    };
}

as_number!(i64 i64: i8 i16 i32 i64 u8 u16 u32);
as_number!(u64 u64: u64);
as_number!(f64 f64: f32 f64);
as_number!(bool bool: bool);

impl ToValue for isize {
    fn to_value(&self, to: &mut Encoder<'_>) {
        to.i64(*self as i64);
    }
}

impl ToValue for usize {
    fn to_value(&self, to: &mut Encoder<'_>) {
        to.u64(*self as u64);
    }
}

impl ToValue for i128 {
    fn to_value(&self, to: &mut Encoder<'_>) {
        match i64::try_from(*self) {
            Ok(small) => to.i64(small),
            Err(_) => to.decimal(self.to_string()),
        };
    }
}

impl ToValue for u128 {
    fn to_value(&self, to: &mut Encoder<'_>) {
        match u64::try_from(*self) {
            Ok(small) => to.u64(small),
            Err(_) => to.decimal(self.to_string()),
        };
    }
}

impl ToValue for str {
    #[inline]
    fn to_value(&self, to: &mut Encoder<'_>) {
        to.str(self);
    }
}

impl ToValue for String {
    #[inline]
    fn to_value(&self, to: &mut Encoder<'_>) {
        to.str(self);
    }
}

impl ToValue for char {
    fn to_value(&self, to: &mut Encoder<'_>) {
        to.str(self.encode_utf8(&mut [0; 4]));
    }
}

impl ToValue for () {
    fn to_value(&self, to: &mut Encoder<'_>) {
        to.null();
    }
}

/// Seconds, as a float.
impl ToValue for Duration {
    fn to_value(&self, to: &mut Encoder<'_>) {
        to.f64(self.as_secs_f64());
    }
}

impl ToValue for SystemTime {
    fn to_value(&self, to: &mut Encoder<'_>) {
        let ns = match self.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
        };
        to.time_ns(ns);
    }
}

impl<T: ToValue> ToValue for Option<T> {
    #[inline]
    fn to_value(&self, to: &mut Encoder<'_>) {
        match self {
            Some(value) => value.to_value(to),
            None => {
                to.null();
            }
        }
    }
}

impl<T: ToValue> ToValue for [T] {
    fn to_value(&self, to: &mut Encoder<'_>) {
        list(self, to);
    }
}

impl<T: ToValue, const N: usize> ToValue for [T; N] {
    fn to_value(&self, to: &mut Encoder<'_>) {
        list(self, to);
    }
}

macro_rules! as_list {
    ($($kind:ident)*) => {
        $(impl<T: ToValue> ToValue for $kind<T> {
            fn to_value(&self, to: &mut Encoder<'_>) {
                list(self, to);
            }
        })*
    };
}

as_list!(Vec BTreeSet);

impl<T: ToValue, S> ToValue for HashSet<T, S> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        list(self, to);
    }
}

impl<K: AsRef<str>, V: ToValue> ToValue for BTreeMap<K, V> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        map(self, to);
    }
}

impl<K: AsRef<str>, V: ToValue, S> ToValue for HashMap<K, V, S> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        map(self, to);
    }
}

macro_rules! as_inside {
    ($($kind:ty)*) => {
        $(impl<T: ToValue + ?Sized> ToValue for $kind {
            #[inline]
            fn to_value(&self, to: &mut Encoder<'_>) {
                (**self).to_value(to);
            }
        })*
    };
}

as_inside!(&T &mut T Box<T> Rc<T> Arc<T>);

impl<T: ToValue + ToOwned + ?Sized> ToValue for Cow<'_, T> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        (**self).to_value(to);
    }
}

/// A value as the record's own model has it.
impl ToValue for Value {
    fn to_value(&self, to: &mut Encoder<'_>) {
        match self {
            Value::List(values) => list(values, to),
            Value::Map(values) => map(values.iter().map(|(key, value)| (key, value)), to),
            Value::Null => to.null(),
            Value::Bool(value) => to.bool(*value),
            Value::I64(value) => to.i64(*value),
            Value::U64(value) => to.u64(*value),
            Value::F64(value) => to.f64(*value),
            Value::Str(value) => to.str(value),
            Value::Bytes(value) => to.bytes(value),
            Value::TimeNs(value) => to.time_ns(*value),
            Value::Decimal(value) => to.decimal(value),
            Value::Cut(value) => to.cut(value),
        };
    }
}

fn list<'v, 't, 'b, T: ToValue + 'v>(
    values: impl IntoIterator<Item = &'v T>,
    to: &'t mut Encoder<'b>,
) -> &'t mut Encoder<'b> {
    to.begin_list();
    for value in values {
        value.to_value(to);
    }
    to.end_list()
}

fn map<'v, 't, 'b, K: AsRef<str> + 'v, V: ToValue + 'v>(
    values: impl IntoIterator<Item = (&'v K, &'v V)>,
    to: &'t mut Encoder<'b>,
) -> &'t mut Encoder<'b> {
    to.begin_map();
    for (key, value) in values {
        to.key(key.as_ref());
        value.to_value(to);
    }
    to.end_map()
}

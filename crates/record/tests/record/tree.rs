//! Any record, as proptest makes it, and the two ways to write it.

use dlogs_record::{Encoder, Kind, Level, Value};
use proptest::collection::vec;
use proptest::prelude::*;

pub(crate) fn levels() -> impl Strategy<Value = Level> {
    (0u8..6).prop_map(|number| Level::from_u8(number).expect("0 to 5 are levels"))
}

pub(crate) fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Log), Just(Kind::Event)]
}

/// Values up to `depth` lists and maps deep. No NaN, so that equality means what it says.
pub(crate) fn values(depth: u32) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::I64),
        any::<u64>().prop_map(Value::U64),
        any::<f64>().prop_filter("NaN equals nothing", |x| !x.is_nan()).prop_map(Value::F64),
        ".{0,20}".prop_map(Value::Str),
        vec(any::<u8>(), 0..20).prop_map(Value::Bytes),
        any::<i64>().prop_map(Value::TimeNs),
        "-?[0-9]{1,40}(\\.[0-9]{1,9})?".prop_map(Value::Decimal),
        ".{0,9}".prop_map(Value::Cut),
    ];
    leaf.prop_recursive(depth, 64, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::List),
            entries(inner, 6).prop_map(Value::Map),
        ]
    })
    .boxed()
}

/// Entries with unique keys.
pub(crate) fn entries(
    values: impl Strategy<Value = Value>,
    most: usize,
) -> impl Strategy<Value = Vec<(String, Value)>> {
    proptest::collection::btree_map(".{0,12}", values, 0..most)
        .prop_map(|map| map.into_iter().collect())
}

pub(crate) fn write_entries(encoder: &mut Encoder<'_>, entries: &[(String, Value)]) {
    for (key, value) in entries {
        encoder.key(key);
        write(encoder, value);
    }
}

pub(crate) fn write(encoder: &mut Encoder<'_>, value: &Value) {
    match value {
        Value::Null => encoder.null(),
        Value::Bool(value) => encoder.bool(*value),
        Value::I64(value) => encoder.i64(*value),
        Value::U64(value) => encoder.u64(*value),
        Value::F64(value) => encoder.f64(*value),
        Value::Str(value) => encoder.str(value),
        Value::Bytes(value) => encoder.bytes(value),
        Value::TimeNs(value) => encoder.time_ns(*value),
        Value::Decimal(value) => encoder.decimal(value),
        Value::Cut(kept) => encoder.cut(kept),
        Value::List(items) => {
            encoder.begin_list();
            items.iter().for_each(|item| write(encoder, item));
            encoder.end_list()
        }
        Value::Map(entries) => {
            encoder.begin_map();
            write_entries(encoder, entries);
            encoder.end_map()
        }
    };
}

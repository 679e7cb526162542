//! `serde_json` values as they are.

use dlogs_record::Encoder;
use serde_json::{Map, Number, Value};

use super::ToValue;

impl ToValue for Value {
    fn to_value(&self, to: &mut Encoder<'_>) {
        match self {
            Value::Null => {
                to.null();
            }
            Value::Bool(value) => {
                to.bool(*value);
            }
            Value::Number(value) => value.to_value(to),
            Value::String(value) => {
                to.str(value);
            }
            Value::Array(values) => values.to_value(to),
            Value::Object(values) => values.to_value(to),
        }
    }
}

impl ToValue for Number {
    fn to_value(&self, to: &mut Encoder<'_>) {
        if let Some(value) = self.as_i64() {
            to.i64(value);
        } else if let Some(value) = self.as_u64() {
            to.u64(value);
        } else if let Some(value) = self.as_f64() {
            to.f64(value);
        } else {
            to.decimal(self.to_string());
        }
    }
}

impl ToValue for Map<String, Value> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        to.begin_map();
        for (key, value) in self {
            to.key(key);
            value.to_value(to);
        }
        to.end_map();
    }
}

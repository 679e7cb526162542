//! The cases' typed values (`{"$i64": "…"}`, spec/cases/README.md) as what a Rust program would pass. Only the Rust driver uses it.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use dlogs::{Encoder, Fields, Logger, ToFields, ToValue, display};
use serde_json::{Map, Value, json};

/// A case's fields, in the n-th call.
#[derive(Clone, Copy)]
pub struct TypedFields<'a> {
    /// As they are written.
    pub fields: &'a Value,
    /// The number of the call.
    pub n: u64,
    /// Who logs: for objects that log by themselves.
    pub logger: &'a Logger,
}

impl ToFields for TypedFields<'_> {
    fn to_fields(&self, to: &mut Fields<'_, '_>) {
        if let Some(count) = self.fields["$keys"].as_u64() {
            for number in 1..=count {
                to.add(&format!("k{number}"), &number);
            }
            return;
        }
        for (key, value) in self.fields.as_object().into_iter().flatten() {
            to.add(key, &Typed { value, n: self.n, logger: self.logger });
        }
    }
}

/// One value.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    value: &'a Value,
    n: u64,
    logger: &'a Logger,
}

impl ToValue for Typed<'_> {
    fn to_value(&self, to: &mut Encoder<'_>) {
        match self.value {
            Value::Object(map) => match word(map) {
                Some((word, argument)) => self.special(word, argument, to),
                None => {
                    to.begin_map();
                    for (key, value) in map {
                        to.key(key);
                        Typed { value, ..*self }.to_value(to);
                    }
                    to.end_map();
                }
            },
            Value::Array(items) => {
                to.begin_list();
                items.iter().for_each(|value| Typed { value, ..*self }.to_value(to));
                to.end_list();
            }
            plain => plain.to_value(to),
        }
    }
}

impl Typed<'_> {
    fn special(&self, word: &str, argument: &Value, to: &mut Encoder<'_>) {
        let given = argument.as_str().unwrap_or_default();
        match word {
            "$i64" => given.parse::<i64>().unwrap_or_default().to_value(to),
            "$u64" => given.parse::<u64>().unwrap_or_default().to_value(to),
            "$f64" => given.parse::<f64>().unwrap_or_default().to_value(to),
            "$big" => given.parse::<i128>().unwrap_or_default().to_value(to),
            "$decimal" => drop(to.decimal(given)),
            "$bytes" => drop(to.bytes(&base64(given))),
            "$time_ns" => {
                let ns = given.parse::<i64>().unwrap_or_default();
                let span = Duration::from_nanos(ns.unsigned_abs());
                (if ns < 0 { UNIX_EPOCH - span } else { UNIX_EPOCH + span }).to_value(to);
            }
            "$list" => {
                let count = argument[0].as_u64().unwrap_or(0) as usize;
                vec![argument[1].as_i64().unwrap_or(0); count].to_value(to);
            }
            "$keys" => {
                let count = argument.as_u64().unwrap_or(0);
                let keys: Map<String, Value> =
                    (1..=count).map(|n| (format!("k{n}"), n.into())).collect();
                keys.to_value(to);
            }
            "$deep" => deep(argument.as_u64().unwrap_or(0)).to_value(to),
            // A plain Rust value cannot contain itself.
            "$cycle" => deep(1000).to_value(to),
            "$duration_ms" => {
                let span = Duration::from_millis(argument.as_u64().unwrap_or(0));
                format!("{span:?}").to_value(to);
            }
            "$set" | "$tuple" => argument.to_value(to),
            "$map" => pairs(argument).to_value(to),
            "$own" | "$error" => display(&Own(given)).to_value(to),
            "$enum" => display(&format_args!("{:?}", Color::Red)).to_value(to),
            "$function" => std::any::type_name_of_val(&deep).to_value(to),
            "$throws" => display(&Throws).to_value(to),
            "$logs" => display(&Logs(self.logger)).to_value(to),
            "$n" => self.n.to_value(to),
            _ => text(self.value).to_value(to),
        }
    }
}

/// `{"$word": argument}`, and nothing else in the object.
fn word(map: &Map<String, Value>) -> Option<(&str, &Value)> {
    let only = map.iter().next().filter(|_| map.len() == 1);
    only.filter(|(key, _)| key.starts_with('$')).map(|(key, value)| (key.as_str(), value))
}

/// A text, or one of the words that stand for a text.
pub fn text(value: &Value) -> String {
    let Some((word, argument)) = value.as_object().and_then(word) else {
        return value.as_str().unwrap_or_default().to_owned();
    };
    match word {
        "$utf16" => {
            let units = argument.as_array().map(Vec::as_slice).unwrap_or_default();
            let units: Vec<u16> =
                units.iter().map(|unit| unit.as_u64().unwrap_or(0) as u16).collect();
            String::from_utf16_lossy(&units)
        }
        "$raw" => {
            String::from_utf8_lossy(&base64(argument.as_str().unwrap_or_default())).into_owned()
        }
        "$repeat" => {
            let count = argument[1].as_u64().unwrap_or(0) as usize;
            argument[0].as_str().unwrap_or_default().repeat(count)
        }
        // Rust's own library has no type for these.
        "$uuid" | "$date" => argument.as_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// A map's keys are texts in Rust's logging; others are turned into one by the program.
fn pairs(written: &Value) -> Map<String, Value> {
    let pairs = written.as_array().into_iter().flatten();
    pairs.map(|pair| (pair[0].to_string(), pair[1].clone())).collect()
}

fn deep(maps: u64) -> Value {
    (0..maps).fold(Value::from("end"), |inner, _| json!({"d": inner}))
}

/// RFC 4648, padded.
fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |byte: u8| ALPHABET.iter().position(|digit| *digit == byte);
    let (mut bytes, mut bits, mut width) = (Vec::new(), 0_u32, 0);
    for six in text.bytes().filter_map(digit) {
        bits = bits << 6 | six as u32;
        width += 6;
        if width >= 8 {
            width -= 8;
            bytes.push((bits >> width) as u8);
        }
    }
    bytes
}

#[derive(Debug)]
enum Color {
    Red,
}

struct Own<'a>(&'a str);

impl fmt::Display for Own<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Rust's way of throwing while a text is made.
struct Throws;

impl fmt::Display for Throws {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}

struct Logs<'a>(&'a Logger);

impl fmt::Display for Logs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.info("from inside", ());
        f.write_str("logged")
    }
}

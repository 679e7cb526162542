use crate::{Kind, Level};

/// A record, owned and repaired: for ease, not for speed.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The record's level.
    pub level: Level,
    /// Log message or custom event.
    pub kind: Kind,
    /// Nanoseconds since 1970-01-01 UTC; 0 where the core stamps the time.
    pub time_ns: i64,
    /// The message, or the name of a custom event.
    pub message: String,
    /// Keys are unique; reserved keys (`@…`) are among them.
    pub fields: Vec<(String, Value)>,
}

/// A field's value. The variants are the tags of `spec/record.md`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A signed integer.
    I64(i64),
    /// An unsigned integer.
    U64(u64),
    /// A float, NaN and infinities included.
    F64(f64),
    /// A text.
    Str(String),
    /// A list.
    List(Vec<Value>),
    /// A map with unique keys, in the order of their first occurrence.
    Map(Vec<(String, Value)>),
    /// Bytes that are no text.
    Bytes(Vec<u8>),
    /// An instant, nanoseconds since 1970-01-01 UTC.
    TimeNs(i64),
    /// A number as text: big integers and decimals.
    Decimal(String),
    /// What did not fit: the beginning of a text, or empty.
    Cut(String),
}

impl Record {
    /// The value of this key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.fields.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}

//! A foreign encoder: it knows the tags and no limits.

use dlogs_record::Value;

pub(crate) struct Body {
    bytes: Vec<u8>,
    fields: u16,
}

impl Body {
    pub(crate) fn new(message: &str) -> Body {
        let mut bytes = vec![2, 0, 0, 0];
        bytes.extend(7_i64.to_le_bytes());
        put_str(&mut bytes, message.as_bytes());
        Body { bytes, fields: 0 }
    }

    pub(crate) fn field(mut self, key: &str, value: &Value) -> Body {
        put_str(&mut self.bytes, key.as_bytes());
        put(&mut self.bytes, value);
        self.fields += 1;
        self
    }

    pub(crate) fn done(mut self) -> Vec<u8> {
        self.bytes[2..4].copy_from_slice(&self.fields.to_le_bytes());
        self.bytes
    }
}

pub(crate) fn str(text: &str) -> Value {
    Value::Str(text.to_owned())
}

pub(crate) fn put(out: &mut Vec<u8>, value: &Value) {
    let (tag, payload) = match value {
        Value::Null => (0, vec![]),
        Value::Bool(value) => (1 + u8::from(*value), vec![]),
        Value::I64(value) => (3, value.to_le_bytes().to_vec()),
        Value::U64(value) => (4, value.to_le_bytes().to_vec()),
        Value::F64(value) => (5, value.to_le_bytes().to_vec()),
        Value::Str(text) => (6, long(text.as_bytes())),
        Value::List(items) => {
            let mut payload = (items.len() as u32).to_le_bytes().to_vec();
            items.iter().for_each(|item| put(&mut payload, item));
            (7, payload)
        }
        Value::Map(entries) => {
            let mut payload = (entries.len() as u32).to_le_bytes().to_vec();
            for (key, value) in entries {
                put_str(&mut payload, key.as_bytes());
                put(&mut payload, value);
            }
            (8, payload)
        }
        Value::Bytes(bytes) => (9, long(bytes)),
        Value::TimeNs(value) => (10, value.to_le_bytes().to_vec()),
        Value::Decimal(text) => (11, long(text.as_bytes())),
        Value::Cut(text) => (12, long(text.as_bytes())),
    };
    out.push(tag);
    out.extend(payload);
}

fn long(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    put_str(&mut out, bytes);
    out
}

fn put_str(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend(bytes);
}

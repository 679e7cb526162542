//! A record as one line of JSON, flat, as the peers take it.

use dlogs_record::time::to_rfc3339;
use serde_json::{Value as Json, to_writer};

use crate::record::Record;
use crate::template::STACK;
use crate::values::Value;

/// Appends the line.
pub(crate) fn line(record: &Record, to: &mut Vec<u8>) {
    let template = record.template;
    let mut separator = b'{';
    let mut put = |key: &str, value: Json| {
        to.push(separator);
        separator = b',';
        // Writing to memory cannot fail.
        let _ = to_writer(&mut *to, key);
        to.push(b':');
        let _ = to_writer(&mut *to, &value);
    };
    put("time", to_rfc3339(record.time_ns).into());
    put("level", template.level.as_str().into());
    put("service", record.process.service.into());
    put("language", record.process.language.into());
    put("component", record.process.component.into());
    put("environment", "production".into());
    put("host", record.process.host.into());
    put("pid", record.process.pid.into());
    put("logger", template.logger.into());
    put("message", record.message.as_str().into());
    if let Some(trace_id) = &record.trace_id {
        put("trace_id", trace_id.as_str().into());
    }
    if let Some((class, text, stack)) = template.error {
        put("error_type", class.into());
        put("error_message", text.into());
        if stack {
            put("error_stack", STACK.into());
        }
    }
    for (key, value) in &record.fields {
        put(key, plain(value));
    }
    to.extend_from_slice(b"}\n");
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Int(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Bool(truth) => (*truth).into(),
        Value::Name(text) => (*text).into(),
        Value::Text(text) => text.as_str().into(),
    }
}

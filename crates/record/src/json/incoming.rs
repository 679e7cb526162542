use std::borrow::Cow;
use std::fmt;

use super::raw::{Raw, open};
use crate::limits::MAX_DEPTH;
use crate::{Encoder, Kind, Level, Rejected, Text, reserved, time};

/// What a JSON record says beside its body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the keys of spec/wire.md")]
pub struct Incoming {
    /// Nanoseconds since 1970-01-01 UTC; `None` where the record has no timestamp (the body then says 0).
    pub time_ns: Option<i64>,
    pub level: Level,
    pub kind: Kind,
    pub service: Option<String>,
    pub component: Option<String>,
    pub language: Option<String>,
    pub host: Option<String>,
    pub environment: Option<String>,
}

/// Why a JSON record is rejected, as a word for machines and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadObject {
    /// The word in the server's answer.
    pub reason: Rejected,
    /// What is wrong and how to mend it.
    pub sentence: String,
}

impl fmt::Display for BadObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for BadObject {}

/// Writes the record that a JSON object describes (`spec/wire.md`, "JSON") as a body at the end of `out`.
///
/// Unknown keys become metadata; what exceeds a limit is cut; integers beyond 64 bits and floats beyond `f64` become
/// decimals. Of a repeated known key the last counts. Nothing is written on an error.
///
/// # Errors
/// [`BadObject`] with reason `malformed` (no JSON, no object), `level`, `timestamp` or `type` (metadata, error).
pub fn body(object: &str, out: &mut Vec<u8>) -> Result<Incoming, BadObject> {
    let parts = Parts::read(object)?;
    let incoming = parts.incoming()?;
    let metadata = match parts.metadata.as_ref() {
        None | Some(Raw::Null) => &[][..],
        Some(Raw::Object(entries)) => entries,
        Some(_) => {
            return Err(bad(
                Rejected::Type,
                "metadata is not an object; put plain values into keys of it",
            ));
        }
    };
    let message = parts.message.as_ref().or(parts.event.as_ref());
    let message = if incoming.kind == Kind::Event { parts.event.as_ref() } else { message };
    let message = message.map(text).unwrap_or_default();
    let time_ns = incoming.time_ns.unwrap_or(0);
    let mut encoder = Encoder::new(out, incoming.level, incoming.kind, time_ns, message);
    for (key, value) in &parts.reserved {
        encoder.key(key).str(text(value));
    }
    if incoming.kind == Kind::Event
        && let Some(message) = &parts.message
    {
        encoder.key("message").str(text(message));
    }
    for (key, value) in metadata.iter().chain(&parts.unknown) {
        encoder.key(key);
        write(&mut encoder, value.get(), 0);
    }
    encoder.finish();
    Ok(incoming)
}

/// Writes the entries of a JSON object as fields of an open record, in their order. Numbers keep their spelling, as in
/// [`body`].
///
/// # Errors
/// The text is no JSON object; nothing is written then.
pub fn fields(encoder: &mut Encoder<'_>, object: &str) -> Result<(), serde_json::Error> {
    let entries = match open(object)? {
        Raw::Object(entries) => entries,
        _ => return Err(serde::de::Error::custom("not an object")),
    };
    for (key, value) in entries {
        encoder.key(key);
        write(encoder, value.get(), 0);
    }
    Ok(())
}

/// The object's keys, sorted by what they are for.
#[derive(Default)]
struct Parts<'a> {
    level: Option<Raw<'a>>,
    timestamp: Option<Raw<'a>>,
    message: Option<Raw<'a>>,
    event: Option<Raw<'a>>,
    metadata: Option<Raw<'a>>,
    service: Option<Raw<'a>>,
    component: Option<Raw<'a>>,
    language: Option<Raw<'a>>,
    host: Option<Raw<'a>>,
    environment: Option<Raw<'a>>,
    reserved: Vec<(&'static str, Raw<'a>)>,
    unknown: Vec<(Cow<'a, [u8]>, &'a serde_json::value::RawValue)>,
}

impl<'a> Parts<'a> {
    fn read(object: &'a str) -> Result<Parts<'a>, BadObject> {
        let entries = match open(object) {
            Ok(Raw::Object(entries)) => entries,
            Ok(_) => {
                return Err(bad(
                    Rejected::Malformed,
                    "a record is a JSON object, such as {\"message\": \"hi\"}",
                ));
            }
            Err(error) => return Err(bad(Rejected::Malformed, &format!("not JSON: {error}"))),
        };
        let mut parts = Parts::default();
        for (key, raw) in entries {
            let place = match &*key {
                b"level" => &mut parts.level,
                b"timestamp" => &mut parts.timestamp,
                b"message" => &mut parts.message,
                b"event" => &mut parts.event,
                b"metadata" => &mut parts.metadata,
                b"service" => &mut parts.service,
                b"component" => &mut parts.component,
                b"language" => &mut parts.language,
                b"host" => &mut parts.host,
                b"environment" => &mut parts.environment,
                b"trace_id" | b"span_id" | b"logger" | b"thread" | b"error" => {
                    parts.read_reserved(&key, raw.get())?;
                    continue;
                }
                _ => {
                    parts.unknown.push((key, raw));
                    continue;
                }
            };
            *place = match opened(raw.get())? {
                Raw::Null => None,
                value => Some(value),
            };
        }
        Ok(parts)
    }

    fn read_reserved(&mut self, key: &[u8], raw: &'a str) -> Result<(), BadObject> {
        let name = match key {
            b"trace_id" => reserved::TRACE_ID,
            b"span_id" => reserved::SPAN_ID,
            b"logger" => reserved::LOGGER,
            b"thread" => reserved::THREAD,
            _ => reserved::ERROR_MESSAGE,
        };
        match opened(raw)? {
            Raw::Null => {}
            Raw::Object(entries) if key == b"error" => {
                for (key, raw) in entries {
                    let name = match &*key {
                        b"type" => reserved::ERROR_TYPE,
                        b"message" => reserved::ERROR_MESSAGE,
                        b"stack" => reserved::ERROR_STACK,
                        _ => {
                            self.unknown.push(([b"error.", &*key].concat().into(), raw));
                            continue;
                        }
                    };
                    self.reserved.push((name, opened(raw.get())?));
                }
            }
            Raw::List(_) if key == b"error" => {
                return Err(bad(
                    Rejected::Type,
                    "error is a list; it is a text or {\"type\", \"message\", \"stack\"}",
                ));
            }
            value => self.reserved.push((name, value)),
        }
        Ok(())
    }

    fn incoming(&self) -> Result<Incoming, BadObject> {
        let name = |part: &Option<Raw<'_>>| {
            part.as_ref().map(|value| Text(&text(value)).repair().into_owned())
        };
        Ok(Incoming {
            time_ns: self.timestamp.as_ref().map(timestamp).transpose()?,
            level: self.level.as_ref().map_or(Ok(Level::Info), level)?,
            kind: if self.event.is_some() { Kind::Event } else { Kind::Log },
            service: name(&self.service),
            component: name(&self.component),
            language: name(&self.language),
            host: name(&self.host),
            environment: name(&self.environment),
        })
    }
}

fn level(value: &Raw<'_>) -> Result<Level, BadObject> {
    let text = text(value);
    let text = Text(&text).repair();
    text.parse().map_err(|error: crate::UnknownLevel| bad(Rejected::Level, &error.to_string()))
}

fn timestamp(value: &Raw<'_>) -> Result<i64, BadObject> {
    let parsed = match value {
        Raw::Str(text) => {
            let text = Text(text).repair();
            time::from_rfc3339(text.trim()).or_else(|| epoch(text.trim()))
        }
        Raw::Number(text) => epoch(text),
        _ => None,
    };
    parsed.ok_or_else(|| {
        bad(Rejected::Timestamp, "timestamp is neither RFC 3339, such as 2026-11-22T16:46:40.5Z, nor an epoch in s, ms, µs or ns")
    })
}

fn epoch(text: &str) -> Option<i64> {
    match text.parse() {
        Ok(number) => Some(time::from_epoch(number)),
        Err(_) => time::from_epoch_f64(text.parse().ok()?),
    }
}

fn opened(raw: &str) -> Result<Raw<'_>, BadObject> {
    open(raw).map_err(|error| bad(Rejected::Malformed, &format!("not JSON: {error}")))
}

/// A value where a text is wanted: a string as it is, anything else as its JSON.
fn text<'a>(value: &'a Raw<'_>) -> Cow<'a, [u8]> {
    match value {
        Raw::Str(text) => Cow::Borrowed(text),
        Raw::Number(text) => Cow::Borrowed(text.as_bytes()),
        Raw::Null => Cow::Borrowed(b"null"),
        Raw::Bool(value) => Cow::Borrowed(if *value { b"true" } else { b"false" }),
        Raw::List(items) => {
            let items: Vec<&[u8]> = items.iter().map(|raw| raw.get().as_bytes()).collect();
            Cow::Owned([b"[", &*items.join(&b','), b"]"].concat())
        }
        Raw::Object(entries) => {
            Cow::Owned(serde_json::to_vec(&AsJson(entries)).unwrap_or_default())
        }
    }
}

struct AsJson<'a, 'b>(&'b [(Cow<'a, [u8]>, &'a serde_json::value::RawValue)]);

impl serde::Serialize for AsJson<'_, '_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (Text(key).repair(), value)))
    }
}

fn write(encoder: &mut Encoder<'_>, raw: &str, depth: usize) {
    // The text was scanned as a part of its parent; an error can only be a surprise, and shows as a cut.
    let Ok(value) = open(raw) else {
        encoder.cut("");
        return;
    };
    match value {
        Raw::Null => encoder.null(),
        Raw::Bool(value) => encoder.bool(value),
        Raw::Number(text) => write_number(encoder, text),
        Raw::Str(text) => encoder.str(text),
        Raw::List(_) | Raw::Object(_) if depth == MAX_DEPTH => encoder.cut(""),
        Raw::List(items) => {
            encoder.begin_list();
            items.into_iter().for_each(|item| write(encoder, item.get(), depth + 1));
            encoder.end_list()
        }
        Raw::Object(entries) => {
            encoder.begin_map();
            for (key, value) in entries {
                encoder.key(key);
                write(encoder, value.get(), depth + 1);
            }
            encoder.end_map()
        }
    };
}

fn write_number<'e, 'b>(encoder: &'e mut Encoder<'b>, text: &str) -> &'e mut Encoder<'b> {
    if let Ok(number) = text.parse() {
        return encoder.i64(number);
    }
    if let Ok(number) = text.parse() {
        return encoder.u64(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && text.contains(['.', 'e', 'E']) => encoder.f64(number),
        _ => encoder.decimal(text),
    }
}

fn bad(reason: Rejected, sentence: &str) -> BadObject {
    BadObject { reason, sentence: sentence.to_owned() }
}

//! A push request, in protobuf or JSON, walked without holding more than one line.

use std::borrow::Cow;

use dlogs_record::Rejected;
use dlogs_record::json::BadObject;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::entry::{Line, put};
use super::labels::{Labels, parse};
use crate::ingest::document::Entries;
use crate::ingest::gather::Gather;
use crate::ingest::proto::{Broken, Field, Fields};
use crate::ingest::shapes::{Records, refuse};
use crate::ingest::{HEADER_MAX_BYTES, gather};
use crate::refusal::Refusal;

/// Takes the lines of a protobuf request.
pub(super) fn from_proto(request: &[u8], gather: &mut Gather) -> Result<(), Refusal> {
    let mut scratch = Vec::new();
    for field in Fields::of(request) {
        let (1, Field::Bytes(stream)) = field.map_err(broken)? else { continue };
        let mut labels = &[][..];
        for field in Fields::of(stream) {
            if let (1, Field::Bytes(text)) = field.map_err(broken)? {
                labels = text;
            }
        }
        check_length(labels.len())?;
        let text = String::from_utf8_lossy(labels);
        let labels = parse(&text).ok_or_else(|| bad_labels(&text))?;
        for field in Fields::of(stream) {
            let (2, Field::Bytes(entry)) = field.map_err(broken)? else { continue };
            if entry.len() > gather::RECORD_MAX_BYTES {
                put(gather, &labels, Err(gather::too_long(entry.len())), &mut scratch)?;
                continue;
            }
            let (time_ns, line, metadata) = entry_of(entry).map_err(broken)?;
            let text = String::from_utf8_lossy(line);
            let line = Line { time_ns, text: &text, metadata };
            put(gather, &labels, Ok(line), &mut scratch)?;
        }
    }
    Ok(())
}

fn entry_of(entry: &[u8]) -> Result<(Option<i64>, &[u8], Labels), Broken> {
    let (mut time_ns, mut line, mut metadata) = (None, &[][..], Labels::new());
    for field in Fields::of(entry) {
        match field? {
            (1, Field::Bytes(time)) => time_ns = Some(timestamp(time)?),
            (2, Field::Bytes(text)) => line = text,
            (3, Field::Bytes(pair)) => {
                let (mut name, mut value) = (String::new(), String::new());
                for field in Fields::of(pair) {
                    match field? {
                        (1, Field::Bytes(text)) => name = String::from_utf8_lossy(text).into(),
                        (2, Field::Bytes(text)) => value = String::from_utf8_lossy(text).into(),
                        _ => {}
                    }
                }
                metadata.push((name, value));
            }
            _ => {}
        }
    }
    Ok((time_ns, line, metadata))
}

/// `google.protobuf.Timestamp`.
fn timestamp(message: &[u8]) -> Result<i64, Broken> {
    let (mut seconds, mut nanos) = (0_i64, 0_i64);
    for field in Fields::of(message) {
        match field? {
            (1, Field::Varint(number)) => seconds = number as i64,
            (2, Field::Varint(number)) => nanos = number as i64,
            _ => {}
        }
    }
    Ok(seconds.saturating_mul(1_000_000_000).saturating_add(nanos))
}

/// Takes the lines of a JSON request.
pub(super) fn from_json(text: &str, gather: &mut Gather) -> Result<(), Refusal> {
    let request: Request<'_> = serde_json::from_str(text).map_err(refuse)?;
    let mut scratch = Vec::new();
    for text in request.streams.0 {
        let stream: Stream<'_> = serde_json::from_str(text).map_err(refuse)?;
        check_length(stream.stream.get().len())?;
        let labels = texts(stream.stream).map_err(|bad| Refusal::bad("labels", bad.sentence))?;
        for value in stream.values.0 {
            let read = match value.len() > gather::RECORD_MAX_BYTES {
                true => Err(gather::too_long(value.len())),
                false => value_of(value),
            };
            let line = read.as_ref().map(|(time_ns, text, metadata)| Line {
                time_ns: Some(*time_ns),
                text,
                metadata: metadata.clone(),
            });
            put(gather, &labels, line.map_err(Clone::clone), &mut scratch)?;
        }
    }
    Ok(())
}

/// `["<epoch, ns>", "<line>", {structured metadata}]`.
fn value_of(value: &str) -> Result<(i64, Cow<'_, str>, Labels), BadObject> {
    let malformed = |what: &str| BadObject {
        reason: Rejected::Malformed,
        sentence: format!("a value is [\"<epoch in ns>\", \"<line>\"]; {what}"),
    };
    let parts: Vec<&RawValue> =
        serde_json::from_str(value).map_err(|_| malformed("it is no list"))?;
    let (time, line, metadata) = match parts[..] {
        [time, line] => (time, line, None),
        [time, line, metadata] => (time, line, Some(metadata)),
        _ => return Err(malformed("it has neither two parts nor three")),
    };
    let time_ns = time.get().trim_matches('"').parse().map_err(|_| BadObject {
        reason: Rejected::Timestamp,
        sentence: "the time of a value is not an epoch in ns, as a text".into(),
    })?;
    let line: String =
        serde_json::from_str(line.get()).map_err(|_| malformed("its line is no text"))?;
    let metadata = metadata.map(texts).transpose()?.unwrap_or_default();
    Ok((time_ns, Cow::Owned(line), metadata))
}

/// The entries of an object of texts; other values as their JSON.
fn texts(object: &RawValue) -> Result<Labels, BadObject> {
    let text =
        |raw: &RawValue| serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().into());
    let entries = Entries::of(object.get())?.0;
    Ok(entries.into_iter().map(|(name, value)| (name, text(value))).collect())
}

fn check_length(bytes: usize) -> Result<(), Refusal> {
    match bytes as u64 > HEADER_MAX_BYTES {
        false => Ok(()),
        true => Err(Refusal::too_large(
            "labels",
            format!("A stream's labels are {bytes} bytes long; {HEADER_MAX_BYTES} are the limit."),
            HEADER_MAX_BYTES,
        )),
    }
}

fn bad_labels(text: &str) -> Refusal {
    let shown: String = text.chars().take(80).collect();
    Refusal::bad("labels", format!("{shown:?} are no labels, such as {{app=\"billing\"}}."))
}

fn broken(_: Broken) -> Refusal {
    Refusal::bad("protobuf", "The body is no PushRequest: its protobuf is cut or broken.")
}

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    streams: Records<'a>,
}

#[derive(Deserialize)]
struct Stream<'a> {
    #[serde(borrow)]
    stream: &'a RawValue,
    #[serde(borrow)]
    values: Records<'a>,
}

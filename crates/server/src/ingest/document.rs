//! A JSON object in other people's words (Elastic Common Schema, pino, Loki's labels) told in ours. Never drops a key.

use std::fmt;

use dlogs_record::json::{BadObject, Incoming};
use dlogs_record::{Level, Rejected, hosts, time};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::json::read;

/// Where a name belongs. The numbers are the places in [`Document::known`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Time,
    Level,
    Message,
    Service,
    Component,
    Environment,
    Host,
    Language,
    Logger,
    Thread,
    TraceId,
    SpanId,
    ErrorType,
    ErrorMessage,
    ErrorStack,
}

const PLACES: usize = Place::ErrorStack as usize + 1;

/// Our keys, in the order of [`Place`]; those of an error stand in its object.
const OURS: [&str; PLACES] = [
    "timestamp",
    "level",
    "message",
    "service",
    "component",
    "environment",
    "host",
    "language",
    "logger",
    "thread",
    "trace_id",
    "span_id",
    "type",
    "message",
    "stack",
];

/// What others call it. Of several names that a document has for the same, the first here counts.
const NAMES: &[(&str, Place)] = &[
    ("@timestamp", Place::Time),
    ("timestamp", Place::Time),
    ("time", Place::Time),
    ("ts", Place::Time),
    ("log.level", Place::Level),
    ("level", Place::Level),
    ("severity", Place::Level),
    ("severity_text", Place::Level),
    ("detected_level", Place::Level),
    ("lvl", Place::Level),
    ("message", Place::Message),
    ("msg", Place::Message),
    ("log", Place::Message),
    ("service.name", Place::Service),
    ("service_name", Place::Service),
    ("service", Place::Service),
    ("component", Place::Component),
    ("service.environment", Place::Environment),
    ("deployment.environment", Place::Environment),
    ("deployment_environment", Place::Environment),
    ("environment", Place::Environment),
    ("host.name", Place::Host),
    ("hostname", Place::Host),
    ("host", Place::Host),
    ("telemetry.sdk.language", Place::Language),
    ("telemetry_sdk_language", Place::Language),
    ("service.language.name", Place::Language),
    ("language", Place::Language),
    ("log.logger", Place::Logger),
    ("logger_name", Place::Logger),
    ("logger", Place::Logger),
    ("process.thread.name", Place::Thread),
    ("thread_name", Place::Thread),
    ("thread", Place::Thread),
    ("trace.id", Place::TraceId),
    ("trace_id", Place::TraceId),
    ("traceId", Place::TraceId),
    ("span.id", Place::SpanId),
    ("span_id", Place::SpanId),
    ("spanId", Place::SpanId),
    ("error.type", Place::ErrorType),
    ("err.type", Place::ErrorType),
    ("error.message", Place::ErrorMessage),
    ("err.message", Place::ErrorMessage),
    ("error", Place::ErrorMessage),
    ("err", Place::ErrorMessage),
    ("error.stack_trace", Place::ErrorStack),
    ("error.stack", Place::ErrorStack),
    ("err.stack", Place::ErrorStack),
    ("stack_trace", Place::ErrorStack),
];

/// Objects that hold names of the list above; what else is in them is metadata with dots in its key.
const PARENTS: &[&str] =
    &["log", "service", "host", "error", "err", "trace", "span", "process", "process.thread"];

/// What a name stood for: its rank, the name itself, the JSON of its value.
type Found = (usize, String, String);

/// The document, sorted by what is known of its keys.
#[derive(Default)]
pub(super) struct Document {
    /// Its time, where that is not a key of its own.
    time_ns: Option<i64>,
    known: [Option<Found>; PLACES],
    rest: Vec<(String, String)>,
}

impl Document {
    /// A document whose time stands beside it.
    pub(super) fn at(time_ns: Option<i64>) -> Self {
        Self { time_ns, ..Self::default() }
    }

    /// Puts a text where its name belongs.
    pub(super) fn put_text(&mut self, name: &str, text: &str) {
        self.put(name.to_owned(), serde_json::to_string(text).unwrap_or_default());
    }

    /// Keeps a text under this name, whatever the name means elsewhere.
    pub(super) fn keep(&mut self, name: &str, text: &str) {
        self.rest.push((name.to_owned(), serde_json::to_string(text).unwrap_or_default()));
    }

    /// Takes the entries of an object apart.
    pub(super) fn open(&mut self, entries: Entries<'_>) -> Result<(), BadObject> {
        self.open_below("", entries)
    }

    fn open_below(&mut self, above: &str, entries: Entries<'_>) -> Result<(), BadObject> {
        for (key, value) in entries.0 {
            let name = if above.is_empty() { key } else { format!("{above}.{key}") };
            let object = value.get().starts_with('{');
            if object && PARENTS.contains(&name.as_str()) {
                self.open_below(&name, Entries::of(value.get())?)?;
            } else if object && name == "metadata" {
                let inner = Entries::of(value.get())?.0;
                self.rest.extend(inner.into_iter().map(|(key, raw)| (key, raw.get().to_owned())));
            } else {
                self.put(name, value.get().to_owned());
            }
        }
        Ok(())
    }

    fn put(&mut self, name: String, json: String) {
        let rank = NAMES.iter().position(|(known, _)| *known == name);
        let fits = |&rank: &usize| {
            let place = NAMES[rank].1;
            let parses = match place {
                // Where the name alone says time, what is no time is the sender's mistake.
                Place::Time => self.time_ns.is_none() && (rank < 2 || when(&json).is_some()),
                Place::Level => level(&json).is_some(),
                _ => !json.starts_with(['{', '[']),
            };
            parses && json != "null"
        };
        let Some(rank) = rank.filter(fits) else {
            // The time that stands beside the document, told again in it, says nothing new.
            let told = rank.is_some_and(|rank| NAMES[rank].1 == Place::Time)
                && self.time_ns.is_some()
                && when(&json) == self.time_ns;
            if !told {
                self.rest.push((name, json));
            }
            return;
        };
        let place = &mut self.known[NAMES[rank].1 as usize];
        let better = place.as_ref().is_none_or(|(known, ..)| rank < *known);
        let loser = match better {
            true => place.replace((rank, name, json)),
            false => Some((rank, name, json)),
        };
        let Some((_, name, json)) = loser else { return };
        let winner = place.as_ref().and_then(|(.., winner)| level(winner));
        // Of two names of the same level one is enough.
        if NAMES[rank].1 != Place::Level || level(&json) != winner {
            self.rest.push((name, json));
        }
    }

    /// Writes the body of our record; its time, level and origin are returned.
    pub(super) fn write(mut self, out: &mut Vec<u8>) -> Result<Incoming, BadObject> {
        if let Some((.., json)) = self.known[Place::Time as usize].take() {
            self.time_ns = Some(when(&json).ok_or_else(|| bad_time(&json))?);
        }
        if let Some((.., json)) = &mut self.known[Place::Level as usize] {
            let level = level(json).unwrap_or(Level::Info);
            *json = format!("\"{level}\"");
        }
        let mut text = String::from("{");
        if let Some(time_ns) = self.time_ns {
            text += &format!("\"timestamp\":\"{}\",", time::to_rfc3339(time_ns));
        }
        let errors = Place::ErrorType as usize;
        let entries = |from: usize, to: usize| {
            let known = OURS[from..to].iter().zip(&self.known[from..to]);
            let known = known.filter_map(|(key, found)| {
                found.as_ref().map(|(.., json)| format!("\"{key}\":{json}"))
            });
            known.collect::<Vec<_>>().join(",")
        };
        let (head, error) = (entries(0, errors), entries(errors, PLACES));
        text += &head;
        text += if head.is_empty() { "" } else { "," };
        if !error.is_empty() {
            text += &format!("\"error\":{{{error}}},");
        }
        let rest = self.rest.iter().map(|(key, json)| {
            format!("{}:{json}", serde_json::to_string(key).unwrap_or_default())
        });
        text += &format!("\"metadata\":{{{}}}}}", rest.collect::<Vec<_>>().join(","));
        read(&text, out)
    }
}

/// The entries of a JSON object, values untouched.
pub(super) struct Entries<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'a> Entries<'a> {
    /// The entries of this text.
    pub(super) fn of(text: &'a str) -> Result<Self, BadObject> {
        serde_json::from_str(text).map_err(|error| BadObject {
            reason: Rejected::Malformed,
            sentence: format!("the record is not a JSON object: {error}"),
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Entries<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries<'de>, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// A level by name, by our number, or by pino's (and bunyan's) from 10.
fn level(json: &str) -> Option<Level> {
    let text = json.trim_matches('"');
    match text.parse::<i64>() {
        Ok(number @ 10..) => Some(Level::from_host(hosts::NODE_PINO, number)),
        _ => text.parse().ok(),
    }
}

/// A time with a zone, or without (then UTC), a date, or an epoch.
fn when(json: &str) -> Option<i64> {
    let text = json.trim_matches('"').trim();
    if let Ok(number) = text.parse() {
        return Some(time::from_epoch(number));
    }
    let spelled = [text.to_owned(), format!("{text}Z"), format!("{text}T00:00:00Z")];
    let found = spelled.iter().find_map(|text| time::from_rfc3339(text));
    found.or_else(|| time::from_epoch_f64(text.parse().ok()?))
}

fn bad_time(json: &str) -> BadObject {
    let shown: String = json.chars().take(40).collect();
    BadObject {
        reason: Rejected::Timestamp,
        sentence: format!(
            "{shown} is no time; use RFC 3339, such as 2026-11-22T16:46:40.5Z, or an epoch"
        ),
    }
}

#[cfg(test)]
mod tests;

//! Who this client is: the `client` block of spec/wire.md, but for what changes. It is the journal's label as well.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::clock::wall_ns;
use crate::options::Options;

/// What a segment's header has room for.
const LABEL_MAX_BYTES: usize = 2048;

/// The unchanging part of the client block.
#[derive(Debug, Clone)]
pub(crate) struct Card(Map<String, Value>);

impl Card {
    pub(crate) fn of_this_process(options: &Options) -> Card {
        let mut card = Map::new();
        let mut put = |key: &str, value: Value| {
            if value != "" {
                card.insert(key.to_owned(), value);
            }
        };
        put("language", options.sdk.language.as_str().into());
        put("sdk_version", options.sdk.version.as_str().into());
        put("runtime_version", options.sdk.runtime.as_str().into());
        put("service", options.service_name.as_str().into());
        put("component", options.component_name.as_str().into());
        put("environment", options.environment.as_str().into());
        put("host", host().into());
        put("pid", std::process::id().into());
        put("started_at", dlogs_record::time::to_rfc3339(wall_ns()).into());
        if !options.metadata.is_empty() {
            put("metadata", Value::Object(options.metadata.clone()));
        }
        Card(card)
    }

    /// Reads a label, whoever wrote it.
    pub(crate) fn read(label: &[u8]) -> Card {
        match serde_json::from_slice(label) {
            Ok(Value::Object(card)) => Card(card),
            _ => Card(Map::new()),
        }
    }

    /// The journal's label. Every part is bounded (spec/options.toml), but escapes can make JSON longer: then it goes
    /// without the metadata, which is better than without a journal.
    pub(crate) fn label(&self) -> Vec<u8> {
        let whole = serde_json::to_vec(&self.0).unwrap_or_default();
        if whole.len() <= LABEL_MAX_BYTES {
            return whole;
        }
        let mut card = self.0.clone();
        card.remove("metadata");
        let short = serde_json::to_vec(&card).unwrap_or_default();
        if short.len() <= LABEL_MAX_BYTES { short } else { Vec::new() }
    }

    /// With what changes: one object for the wire.
    pub(crate) fn with(&self, changing: &[(&str, Value)]) -> Value {
        let mut card = self.0.clone();
        for (key, value) in changing {
            card.insert((*key).to_owned(), value.clone());
        }
        Value::Object(card)
    }

    /// Of a stream that somebody else ships now. Refusals outlive their process in the journal; the rest died with it.
    pub(crate) fn adopted_by(
        &self,
        stream: &str,
        refused: &BTreeMap<&str, u64>,
        waiting: u64,
    ) -> Value {
        let statistics = json!({"refused": refused, "waiting": waiting});
        self.with(&[("adopted_by", json!(stream)), ("statistics", statistics)])
    }
}

fn host() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    name.chars().take(64).collect()
}

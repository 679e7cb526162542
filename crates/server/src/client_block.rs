//! Who wrote a batch: the `client` object of spec/wire.md, without its counters.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// The `client` block. Every key is optional on the wire; absent strings are empty here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientBlock {
    /// `python`, `java`, `node`, `dotnet`, `go`, `rust`, or `http` for plain JSON.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Version of the client library.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub sdk_version: String,
    /// Version of the language's runtime.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub runtime_version: String,
    /// The service's name.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// The part of the service.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub component: String,
    /// Such as `production`.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub environment: String,
    /// Host name.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub host: String,
    /// Process id, when told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pid: Option<u64>,
    /// When the process started, RFC 3339.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub started_at: String,
    /// A name of spec/states.toml.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// `batching` or `sending`.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub activity: String,
    /// Metadata of every record of the batch; a record's own key wins.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// The adopter's stream, when another process ships the journal of one that died.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "String::is_empty")]
    pub adopted_by: String,
}

/// Clients may spell an absent value as `null`.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

//! A resource's attributes as a client block: who logged. What has no place there is metadata of each record.

use super::value::{Pair, Value};
use crate::client_block::ClientBlock;

/// The block of a resource.
pub(super) fn block(attributes: &[Pair<'_>]) -> ClientBlock {
    let mut block = ClientBlock::default();
    for (key, value) in attributes {
        let text = || String::from_utf8_lossy(&value.text()).into_owned();
        let name = String::from_utf8_lossy(key);
        match &*name {
            "service.name" => block.service = text(),
            "service.namespace" => block.component = text(),
            "deployment.environment.name" | "deployment.environment" => block.environment = text(),
            "host.name" => block.host = text(),
            "telemetry.sdk.language" => block.language = language(&text()),
            "process.pid" => block.pid = pid(value),
            other => {
                match other {
                    // Rows do not show these two, so that they are metadata as well.
                    "telemetry.sdk.version" => block.sdk_version = text(),
                    "process.runtime.version" => block.runtime_version = text(),
                    _ => {}
                }
                block.metadata.insert(name.into_owned(), value.json());
            }
        }
    }
    block
}

fn pid(value: &Value<'_>) -> Option<u64> {
    match value {
        Value::Int(pid) => u64::try_from(*pid).ok(),
        Value::Str(text) => std::str::from_utf8(text).ok()?.parse().ok(),
        _ => None,
    }
}

/// OpenTelemetry's word for a language in ours; a language that we do not know keeps its word.
fn language(name: &str) -> String {
    match name {
        "nodejs" => "node".into(),
        other => other.into(),
    }
}

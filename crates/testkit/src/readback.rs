//! What a real server has stored, read page by page through its query API. It trusts nothing that a client says.

use std::collections::HashMap;

use serde_json::Value;

/// A stored record: its message, and where it stands in its stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The message.
    pub message: String,
    /// The stream's name.
    pub stream: String,
    /// The sequence number.
    pub seq: u64,
}

/// All records of a service, newest first.
pub fn all(base: &str, service: &str) -> Result<Vec<Kept>, String> {
    let mut kept = Vec::new();
    let mut cursor = String::new();
    loop {
        let mut url = format!("{base}/api/logs?service={service}&limit=1000");
        if !cursor.is_empty() {
            url += &format!("&cursor={}", escaped(&cursor));
        }
        let page = get(&url)?;
        if page["partial"] == true {
            return Err(format!("the server answered only in part: {url}"));
        }
        for row in page["rows"].as_array().into_iter().flatten() {
            kept.push(Kept {
                message: row["message"].as_str().unwrap_or_default().to_owned(),
                stream: row["stream"].as_str().unwrap_or_default().to_owned(),
                seq: row["seq"].as_u64().unwrap_or_default(),
            });
        }
        match page["cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return Ok(kept),
        }
    }
}

/// How often each message is stored.
pub fn counted(kept: &[Kept]) -> HashMap<&str, u64> {
    let mut counts = HashMap::new();
    for record in kept {
        *counts.entry(record.message.as_str()).or_default() += 1;
    }
    counts
}

/// A JSON answer of the server.
pub fn get(url: &str) -> Result<Value, String> {
    let told = |error: &dyn std::fmt::Display| format!("GET {url}: {error}");
    let mut answer = ureq::get(url).call().map_err(|error| told(&error))?;
    let body = answer.body_mut().with_config().limit(1 << 30).read_to_vec();
    serde_json::from_slice(&body.map_err(|error| told(&error))?).map_err(|error| told(&error))
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let byte = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(byte).collect()
}

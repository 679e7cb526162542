//! The script of a server: what it answers to which request. It decides, and touches no socket.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::pattern;

/// One entry of a script; the keys are explained in spec/cases/README.md.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reply {
    /// A pattern for the request; such an entry stays unless `times` is given.
    pub when: Option<Value>,
    /// How many requests it answers.
    pub times: Option<u64>,
    /// Stores and acknowledges: all, or as the object says.
    pub ack: Option<Value>,
    /// Any other answer's status.
    pub status: Option<u16>,
    /// Its headers.
    pub headers: BTreeMap<String, String>,
    /// Its body: a string as it is, anything else as JSON.
    pub body: Option<Value>,
    /// The reason in our own error body.
    pub reason: Option<String>,
    /// The limit in our own error body.
    pub limit: Option<u64>,
    /// A pause before the answer.
    pub delay_ms: u64,
    /// How the connection breaks.
    pub drop: Option<Drop>,
    /// Never answers.
    pub hang: bool,
    /// Pause before every byte of the answer.
    pub trickle_ms: Option<u64>,
}

/// Where a connection breaks.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Drop {
    /// Before the body was read.
    Unread,
    /// After the body was read; nothing is stored.
    Read,
    /// After storing: the answer is lost.
    Stored,
    /// After storing and sending half of the answer.
    Half,
    /// As `Read`, with RST instead of FIN.
    Reset,
}

impl Reply {
    /// The plain acknowledgement.
    pub fn acknowledge() -> Self {
        Self { ack: Some(true.into()), ..Self::default() }
    }

    /// True when this entry stores records.
    pub fn stores(&self) -> bool {
        let merges = self.ack.as_ref().is_some_and(|ack| ack.get("body").is_some());
        self.status.is_none()
            && !self.hang
            && !merges
            && !matches!(self.drop, Some(Drop::Unread | Drop::Read | Drop::Reset))
    }

    /// The highest sequence number that is acknowledged, of a batch that ends with `last_seq`.
    pub fn through(&self, last_seq: u64) -> u64 {
        self.ack.as_ref().and_then(|ack| ack["through"].as_u64()).unwrap_or(last_seq)
    }

    /// Sequence numbers that the server says it will never keep.
    pub fn rejected(&self) -> Vec<u64> {
        let list = self.ack.as_ref().and_then(|ack| ack["rejected"].as_array().cloned());
        list.unwrap_or_default().iter().filter_map(Value::as_u64).collect()
    }

    /// Status, headers and body of the answer to a batch.
    pub fn answer(&self, first_seq: u64, last_seq: u64) -> (u16, Vec<(String, String)>, Vec<u8>) {
        let headers: Vec<_> = self.headers.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        let Some(status) = self.status else {
            let body = self.acknowledgement(first_seq, last_seq).to_string().into_bytes();
            return (200, with_json(headers), body);
        };
        match (&self.body, &self.reason) {
            (Some(Value::String(text)), _) => (status, headers, text.clone().into_bytes()),
            (Some(body), _) => (status, with_json(headers), body.to_string().into_bytes()),
            (None, Some(reason)) => {
                let mut body =
                    json!({"dlogs": 1, "error": "As the script says.", "reason": reason});
                if let Some(limit) = self.limit {
                    body["limit"] = limit.into();
                }
                (status, with_json(headers), body.to_string().into_bytes())
            }
            (None, None) => (status, headers, Vec::new()),
        }
    }

    fn acknowledgement(&self, first_seq: u64, last_seq: u64) -> Value {
        let reason = self.ack.as_ref().and_then(|ack| ack["reason"].as_str()).unwrap_or("too_old");
        let rejected = self.rejected();
        let through = self.through(last_seq);
        let covered = (through + 1).saturating_sub(first_seq);
        let listed: Vec<_> = rejected.iter().map(|s| json!({"seq": s, "reason": reason})).collect();
        let mut body = json!({
            "dlogs": 1, "accepted": covered.saturating_sub(rejected.len() as u64), "rejected": listed,
            "acked_through": through, "durability": "disk",
        });
        let merged = self.ack.as_ref().and_then(|ack| ack["body"].as_object());
        for (key, value) in merged.into_iter().flatten() {
            body[key] = value.clone();
        }
        body
    }
}

fn with_json(mut headers: Vec<(String, String)>) -> Vec<(String, String)> {
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    headers
}

/// Takes the reply for a request out of the script: the first entry that fits; none means acknowledge.
pub fn choose(script: &mut Vec<Reply>, request: &Value) -> Reply {
    let carries_records = request["count"].as_u64() > Some(0);
    let fits = |reply: &Reply| match &reply.when {
        Some(when) => pattern::matches(when, request),
        None => carries_records,
    };
    let Some(place) = script.iter().position(fits) else { return Reply::acknowledge() };
    let chosen = script[place].clone();
    let times = chosen.times.or(chosen.when.is_none().then_some(1));
    match times {
        Some(0 | 1) => drop(script.remove(place)),
        Some(n) => script[place].times = Some(n - 1),
        None => {}
    }
    chosen
}

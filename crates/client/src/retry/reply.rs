//! What came back for a request: an answer, or the way in which none came.

use serde::Deserialize;

/// The outcome of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An answer with a status.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The body, where it is ours (JSON with `"dlogs": 1`).
        ours: Option<OurAnswer>,
        /// `Retry-After`, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// No answer, and why.
    None(Broken, String),
}

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// No connection: refused, unreachable, no such host.
    Connect,
    /// The time for the request was over.
    Timeout,
    /// The connection broke, or what came was not HTTP.
    Reset,
    /// The secure connection could not be made.
    Tls,
}

/// The JSON of spec/wire.md, success and error in one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct OurAnswer {
    dlogs: u64,
    /// The client may release through this sequence number.
    pub acked_through: Option<u64>,
    /// Records that the server will never keep.
    pub rejected: Vec<Rejected>,
    /// The reason of an error, one word.
    pub reason: String,
    /// The sentence of an error.
    pub error: String,
}

/// A record that the server will never keep.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Rejected {
    /// Its sequence number.
    pub seq: u64,
    /// The server's reason, one word.
    pub reason: String,
}

impl OurAnswer {
    /// Reads a body. `None` where it is not ours: a proxy's page, a captive portal's 200.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<OurAnswer> {
        let answer: OurAnswer = serde_json::from_slice(body).ok()?;
        (answer.dlogs == 1).then_some(answer)
    }
}

impl Reply {
    /// One line for `last_error`: what happened, in words that name the cause.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Reply::None(_, what) => what.clone(),
            Reply::Answer { status, ours: Some(ours), .. } if !ours.error.is_empty() => {
                let error: String = ours.error.chars().take(200).collect();
                format!("{status} {}: {error}", ours.reason)
            }
            Reply::Answer { status, ours: Some(ours), .. } if !ours.reason.is_empty() => {
                format!("{status} {}", ours.reason)
            }
            Reply::Answer { status, ours: Some(_), .. } => format!("{status}"),
            Reply::Answer { status: status @ 300..=399, ours: None, .. } => {
                format!("{status}: a redirect, which is never followed; correct `endpoint`")
            }
            Reply::Answer { status, ours: None, .. } => {
                format!("{status}, and the answer is not a dlogs server's; check `endpoint`")
            }
        }
    }

    /// The status, where an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Reply::Answer { status, .. } => Some(*status),
            Reply::None(..) => None,
        }
    }
}

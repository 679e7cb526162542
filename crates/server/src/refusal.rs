//! Every answer that is not a yes: a status, a word for machines, a sentence that says how to mend it.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::queue::QueueTrouble;
use crate::rejects::{Author, Subject};

/// An error answer of spec/wire.md.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// A word of spec/wire.md.
    pub reason: &'static str,
    /// What is wrong and how to mend it.
    pub error: String,
    /// The limit that was exceeded.
    pub limit: Option<u64>,
    /// The parameter that is wrong.
    pub parameter: Option<&'static str>,
    /// Where in the parameter, characters from 0.
    pub position: Option<usize>,
    /// When to try again, seconds.
    pub retry_after_s: Option<u32>,
    /// What was refused, for people who look for it; not in the answer.
    pub(crate) subject: Option<Box<Subject>>,
}

/// A refusal as the guard finds it in its answer.
#[derive(Debug, Clone)]
pub(crate) struct Refused(pub(crate) Box<Refusal>);

impl Refusal {
    /// A refusal with this status.
    pub fn new(status: StatusCode, reason: &'static str, error: impl Into<String>) -> Self {
        let error = error.into();
        let (limit, parameter, position, retry_after_s) = (None, None, None, None);
        Self { status, reason, error, limit, parameter, position, retry_after_s, subject: None }
    }

    /// 400.
    pub fn bad(reason: &'static str, error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, reason, error)
    }

    /// 413, with the limit.
    pub fn too_large(reason: &'static str, error: impl Into<String>, limit: u64) -> Self {
        let refusal = Self::new(StatusCode::PAYLOAD_TOO_LARGE, reason, error);
        Self { limit: Some(limit), ..refusal }
    }

    /// 429: come back in a second.
    pub fn busy(error: impl Into<String>) -> Self {
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, "busy", error);
        Self { retry_after_s: Some(1), ..refusal }
    }

    /// 503: nothing is lost, repeat it later.
    pub fn unavailable(reason: &'static str, error: impl Into<String>, retry_after_s: u32) -> Self {
        let refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, reason, error);
        Self { retry_after_s: Some(retry_after_s), ..refusal }
    }

    /// The queue does not take a batch now.
    pub(crate) fn of(trouble: &QueueTrouble) -> Self {
        let retry_after_s = match trouble {
            QueueTrouble::DiskFull => 30,
            QueueTrouble::Disk(_) => 5,
            QueueTrouble::Stopping => 1,
        };
        Self::unavailable(trouble.reason(), trouble.to_string(), retry_after_s)
    }

    /// The same about these bytes, unless it is about others already.
    pub(crate) fn about(mut self, bytes: &[u8]) -> Self {
        let subject = || Box::new(Subject::of(bytes, Author::default()));
        self.subject.get_or_insert_with(subject);
        self
    }

    /// The same about this record.
    pub(crate) fn about_record(self, subject: Subject) -> Self {
        Self { subject: Some(Box::new(subject)), ..self }
    }

    /// What the answer says.
    pub(crate) fn body(&self) -> serde_json::Value {
        let mut body = json!({"dlogs": 1, "error": self.error, "reason": self.reason});
        if let Some(limit) = self.limit {
            body["limit"] = limit.into();
        }
        if let Some(parameter) = self.parameter {
            body["parameter"] = parameter.into();
        }
        if let Some(position) = self.position {
            body["position"] = position.into();
        }
        body
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(Refused(Box::new(self)));
        response
    }
}

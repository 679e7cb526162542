//! What an OTLP sender expects to hear: nothing, a partial success, or a `google.rpc.Status`, in its own encoding.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::ingest::proto::{put_bytes, put_number};
use crate::refusal::Refusal;

/// How the sender writes, and reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Protobuf,
    Json,
}

/// All is on disk but `rejected` records; `why` is the first one's sentence.
pub(super) fn success(form: Form, rejected: u64, why: &str) -> Response {
    let body = match form {
        Form::Protobuf if rejected == 0 => Vec::new(),
        Form::Protobuf => {
            let (mut partial, mut body) = (Vec::new(), Vec::new());
            put_number(&mut partial, 1, rejected);
            put_bytes(&mut partial, 2, why.as_bytes());
            put_bytes(&mut body, 1, &partial);
            body
        }
        Form::Json if rejected == 0 => b"{}".to_vec(),
        // 64-bit integers are texts in OTLP's JSON.
        Form::Json => json!({"partialSuccess": {"rejectedLogRecords": rejected.to_string(), "errorMessage": why}})
            .to_string()
            .into_bytes(),
    };
    typed(form, Response::new(Body::from(body)))
}

/// A refusal in the sender's encoding; status, `Retry-After` and words are those of every other route.
pub(super) fn failure(form: Form, refusal: Refusal) -> Response {
    let code = code(refusal.status);
    let status = match form {
        Form::Protobuf => {
            let mut status = Vec::new();
            put_number(&mut status, 1, code);
            put_bytes(&mut status, 2, format!("{}: {}", refusal.reason, refusal.error).as_bytes());
            status
        }
        Form::Json => {
            let mut status = refusal.body();
            status["code"] = code.into();
            status["message"] = refusal.error.clone().into();
            status.to_string().into_bytes()
        }
    };
    let mut response = refusal.into_response();
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(status);
    typed(form, response)
}

fn typed(form: Form, mut response: Response) -> Response {
    let kind = match form {
        Form::Protobuf => "application/x-protobuf",
        Form::Json => "application/json",
    };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// gRPC's number for an HTTP status, as the OTLP specification maps them.
fn code(status: StatusCode) -> u64 {
    match status {
        StatusCode::UNAUTHORIZED => 16,
        StatusCode::FORBIDDEN => 7,
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::TOO_MANY_REQUESTS => 8,
        StatusCode::REQUEST_TIMEOUT => 4,
        StatusCode::SERVICE_UNAVAILABLE => 14,
        _ => 3,
    }
}

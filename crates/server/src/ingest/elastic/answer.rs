//! Answers in the words of Elasticsearch, which its clients check.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::refusal::Refusal;

/// Without it the official clients refuse to talk to a server.
const PRODUCT: HeaderName = HeaderName::from_static("x-elastic-product");

/// A JSON answer of the type that the client named in `Accept`.
pub(super) fn answer(asked: &HeaderMap, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    mark(asked, &mut response);
    response
}

/// A refusal: our words in Elasticsearch's places, for its clients show `error.type` and `error.reason`.
pub(super) fn failure(asked: &HeaderMap, refusal: Refusal) -> Response {
    let cause = json!({"type": refusal.reason, "reason": refusal.error});
    let mut body = refusal.body();
    body["status"] = refusal.status.as_u16().into();
    body["error"] = json!({"type": refusal.reason, "reason": refusal.error, "root_cause": [cause]});
    let mut response = refusal.into_response();
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(body.to_string());
    mark(asked, &mut response);
    response
}

fn mark(asked: &HeaderMap, response: &mut Response) {
    let accepted = asked.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("");
    let kind = match accepted.split("compatible-with=").nth(1).map(str::trim_start) {
        Some(rest) if rest.starts_with('9') => {
            "application/vnd.elasticsearch+json;compatible-with=9"
        }
        Some(rest) if rest.starts_with('8') => {
            "application/vnd.elasticsearch+json;compatible-with=8"
        }
        _ => "application/json",
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(PRODUCT, HeaderValue::from_static("Elasticsearch"));
}

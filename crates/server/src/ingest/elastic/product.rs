//! `GET /` and `HEAD /`: what Elasticsearch's clients ask first. Browsers get the page there.

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde_json::json;

use super::answer::answer;
use crate::page;

/// The version whose `_bulk` is spoken here.
const SPOKEN: &str = "8.19.0";

pub(crate) async fn root(request: Request) -> Response {
    let headers = request.headers();
    if !asks_for_product(headers) {
        return page::answer(request).await;
    }
    let body = json!({
        "name": "dlogs",
        "cluster_name": "dlogs",
        "cluster_uuid": "dlogs",
        "version": {
            "number": SPOKEN,
            "build_flavor": "default",
            "build_type": "dlogs",
            "build_hash": "unknown",
            "build_date": "1970-01-01T00:00:00.000Z",
            "build_snapshot": false,
            "lucene_version": "9.12.0",
            "minimum_wire_compatibility_version": "7.17.0",
            "minimum_index_compatibility_version": "7.0.0"
        },
        "tagline": "You Know, for Search"
    });
    answer(headers, &body)
}

/// Clients name JSON, or themselves; browsers name HTML, and curl nothing.
fn asks_for_product(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| {
        let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        value.to_ascii_lowercase()
    };
    headers.contains_key("x-elastic-client-meta")
        || text(header::ACCEPT).contains("json")
        || text(header::USER_AGENT).starts_with("elastic")
}

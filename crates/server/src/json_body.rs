//! The body of a wish from the page or from curl: JSON that says so. Batches have their own, in `ingest`.

use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::refusal::Refusal;

/// JSON with a content type that a foreign page cannot send without asking first.
pub(crate) fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_none_or(|kind| !kind.trim().to_ascii_lowercase().starts_with("application/json")) {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content_type",
            "Send Content-Type: application/json.",
        ));
    }
    serde_json::from_slice(body).map_err(|error| Refusal::bad("json", format!("{error}.")))
}

//! Reads a request's body: within its limit, its time and the common budget.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::BytesMut;
use http_body_util::BodyExt;

use super::WIRE_MAX_BYTES;
use super::budget::Share;
use crate::batch::Encoding;
use crate::refusal::Refusal;

/// What kind of batch it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentType {
    Native,
    Json,
    Ndjson,
}

/// The `Content-Type` as it came; empty where there is none.
fn type_text(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap_or("?"))
}

/// The `Content-Type` without its parameters, in lower case.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    type_text(headers).split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Refuses the `Content-Type` and says what to `send`.
pub(super) fn wrong_type(headers: &HeaderMap, send: &str) -> Refusal {
    let text = type_text(headers);
    unsupported("content_type", format!("Content-Type {text:?} is not understood; send {send}."))
}

/// The body as text.
pub(super) fn utf8(decoded: &[u8]) -> Result<&str, Refusal> {
    std::str::from_utf8(decoded).map_err(|error| {
        Refusal::bad("utf8", format!("The body is not UTF-8: {error}; encode it as UTF-8."))
    })
}

pub(super) fn content_type(headers: &HeaderMap) -> Result<ContentType, Refusal> {
    let mut parts = type_text(headers).split(';').map(|part| part.trim().to_ascii_lowercase());
    let kind = match parts.next().unwrap_or_default().as_str() {
        "application/vnd.dlogs.batch" => ContentType::Native,
        "application/json" => ContentType::Json,
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" => ContentType::Ndjson,
        _ => {
            let send = "application/json, application/x-ndjson or application/vnd.dlogs.batch";
            return Err(wrong_type(headers, send));
        }
    };
    let charset =
        parts.find_map(|part| Some(part.strip_prefix("charset=")?.trim_matches('"').to_owned()));
    match charset.as_deref() {
        None | Some("utf-8" | "utf8") => Ok(kind),
        Some(other) => Err(unsupported(
            "content_type",
            format!("The charset {other:?} is not understood; send UTF-8."),
        )),
    }
}

pub(super) fn encoding(headers: &HeaderMap) -> Result<Encoding, Refusal> {
    let mut all = headers.get_all(header::CONTENT_ENCODING).iter();
    let text = all.next().map_or("", |text| text.to_str().unwrap_or("?"));
    let known = match text.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Some(Encoding::Identity),
        "zstd" => Some(Encoding::Zstd),
        "gzip" | "x-gzip" => Some(Encoding::Gzip),
        _ => None,
    };
    known.filter(|_| all.next().is_none()).ok_or_else(|| {
        unsupported(
            "content_encoding",
            format!(
                "Content-Encoding {text:?} is not understood; send one of zstd, gzip, identity."
            ),
        )
    })
}

fn unsupported(reason: &'static str, error: String) -> Refusal {
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, reason, error)
}

fn too_large() -> Refusal {
    Refusal::too_large(
        "body_too_large",
        format!("The request is longer than {WIRE_MAX_BYTES} bytes; send smaller batches."),
        WIRE_MAX_BYTES,
    )
}

/// Refuses before a byte is read what says itself that it is too long.
pub(super) fn check_length(headers: &HeaderMap) -> Result<(), Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let length: Option<u64> = length.and_then(|text| text.parse().ok());
    if length.is_some_and(|length| length > WIRE_MAX_BYTES) { Err(too_large()) } else { Ok(()) }
}

/// The whole body, as it came.
pub(super) async fn read(
    body: Body,
    share: &mut Share,
    timeout: Duration,
) -> Result<Bytes, Refusal> {
    tokio::time::timeout(timeout, read_all(body, share)).await.unwrap_or_else(|_| {
        Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            "timeout",
            format!("The body did not arrive within {} s.", timeout.as_secs()),
        ))
    })
}

async fn read_all(mut body: Body, share: &mut Share) -> Result<Bytes, Refusal> {
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            Refusal::bad("body", format!("The body broke off ({error}); send it again."))
        })?;
        let Ok(data) = frame.into_data() else { continue };
        if (first.len() + whole.len() + data.len()) as u64 > WIRE_MAX_BYTES {
            return Err(too_large());
        }
        if !share.grow(data.len() as u64) {
            return Err(Refusal::busy("The server holds as many bytes as it may; try again soon."));
        }
        if first.is_empty() && whole.is_empty() {
            // Most bodies come in one piece, which need not be copied.
            first = data;
            continue;
        }
        if whole.is_empty() {
            whole.extend_from_slice(&std::mem::take(&mut first));
        }
        whole.extend_from_slice(&data);
    }
    // What is kept for hours must not hold the connection's buffer, nor much room of its own.
    let spare = whole.capacity() > whole.len() / 4 * 5;
    Ok(match whole.is_empty() {
        true => Bytes::copy_from_slice(&first),
        false if spare => Bytes::copy_from_slice(&whole),
        false => whole.freeze(),
    })
}

//! `POST /api/logs`: from the request to the answer, which goes out only after the disk has it.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::json;

use super::body::{self, ContentType};
use super::intake::{self, Ready, Taken};
use super::recent::Hold;
use super::{Edge, Said, Told};
use super::{json, native, shapes};
use crate::app::App;
use crate::auth::Caller;
use crate::batch::Encoding;
use crate::refusal::Refusal;
use crate::stream::Outcome;

const IDEMPOTENCY_KEY: &str = "idempotency-key";
const IDEMPOTENCY_KEY_MAX_BYTES: usize = 128;

/// How the answer names records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By `seq`, with `acked_through`.
    Native,
    /// By `index`, from 0.
    Json,
}

pub(crate) async fn ingest(
    State(app): State<Arc<App>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    app.admits_batches()?;
    let (parts, body) = request.into_parts();
    let headers = &parts.headers;
    let kind = body::content_type(headers)?;
    let encoding = body::encoding(headers)?;
    let said = Said { key: idempotency_key(headers)?, key_id: caller.key_id };
    let format = move |edge: Edge, hold: Hold, packed: Bytes, decoded: Bytes| {
        prepare(edge, hold, kind, encoding, &said, packed, &decoded)
    };
    let taken = intake::take(&app, headers, encoding, body, format).await?;
    if taken.outcome.conflict {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key",
            "This Idempotency-Key has named another batch within 24 hours; use a new one.",
        ));
    }
    let Taken { outcome, durable, first_seq, last_seq, told, extra: form, .. } = taken;
    let acked_through = if durable { last_seq } else { first_seq - 1 };
    Ok(answer(form, &outcome, acked_through, &told))
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let text = key.to_str().unwrap_or_default();
    let fits = (1..=IDEMPOTENCY_KEY_MAX_BYTES).contains(&text.len());
    if !fits || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Refusal::bad(
            "idempotency_key",
            format!(
                "The Idempotency-Key is not 1 to {IDEMPOTENCY_KEY_MAX_BYTES} visible ASCII characters."
            ),
        ));
    }
    Ok(Some(text.to_owned()))
}

fn prepare(
    edge: Edge,
    hold: Hold,
    kind: ContentType,
    encoding: Encoding,
    said: &Said,
    packed: Bytes,
    decoded: &Bytes,
) -> Result<Ready<Form>, Refusal> {
    if kind == ContentType::Native {
        let prepared = native::prepare(edge, encoding, packed, decoded)?;
        return Ok(Ready { prepared, hold, repeated: false, extra: Form::Native });
    }
    let text = body::utf8(decoded)?;
    let shape = match kind {
        ContentType::Ndjson => shapes::ndjson(text)?,
        _ => shapes::json(text)?,
    };
    let ready = json::prepare(edge, said, &shape, decoded, hold)?;
    Ok(Ready {
        prepared: ready.prepared,
        hold: ready.hold,
        repeated: ready.repeated,
        extra: Form::Json,
    })
}

fn answer(form: Form, outcome: &Outcome, acked_through: u64, told: &[Told]) -> Response {
    let rejected: Vec<_> = outcome
        .rejected
        .iter()
        .map(|(seq, reason)| {
            let reason = reason.0.as_str();
            let sentence = told.iter().find(|told| told.seq == *seq).map(|told| &told.sentence);
            match (form, sentence) {
                (Form::Native, _) => json!({"seq": seq, "reason": reason}),
                (Form::Json, None) => json!({"index": seq - 1, "reason": reason}),
                (Form::Json, Some(error)) => {
                    json!({"index": seq - 1, "reason": reason, "error": error})
                }
            }
        })
        .collect();
    let mut body = json!({
        "dlogs": 1, "accepted": outcome.accepted, "rejected": rejected, "durability": "disk"
    });
    if form == Form::Native {
        body["acked_through"] = acked_through.into();
    }
    let mut response = Response::new(Body::from(body.to_string()));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

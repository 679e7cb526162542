//! `POST /api/logs`: from the request to the answer, which goes out only after the disk has it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::body::{self, ContentType};
use super::{DECODED_MAX_BYTES, Edge, Form, Prepared};
use super::{json, native, shapes};
use crate::app::App;
use crate::auth::Caller;
use crate::batch::Encoding;
use crate::pack::{UnpackError, unpack_limited};
use crate::refusal::Refusal;
use crate::stream::Outcome;

const IDEMPOTENCY_KEY: &str = "idempotency-key";
const IDEMPOTENCY_KEY_MAX_BYTES: usize = 128;
/// Below this length unpacking and checking takes less time than handing it to another thread.
const INLINE_MAX_BYTES: usize = 64 << 10;

/// What the headers say.
struct Said {
    kind: ContentType,
    encoding: Encoding,
    key: Option<String>,
    key_id: String,
}

pub(crate) async fn ingest(
    State(app): State<Arc<App>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers();
    app.admits_batches()?;
    let said = Said {
        kind: body::content_type(headers)?,
        encoding: body::encoding(headers)?,
        key: idempotency_key(headers)?,
        key_id: caller.key_id,
    };
    body::check_length(headers)?;
    let mut share = app.budget.share();
    let timeout = Duration::from_millis(app.config.body_timeout_ms);
    let packed = body::read(request.into_body(), &mut share, timeout).await?;
    let edge = Edge {
        received_ns: app.now_ns(),
        max_age_ms: app.config.max_age_ms,
        max_ahead_ms: app.config.max_ahead_ms,
    };
    let prepared = match packed.len() <= INLINE_MAX_BYTES {
        true => prepare(edge, &said, packed)?,
        false => {
            // Few at a time: each may unpack to 64 MiB.
            let slot = app.unpack_slots.clone().acquire_owned().await;
            let slot =
                slot.map_err(|_| Refusal::unavailable("stopping", "The server is stopping.", 1))?;
            let task = tokio::task::spawn_blocking(move || {
                let _slot = slot;
                prepare(edge, &said, packed)
            });
            task.await.map_err(|_| Refusal::bad("body", "The batch could not be read."))??
        }
    };
    let form = prepared.form;
    let (first_seq, last_seq) = (prepared.entry.head.first_seq, prepared.entry.head.claim.last_seq);
    let sentences = prepared.sentences.clone();
    let durable = prepared.durable;
    let outcome = match durable || app.is_troubled() {
        true => app.store(prepared, share).await?,
        false => {
            app.hear(prepared, 0).await?;
            drop(share);
            Outcome::default()
        }
    };
    if outcome.conflict {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key",
            "This Idempotency-Key has named another batch within 24 hours; use a new one.",
        ));
    }
    let acked_through = if durable { last_seq } else { first_seq - 1 };
    Ok(answer(form, &outcome, acked_through, &sentences))
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

fn prepare(edge: Edge, said: &Said, packed: Bytes) -> Result<Prepared, Refusal> {
    let decoded = unpack_limited(said.encoding, &packed, DECODED_MAX_BYTES as usize)
        .map_err(|error| refuse_packed(said.encoding, error))?;
    if said.kind == ContentType::Native {
        return native::prepare(edge, said.encoding, packed, &decoded);
    }
    let name = json::Name::of(&said.key_id, said.key.as_deref(), &decoded)?;
    let text = std::str::from_utf8(&decoded).map_err(|error| {
        Refusal::bad("utf8", format!("The body is not UTF-8: {error}; encode it as UTF-8."))
    })?;
    let shape = match said.kind {
        ContentType::Ndjson => shapes::ndjson(text)?,
        _ => shapes::json(text)?,
    };
    json::prepare(edge, &shape, name)
}

fn refuse_packed(encoding: Encoding, error: UnpackError) -> Refusal {
    let too_large =
        |error: String| Refusal::too_large("decoded_too_large", error, DECODED_MAX_BYTES);
    match error {
        UnpackError::Corrupt(what) => Refusal::bad(
            "encoding",
            format!("The body is not what Content-Encoding says ({encoding:?}): {what}."),
        ),
        UnpackError::TooLarge => too_large(format!(
            "The batch unpacks to more than {DECODED_MAX_BYTES} bytes; send smaller batches."
        )),
        UnpackError::Bomb => {
            too_large("The batch unpacks to more than 1000 times its size; it is no batch.".into())
        }
    }
}

fn answer(
    form: Form,
    outcome: &Outcome,
    acked_through: u64,
    sentences: &[(u64, String)],
) -> Response {
    let rejected: Vec<_> = outcome
        .rejected
        .iter()
        .map(|(seq, reason)| {
            let reason = reason.0.as_str();
            let sentence = sentences.iter().find(|(told, _)| told == seq);
            match (form, sentence) {
                (Form::Native, _) => json!({"seq": seq, "reason": reason}),
                (Form::Json, None) => json!({"index": seq - 1, "reason": reason}),
                (Form::Json, Some((_, error))) => {
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

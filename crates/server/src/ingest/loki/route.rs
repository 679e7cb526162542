//! `POST /loki/api/v1/push`.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::push;
use crate::app::App;
use crate::auth::Caller;
use crate::batch::Encoding;
use crate::client_block::ClientBlock;
use crate::ingest::DECODED_MAX_BYTES;
use crate::ingest::body::{encoding, media_type, utf8, wrong_type};
use crate::ingest::gather::{Gather, Name};
use crate::ingest::intake::{self, hold_body};
use crate::ingest::origins::Origins;
use crate::refusal::{Refusal, Refused};

pub(crate) async fn ingest(
    State(app): State<Arc<App>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    take(&app, caller, &parts.headers, body).await
}

async fn take(
    app: &Arc<App>,
    caller: Caller,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let json = is_json(headers)?;
    // Protobuf is always packed with snappy, whether a header says so or not.
    let encoding = if json { encoding(headers)? } else { Encoding::Identity };
    let format = move |edge, hold, _, decoded: Bytes| {
        let mut gather = Gather::new(edge, Origins::new(ClientBlock::default()));
        if json {
            let text = utf8(&decoded)?;
            push::from_json(text, &mut gather)?;
        } else {
            push::from_proto(&unpack(&decoded)?, &mut gather)?;
        }
        hold_body(gather, hold, Name::fresh()?, "loki", &caller.key_id, &decoded)
    };
    let taken = intake::take(app, headers, encoding, body, format).await?;
    match taken.rejected.first() {
        None => Ok(StatusCode::NO_CONTENT.into_response()),
        // As Loki answers: what is good is kept, and the sender hears that not all was.
        Some((_, reason)) => {
            let why = taken.told.first().map_or("", |told| &told.sentence);
            let (bad, all) = (taken.rejected.len(), taken.last_seq);
            let error = format!("{bad} of {all} lines cannot be kept; the first: {why}.");
            let mut response = Refusal::bad(reason.0.as_str(), error).into_response();
            // Its records are counted one by one, not the request.
            response.extensions_mut().remove::<Refused>();
            Ok(response)
        }
    }
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, Refusal> {
    let corrupt = |error: snap::Error| {
        Refusal::bad(
            "encoding",
            format!("The body is not packed with snappy (block format): {error}."),
        )
    };
    let length = snap::raw::decompress_len(packed).map_err(corrupt)?;
    // A copy of 64 bytes takes 3, so that an honest length is at most 22 times that of the body.
    if length as u64 > DECODED_MAX_BYTES || length / 32 > packed.len() {
        return Err(Refusal::too_large(
            "decoded_too_large",
            format!("The batch unpacks to {length} bytes; {DECODED_MAX_BYTES} are the limit."),
            DECODED_MAX_BYTES,
        ));
    }
    snap::raw::Decoder::new().decompress_vec(packed).map_err(corrupt)
}

fn is_json(headers: &HeaderMap) -> Result<bool, Refusal> {
    match media_type(headers).as_str() {
        "application/json" => Ok(true),
        "application/x-protobuf" => Ok(false),
        _ => Err(wrong_type(headers, "application/x-protobuf (with snappy) or application/json")),
    }
}

//! `POST /v1/logs`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::answer::{Form, failure, success};
use super::envelope;
use crate::app::App;
use crate::auth::Caller;
use crate::ingest::body::encoding;
use crate::ingest::gather::{Gather, Name};
use crate::ingest::intake::{self, hold_body};
use crate::ingest::origins::Origins;
use crate::refusal::Refusal;

pub(crate) async fn ingest(
    State(app): State<Arc<App>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let form = form(&parts.headers)?;
    Ok(match take(&app, caller, form, &parts.headers, body).await {
        Ok(response) => response,
        Err(refusal) => failure(form, refusal),
    })
}

async fn take(
    app: &Arc<App>,
    caller: Caller,
    form: Form,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let encoding = encoding(headers)?;
    let taken = intake::take(app, headers, encoding, body, move |edge, hold, _, decoded| {
        let mut gather = Gather::new(edge, Origins::default());
        match form {
            Form::Protobuf => envelope::from_proto(&decoded, &mut gather)?,
            Form::Json => {
                let text = std::str::from_utf8(&decoded).map_err(|error| {
                    Refusal::bad("utf8", format!("The body is not UTF-8: {error}."))
                })?;
                envelope::from_json(text, &mut gather)?;
            }
        }
        hold_body(gather, hold, Name::fresh()?, "otlp", &caller.key_id, &decoded)
    });
    let taken = taken.await?;
    let why = taken.sentences.first().map_or("", |(_, sentence)| sentence);
    Ok(success(form, taken.rejected.len() as u64, why))
}

fn form(headers: &HeaderMap) -> Result<Form, Refusal> {
    let text = headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap_or("?"));
    let kind = text.split(';').next().unwrap_or_default().trim();
    match kind.to_ascii_lowercase().as_str() {
        "application/x-protobuf" | "application/protobuf" => Ok(Form::Protobuf),
        "application/json" => Ok(Form::Json),
        _ => Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content_type",
            format!(
                "Content-Type {text:?} is not understood; send application/x-protobuf or application/json."
            ),
        )),
    }
}

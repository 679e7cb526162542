//! `POST /v1/logs`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::answer::{Form, failure, success};
use super::envelope;
use crate::app::App;
use crate::auth::Caller;
use crate::ingest::body::{encoding, media_type, utf8, wrong_type};
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
                let text = utf8(&decoded)?;
                envelope::from_json(text, &mut gather)?;
            }
        }
        hold_body(gather, hold, Name::fresh()?, "otlp", &caller.key_id, &decoded)
    });
    let taken = taken.await?;
    let why = taken.told.first().map_or("", |told| &told.sentence);
    Ok(success(form, taken.rejected.len() as u64, why))
}

fn form(headers: &HeaderMap) -> Result<Form, Refusal> {
    match media_type(headers).as_str() {
        "application/x-protobuf" | "application/protobuf" => Ok(Form::Protobuf),
        "application/json" => Ok(Form::Json),
        _ => Err(wrong_type(headers, "application/x-protobuf or application/json")),
    }
}

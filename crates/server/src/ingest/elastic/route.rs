//! `POST` and `PUT` `/_bulk` and `/{index}/_bulk`.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::{answer, failure};
use super::bulk::lines;
use super::item::Items;
use crate::app::App;
use crate::auth::Caller;
use crate::client_block::ClientBlock;
use crate::ingest::Edge;
use crate::ingest::body::{encoding, media_type, utf8, wrong_type};
use crate::ingest::gather::{Gather, Name};
use crate::ingest::intake::{self, Ready, hold_body};
use crate::ingest::origins::Origins;
use crate::ingest::recent::Hold;
use crate::refusal::Refusal;

pub(crate) async fn bulk(
    State(app): State<Arc<App>>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    respond(&app, caller, None, request).await
}

pub(crate) async fn bulk_of(
    State(app): State<Arc<App>>,
    Extension(caller): Extension<Caller>,
    Path(index): Path<String>,
    request: Request,
) -> Response {
    respond(&app, caller, Some(index), request).await
}

async fn respond(
    app: &Arc<App>,
    caller: Caller,
    index: Option<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    match take(app, caller, index, &parts.headers, body).await {
        Ok(taken) => answer(&parts.headers, &taken),
        Err(refusal) => failure(&parts.headers, refusal),
    }
}

async fn take(
    app: &Arc<App>,
    caller: Caller,
    index: Option<String>,
    headers: &HeaderMap,
    body: Body,
) -> Result<Value, Refusal> {
    let started = Instant::now();
    check_type(headers)?;
    let encoding = encoding(headers)?;
    let base = ClientBlock { language: language(headers), ..ClientBlock::default() };
    let format = move |edge, hold, _, decoded: Bytes| {
        prepare(edge, hold, base, &caller.key_id, index.as_deref(), &decoded)
    };
    let taken = intake::take(app, headers, encoding, body, format).await?;
    let failed = |item: &Value| {
        let statuses = item.as_object().into_iter().flat_map(|item| item.values());
        statuses.into_iter().any(|said| said["status"].as_u64().is_none_or(|status| status >= 300))
    };
    let items = taken.extra;
    let errors = items.iter().any(failed);
    Ok(json!({"took": started.elapsed().as_millis() as u64, "errors": errors, "items": items}))
}

fn prepare(
    edge: Edge,
    hold: Hold,
    base: ClientBlock,
    key_id: &str,
    index: Option<&str>,
    decoded: &[u8],
) -> Result<Ready<Vec<Value>>, Refusal> {
    let text = utf8(decoded)?;
    let name = Name::fresh()?;
    let mut items = Items {
        gather: Gather::new(edge, Origins::new(base)),
        hold,
        index,
        key_id,
        stream: name.stream,
        received_ns: edge.received_ns,
        answers: Vec::new(),
    };
    let mut scratch = Vec::new();
    for line in lines(text) {
        items.put(line?, &mut scratch)?;
    }
    let Items { gather, hold, answers, .. } = items;
    if answers.is_empty() {
        return Err(Refusal::bad(
            "bulk",
            "The body is empty; a bulk body has an action a line, and a document below it.",
        ));
    }
    let identities = hold.identities();
    if identities.is_empty() {
        let ready = hold_body(gather, hold, name, "elastic", key_id, decoded)?;
        let Ready { prepared, hold, repeated, extra: () } = ready;
        return Ok(Ready { prepared, hold, repeated, extra: answers });
    }
    let prepared = gather.finish(name, identities)?;
    Ok(Ready { prepared, hold, repeated: false, extra: answers })
}

fn check_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let known = [
        "application/x-ndjson",
        "application/json",
        "application/vnd.elasticsearch+x-ndjson",
        "application/vnd.elasticsearch+json",
    ];
    if known.contains(&media_type(headers).as_str()) {
        return Ok(());
    }
    Err(wrong_type(headers, "application/x-ndjson"))
}

/// The language that an official client names: `x-elastic-client-meta: es=8.19.0,py=3.11.7,…`.
fn language(headers: &HeaderMap) -> String {
    let meta = headers.get("x-elastic-client-meta").and_then(|meta| meta.to_str().ok());
    let words = meta.unwrap_or_default().split(',').filter_map(|pair| pair.split('=').next());
    let known = words.filter_map(|word| match word.trim() {
        "py" => Some("python"),
        "js" => Some("node"),
        "jv" => Some("java"),
        "net" => Some("dotnet"),
        "go" => Some("go"),
        "rb" => Some("ruby"),
        "rs" => Some("rust"),
        "php" => Some("php"),
        _ => None,
    });
    known.take(1).collect()
}

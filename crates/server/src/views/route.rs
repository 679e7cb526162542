//! `/api/views`: lists, saves and removes.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::json_body;
use crate::refusal::Refusal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    query: String,
}

pub(crate) async fn list(State(app): State<Arc<App>>) -> Result<Response, Refusal> {
    Ok(Json(json!({"views": app.views.all()?})).into_response())
}

pub(crate) async fn put(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let Wanted { query } = json_body::read(&headers, &body)?;
    let view = app.views.put(name, query, app.now_ms())?;
    Ok(Json(view).into_response())
}

pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
) -> Result<StatusCode, Refusal> {
    app.views.remove(name)?;
    Ok(StatusCode::NO_CONTENT)
}

//! `/api/settings`: shows and changes.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::app::App;
use crate::json_body;
use crate::refusal::Refusal;

pub(crate) async fn show(State(app): State<Arc<App>>) -> Response {
    Json(app.settings.json()).into_response()
}

pub(crate) async fn change(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let wanted: Value = json_body::read(&headers, &body)?;
    app.settings.change(retention(&wanted)?, app.room.total_bytes())?;
    Ok(Json(app.settings.json()).into_response())
}

/// `{"retention": {…}}`, and nothing beside it.
fn retention(wanted: &Value) -> Result<&Map<String, Value>, Refusal> {
    let only = wanted.as_object().filter(|groups| groups.len() == 1);
    only.and_then(|groups| groups.get("retention")?.as_object()).ok_or_else(|| {
        Refusal::bad(
            "setting",
            "Send {\"retention\": {\"keep_days\": 30}}, with what is to change.",
        )
    })
}

//! `/health/live` and `/health/ready`: for load balancers, container engines and people.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::app::App;

/// The process answers.
pub(crate) async fn live() -> Response {
    Json(json!({"status": "ok"})).into_response()
}

/// Batches would be stored.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Response {
    match app.refusal() {
        None => Json(json!({"status": "ok"})).into_response(),
        Some(refusal) => refusal.into_response(),
    }
}

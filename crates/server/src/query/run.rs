//! Runs a query apart from the requests: few at once, within its time, and no longer than somebody listens.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header;
use axum::response::Response;
use serde_json::Value;

use crate::app::App;
use crate::refusal::Refusal;

/// When a query has to end.
#[derive(Clone)]
pub(super) struct Limits {
    pub(super) deadline: Instant,
    pub(super) cancelled: Arc<AtomicBool>,
}

impl Limits {
    /// True when nobody listens any more, or the time is up.
    pub(super) fn are_over(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || Instant::now() >= self.deadline
    }
}

/// Sets the flag when the handler is dropped, as it is when the reader goes away.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs the work on a thread where it may take its time.
pub(super) async fn run<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&Limits) -> T + Send + 'static,
) -> Result<T, Refusal> {
    let timeout = Duration::from_millis(app.config.query_timeout_ms);
    let limits =
        Limits { deadline: Instant::now() + timeout, cancelled: Arc::new(AtomicBool::new(false)) };
    let permit = tokio::time::timeout(timeout, app.query_slots.clone().acquire_owned());
    let permit = match permit.await {
        Ok(Ok(permit)) => permit,
        _ => return Err(Refusal::busy("Too many queries run at once; try again in a moment.")),
    };
    let _guard = CancelOnDrop(limits.cancelled.clone());
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work(&limits)
    });
    work.await.map_err(|_| Refusal::busy("The query broke off; try again."))
}

/// A JSON answer.
pub(super) fn json(body: &Value) -> Response {
    json_text(body.to_string().into_bytes())
}

/// A JSON answer that is written already.
pub(super) fn json_text(body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    let kind = header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

//! `GET /api/logs`: parameters in, a page of rows out. A reader who leaves stops the walk.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{Uri, header};
use axum::response::Response;
use serde::Deserialize;

use super::cursor::Cursor;
use super::filter::{BadFilter, Filter, FilterText};
use super::search::{Page, Search};
use crate::app::App;
use crate::refusal::Refusal;

const LIMIT_MAX: usize = 1000;
const LIMIT_DEFAULT: usize = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Parameters {
    q: String,
    level: String,
    service: String,
    language: String,
    component: String,
    host: String,
    from: String,
    to: String,
    limit: Option<String>,
    cursor: String,
}

/// Sets the flag when the handler is dropped, as it is when the reader goes away.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

pub(crate) async fn logs(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Refusal> {
    let started = Instant::now();
    let Query(parameters) = Query::<Parameters>::try_from_uri(&uri)
        .map_err(|error| Refusal::bad("parameter", format!("{}.", error.body_text())))?;
    let limit = limit(parameters.limit.as_deref())?;
    let cursor = cursor(&parameters.cursor)?;
    let text = FilterText {
        q: parameters.q,
        level: parameters.level,
        service: parameters.service,
        language: parameters.language,
        component: parameters.component,
        host: parameters.host,
        from: parameters.from,
        to: parameters.to,
    };
    let mut filter = Filter::compile(&text, app.now_ns())?;
    let mut pinned = app.applied_offset();
    if let Some(cursor) = cursor {
        (filter.from_ns, filter.to_ns) = (cursor.from_ns, cursor.to_ns);
        pinned = cursor.pinned;
    }
    let timeout = Duration::from_millis(app.config.query_timeout_ms);
    let permit = tokio::time::timeout(timeout, app.query_slots.clone().acquire_owned());
    let permit = match permit.await {
        Ok(Ok(permit)) => permit,
        _ => return Err(Refusal::busy("Too many queries run at once; try again in a moment.")),
    };
    let cancelled = Arc::new(AtomicBool::new(false));
    let _guard = CancelOnDrop(cancelled.clone());
    let snapshot = app.snapshot();
    let page = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let search = Search {
            filter: &filter,
            limit,
            pinned,
            before: cursor.map(|cursor| cursor.before),
            deadline: started + timeout,
            cancelled: &cancelled,
        };
        search.run(&snapshot)
    });
    let page = page.await.map_err(|_| Refusal::busy("The query broke off; try again."))?;
    Ok(answer(&page, started.elapsed()))
}

fn limit(text: Option<&str>) -> Result<usize, Refusal> {
    match text {
        None | Some("") => Ok(LIMIT_DEFAULT),
        Some(text) => {
            text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit)).ok_or_else(|| {
                Refusal::bad(
                    "parameter",
                    format!("limit={text:?} is not a number from 1 to {LIMIT_MAX}."),
                )
            })
        }
    }
}

fn cursor(text: &str) -> Result<Option<Cursor>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        Refusal::bad("cursor", "The cursor is not one of this server's; begin again without it.")
    })
}

fn answer(page: &Page, took: Duration) -> Response {
    let mut json =
        Vec::with_capacity(page.rows.iter().map(|row| row.len() + 1).sum::<usize>() + 256);
    json.extend_from_slice(b"{\"rows\":[");
    for (at, row) in page.rows.iter().enumerate() {
        if at > 0 {
            json.push(b',');
        }
        json.extend_from_slice(row);
    }
    let cursor = page.cursor.as_ref().map_or("null".to_owned(), |cursor| format!("\"{cursor}\""));
    let tail = format!(
        "],\"cursor\":{cursor},\"scanned\":{{\"records\":{},\"batches\":{},\"ms\":{}}},\"partial\":{}}}",
        page.records,
        page.batches,
        took.as_millis(),
        page.partial
    );
    json.extend_from_slice(tail.as_bytes());
    let mut response = Response::new(Body::from(json));
    let json = header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

impl From<BadFilter> for Refusal {
    fn from(bad: BadFilter) -> Self {
        let (parameter, position) = (Some(bad.parameter), Some(bad.position));
        Refusal { parameter, position, ..Refusal::bad("query", bad.error) }
    }
}

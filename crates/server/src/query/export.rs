//! `GET /api/logs/export`: all matches, streamed page by page from one snapshot, so that nothing is held and nothing moves.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::mpsc;

use super::asked::Asked;
use super::cursor::Cursor;
use super::filter::Filter;
use super::format::Format;
use super::run::{Limits, run};
use super::search::{Page, Search};
use crate::app::App;
use crate::memtable::Snapshot;
use crate::refusal::Refusal;

/// Rows of an export, unless `limit` says otherwise.
const ROWS_DEFAULT: usize = 1_000_000;
const ROWS_MAX: usize = 100_000_000;
const PAGE_ROWS: usize = 5000;

pub(crate) async fn export(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Refusal> {
    let asked = Asked::of(&uri, &["format", "limit"])?;
    let format = Format::asked(asked.get("format").unwrap_or("ndjson"))?;
    let limit = asked.number("limit", ROWS_DEFAULT, ROWS_MAX)?;
    let filter = Arc::new(asked.filter(&app)?);
    let (chunks, body) = mpsc::channel(2);
    let book = Book { filter, pinned: app.applied_offset(), snapshot: Arc::new(app.snapshot()) };
    // The first page is awaited, so that what cannot be asked is refused and not broken off.
    let first = book.page(&app, None, limit).await?;
    let name = dlogs_record::time::to_rfc3339(app.now_ns());
    let name = name.get(..19).unwrap_or_default().replace(':', "");
    tokio::spawn(async move {
        if let Err(error) = send(&app, &book, first, format, limit, &chunks).await {
            // A body that breaks off shows its reader that it is not whole.
            let _ = chunks.send(Err(io::Error::other(error))).await;
        }
    });
    let mut response = Response::new(Body::from_stream(Chunks(body)));
    let file = format!("attachment; filename=\"dlogs-{name}.{}\"", format.extension());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    if let Ok(file) = HeaderValue::from_str(&file) {
        headers.insert(header::CONTENT_DISPOSITION, file);
    }
    Ok(response)
}

/// What is exported: it does not change while it is read.
struct Book {
    filter: Arc<Filter>,
    pinned: u64,
    snapshot: Arc<Snapshot>,
}

impl Book {
    async fn page(&self, app: &App, cursor: Option<Cursor>, rows: usize) -> Result<Page, Refusal> {
        let (filter, snapshot, pinned) = (self.filter.clone(), self.snapshot.clone(), self.pinned);
        run(app, move |limits: &Limits| {
            let search = Search {
                filter: &filter,
                limit: rows.min(PAGE_ROWS),
                pinned,
                before: cursor.map(|cursor| cursor.before),
                deadline: limits.deadline,
                cancelled: &limits.cancelled,
            };
            search.run(&snapshot)
        })
        .await
    }
}

async fn send(
    app: &App,
    book: &Book,
    mut page: Page,
    format: Format,
    limit: usize,
    chunks: &mpsc::Sender<io::Result<Bytes>>,
) -> Result<(), String> {
    let mut left = limit;
    let mut text = format.head().as_bytes().to_vec();
    loop {
        left -= page.rows.len().min(left);
        page.rows.iter().for_each(|row| format.write(row, &mut text));
        // Nobody reads any more.
        if !text.is_empty() && chunks.send(Ok(std::mem::take(&mut text).into())).await.is_err() {
            return Ok(());
        }
        let Some(cursor) = page.cursor.filter(|_| left > 0) else { return Ok(()) };
        page = book.page(app, Some(cursor), left).await.map_err(|refusal| refusal.error)?;
        if page.partial && page.cursor == Some(cursor) {
            return Err("the time of a query is too short for a page of this export".into());
        }
    }
}

/// The channel as a body.
struct Chunks(mpsc::Receiver<io::Result<Bytes>>);

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

//! One viewer over server-sent events, for `dlogs tail` and curl: `event: rows`, `event: skipped`.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::frames;
use super::hub::Seat;
use super::rooms::Rooms;
use super::shown::Shown;
use super::timing::Timing;
use super::view::ViewText;

pub(super) async fn open(
    State(rooms): State<Arc<Rooms>>,
    Query(wish): Query<ViewText>,
) -> Response {
    let view = match wish.compile(crate::clock::now_ns()) {
        Ok(view) => view,
        Err(bad) => {
            let answer = json!({"dlogs": 1, "reason": "query", "parameter": bad.parameter,
                "error": bad.error, "position": bad.position});
            return (StatusCode::BAD_REQUEST, axum::Json(answer)).into_response();
        }
    };
    let Some(seat) = rooms.hub.seat(view, wish.budget()) else {
        return no_seat().into_response();
    };
    // One event may wait; the viewer's inbox bounds and counts what comes meanwhile.
    let (events, body) = mpsc::channel(1);
    tokio::spawn(feed(seat, rooms.timing, events));
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/event-stream"),
        (header::CACHE_CONTROL.as_str(), "no-cache"),
        // nginx would hold rows back until its buffer is full.
        ("x-accel-buffering", "no"),
    ];
    (headers, Body::from_stream(Events(body))).into_response()
}

/// The answer when too many watch already.
pub(super) fn no_seat() -> impl IntoResponse {
    let error = "Too many viewers watch already; close one, or try again later.";
    let answer = json!({"dlogs": 1, "reason": "busy", "error": error});
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], axum::Json(answer))
}

/// Moves frames from the inbox to the connection until it ends or takes nothing for too long.
async fn feed(seat: Seat, timing: Timing, events: mpsc::Sender<Bytes>) {
    let mut tick = interval(timing.frame_every);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut said = Instant::now();
    // The first comment makes the connection's head go out, so that a client knows that it is watching.
    let mut event = Some(String::from(": watching\n\n"));
    loop {
        if let Some(event) = event.take() {
            said = Instant::now();
            let sent = timeout(timing.stalled_after, events.send(event.into())).await;
            if !matches!(sent, Ok(Ok(()))) {
                return;
            }
        }
        tokio::select! {
            () = seat.ready() => {}
            _ = tick.tick() => {}
        }
        if seat.is_over() {
            return;
        }
        let now = Instant::now();
        event = match seat.take() {
            Some(shown) => Some(text(&shown)),
            // A comment now and then finds out whether anybody is left.
            None if now.duration_since(said) >= timing.ping_every => {
                Some(": still here\n\n".into())
            }
            None => None,
        };
    }
}

/// A frame as events. A row is one line of JSON, so it needs no splitting.
fn text(shown: &Shown) -> String {
    let mut text = String::new();
    if shown.rows > 0 {
        text = format!("event: rows\ndata: {}\n\n", shown.array);
    }
    if shown.skipped() > 0 {
        text.push_str(&format!("event: skipped\ndata: {{{}}}\n\n", frames::counts(shown)));
    }
    text
}

/// The channel as a body.
struct Events(mpsc::Receiver<Bytes>);

impl Stream for Events {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}

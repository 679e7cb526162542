//! One viewer over WebSocket: sends what its inbox and the rooms have, listens for its wishes.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::frames;
use super::hub::Seat;
use super::rooms::Rooms;
use super::slot::BUDGET_DEFAULT;
use super::tail::no_seat;
use super::view::ViewText;

/// A viewer has little to say.
const MESSAGE_MAX_BYTES: usize = 64 * 1024;

/// What may lie unsent in our own memory for one viewer, beside the kernel's.
const UNSENT_MAX_BYTES: usize = 16 * 1024 * 1024;

/// A wish of the viewer.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Wish {
    View(ViewText),
    Pause,
    Resume,
    /// For clients that cannot send WebSocket pings.
    Ping,
}

/// The connection has ended or is to end; nothing more can be sent.
struct Over;

pub(super) async fn open(State(rooms): State<Arc<Rooms>>, upgrade: WebSocketUpgrade) -> Response {
    // The view of a new viewer is everything, until it says otherwise.
    let everything = ViewText::default().compile(0);
    let seat = everything.ok().and_then(|view| rooms.hub.seat(view, BUDGET_DEFAULT));
    let Some(seat) = seat else {
        return no_seat().into_response();
    };
    upgrade
        .max_message_size(MESSAGE_MAX_BYTES)
        .max_frame_size(MESSAGE_MAX_BYTES)
        .max_write_buffer_size(UNSENT_MAX_BYTES)
        .on_upgrade(move |socket| async move {
            let mut viewer = Viewer { socket, seat, rooms, heard: Instant::now() };
            // `Over` is the one way in which a viewer ends; the seat is given up either way.
            let _ = viewer.run().await;
        })
}

struct Viewer {
    socket: WebSocket,
    seat: Seat,
    rooms: Arc<Rooms>,
    /// When the viewer last said anything; pongs count.
    heard: Instant,
}

impl Viewer {
    async fn run(&mut self) -> Result<(), Over> {
        let now_ms = self.rooms.now_ms();
        let hello = frames::hello(now_ms, BUDGET_DEFAULT, self.rooms.needs_key());
        self.send(hello).await?;
        let timing = self.rooms.timing;
        let mut tick = interval(timing.frame_every);
        // After a stall one frame with everything that was counted, not a burst of small ones.
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut pinged = Instant::now();
        let mut told_s = 0;
        let mut told_clients = None;
        loop {
            tokio::select! {
                // What the viewer said goes first: a pong that waits here must not be taken for silence.
                biased;
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => self.hear(message).await?,
                    _ => return Err(Over),
                },
                _ = tick.tick() => {
                    let now = Instant::now();
                    if self.seat.is_over() {
                        return self.close(close_code::AWAY, "The server stops.").await;
                    }
                    if now.duration_since(self.heard) >= timing.stalled_after {
                        let reason = "Nothing was read or answered for too long; connect again.";
                        return self.close(close_code::POLICY, reason).await;
                    }
                    if now.duration_since(pinged) >= timing.ping_every {
                        pinged = now;
                        self.send_message(Message::Ping(axum::body::Bytes::new())).await?;
                    }
                    let now_ms = self.rooms.now_ms();
                    if told_s != now_ms / 1000 {
                        told_s = now_ms / 1000;
                        self.send(self.rooms.stats_frame(now_ms)).await?;
                        let (version, clients) = self.rooms.clients_frame(now_ms);
                        if told_clients != Some(version) {
                            told_clients = Some(version);
                            self.send(clients).await?;
                        }
                    }
                }
                () = self.seat.ready() => {
                    if let Some(shown) = self.seat.take() {
                        self.send(shown.message()).await?;
                    }
                }
            }
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), Over> {
        self.heard = Instant::now();
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Err(Over),
            Message::Binary(_) => {
                let error = "Send JSON as text; binary messages are not understood.";
                return self.send(frames::bad_message(error)).await;
            }
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
        };
        match serde_json::from_str(&text) {
            Ok(Wish::View(view)) => {
                let answer = match view.compile(crate::clock::now_ns()) {
                    Ok(compiled) => {
                        self.seat.change(compiled, view.budget());
                        frames::view_ok()
                    }
                    Err(bad) => frames::bad_view(&bad),
                };
                self.send(answer).await
            }
            Ok(Wish::Pause) => {
                self.seat.pause();
                Ok(())
            }
            Ok(Wish::Resume) => {
                self.seat.resume();
                Ok(())
            }
            Ok(Wish::Ping) => Ok(()),
            Err(error) => {
                let error = format!("This message is not understood ({error}); see spec/api.md.");
                self.send(frames::bad_message(&error)).await
            }
        }
    }

    async fn send(&mut self, text: impl Into<Utf8Bytes>) -> Result<(), Over> {
        self.send_message(Message::Text(text.into())).await
    }

    /// Sends, and gives up on a viewer that does not read. Its inbox counts on meanwhile, nobody waits for it.
    async fn send_message(&mut self, message: Message) -> Result<(), Over> {
        let sent = timeout(self.rooms.timing.stalled_after, self.socket.send(message)).await;
        match sent {
            Ok(Ok(())) => Ok(()),
            _ => Err(Over),
        }
    }

    async fn close(&mut self, code: u16, reason: &'static str) -> Result<(), Over> {
        let frame = CloseFrame { code, reason: reason.into() };
        self.send_message(Message::Close(Some(frame))).await
    }
}

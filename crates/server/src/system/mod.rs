//! `/api/system`: the server itself in numbers, and what it refused. It never shows more than a beginning of a record.

mod limits;
mod memory;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::app::App;
use crate::clock::ms;
use crate::live::Rooms;
use crate::live::hub::VIEWERS_MAX;
use crate::rejects::Sample;
use crate::store_state::StoreState;

use limits::Limit;

#[derive(Serialize)]
struct System {
    version: &'static str,
    now_ms: u64,
    started_ms: u64,
    uptime_ms: u64,
    role: &'static str,
    queue: Queue,
    parts: Parts,
    disk: Disk,
    memory: Memory,
    viewers: Viewers,
    rejects: Rejects,
    limits: Vec<Limit>,
    trouble: Option<String>,
}

#[derive(Serialize)]
struct Queue {
    bytes: u64,
    max_bytes: u64,
    batches: u64,
}

#[derive(Serialize)]
struct Parts {
    count: u64,
    bytes: u64,
    index_bytes: u64,
    records: u64,
    oldest_ms: Option<u64>,
    newest_ms: Option<u64>,
    set_aside: u64,
}

#[derive(Serialize)]
struct Disk {
    free_bytes: u64,
    total_bytes: Option<u64>,
    min_free_bytes: u64,
}

#[derive(Serialize)]
struct Memory {
    resident_bytes: Option<u64>,
}

#[derive(Serialize)]
struct Viewers {
    count: usize,
    max: usize,
}

#[derive(Serialize)]
struct Rejects {
    total: u64,
    by_reason: BTreeMap<&'static str, u64>,
    samples: Vec<Sample>,
}

pub(crate) async fn answer(State(rooms): State<Arc<Rooms>>) -> Response {
    let Some(app) = rooms.app() else {
        // The rooms hang on a router only together with their app.
        return axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (now_ms, started_ms) = (rooms.now_ms(), rooms.stats.started_ms());
    let store = app.store_state();
    Json(System {
        version: env!("CARGO_PKG_VERSION"),
        now_ms,
        started_ms,
        uptime_ms: now_ms.saturating_sub(started_ms),
        role: "all",
        queue: Queue {
            bytes: store.queue_bytes,
            max_bytes: store.queue_max_bytes,
            batches: store.queue_batches,
        },
        parts: parts(app, &store),
        disk: Disk {
            free_bytes: store.disk_free_bytes,
            total_bytes: app.room.total_bytes(),
            min_free_bytes: app.config.min_free_bytes,
        },
        memory: Memory { resident_bytes: memory::resident_bytes() },
        viewers: Viewers { count: rooms.hub.viewers(), max: VIEWERS_MAX },
        rejects: rejects(&rooms, app),
        limits: limits::of(&app.config),
        trouble: store.trouble,
    })
    .into_response()
}

fn parts(app: &App, store: &StoreState) -> Parts {
    let all = app.snapshot().parts;
    let metas = || all.iter().map(|part| &part.meta);
    Parts {
        count: store.parts,
        bytes: store.part_bytes,
        index_bytes: metas().map(|meta| meta.bloom_bytes).sum(),
        records: store.part_records,
        oldest_ms: metas().map(|meta| ms(meta.summary.min_time_ns)).min(),
        newest_ms: metas().map(|meta| ms(meta.summary.max_time_ns)).max(),
        set_aside: app.room.parts_aside(),
    }
}

/// Records that were rejected one by one, and requests as a whole, each of these as one.
fn rejects(rooms: &Rooms, app: &App) -> Rejects {
    let mut by_reason = rooms.stats.rejects();
    for (reason, requests) in app.rejects.requests() {
        *by_reason.entry(reason).or_default() += requests;
    }
    let total = by_reason.values().sum();
    Rejects { total, by_reason, samples: app.rejects.samples() }
}

//! `GET /api/logs/{id}`: one record by its id.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::filter::{Filter, FilterText};
use super::run::{Limits, json_text, run};
use super::walk::{Visitor, Walk};
use crate::app::App;
use crate::memtable::Snapshot;
use crate::refusal::Refusal;
use crate::row::{Key, Row};

pub(crate) async fn one(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let key = key(&id)?;
    let snapshot = app.snapshot();
    let found = run(&app, move |limits| find(key, &snapshot, limits, &mut |_| {})).await??;
    found.map(json_text).ok_or_else(|| missing(&id))
}

/// `<time_ns>-<stream>-<seq>`.
pub(super) fn key(id: &str) -> Result<Key, Refusal> {
    let parts = id.rsplit_once('-').and_then(|(rest, seq)| Some((rest.rsplit_once('-')?, seq)));
    let key = parts.and_then(|((time_ns, stream), seq)| {
        Some((time_ns.parse().ok()?, stream.parse().ok()?, seq.parse().ok()?))
    });
    key.ok_or_else(|| {
        Refusal::bad(
            "id",
            format!("{id:?} is no id of a record; ids are <time_ns>-<stream>-<seq>."),
        )
    })
}

pub(super) fn missing(id: &str) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "record",
        format!("There is no record {id}; it may have been older than the retention."),
    )
}

/// The record with this key as JSON; `show` sees it too.
pub(super) fn find(
    key: Key,
    snapshot: &Snapshot,
    limits: &Limits,
    show: &mut dyn FnMut(&Row<'_>),
) -> Result<Option<Vec<u8>>, Refusal> {
    let mut filter = Filter::compile(&FilterText::default(), 0)?;
    (filter.from_ns, filter.to_ns) = (key.0, key.0);
    let mut walk = Walk::new(&filter, limits);
    let mut sought = Sought { key, json: None, show };
    walk.all(snapshot, &mut sought);
    match (sought.json, walk.partial) {
        (None, true) => Err(Refusal::busy("The search for the record took too long; try again.")),
        (found, _) => Ok(found),
    }
}

struct Sought<'a> {
    key: Key,
    json: Option<Vec<u8>>,
    show: &'a mut dyn FnMut(&Row<'_>),
}

impl Visitor for Sought<'_> {
    fn row(&mut self, row: &Row<'_>) {
        if row.key() == self.key && self.json.is_none() {
            let mut json = Vec::with_capacity(512);
            row.write_json(&mut json);
            self.json = Some(json);
            (self.show)(row);
        }
    }
}

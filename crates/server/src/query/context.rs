//! `GET /api/logs/{id}/context`: what the same stream, service, host or trace logged just before and after.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;

use super::asked::Asked;
use super::filter::{Filter, FilterText};
use super::one::{find, key, missing};
use super::run::{Limits, json_text, run};
use super::search::Search;
use super::term::any_value;
use super::walk::{Visitor, Walk};
use crate::app::App;
use crate::memtable::Snapshot;
use crate::refusal::Refusal;
use crate::row::{Key, Row};

const ROWS_DEFAULT: usize = 10;
const ROWS_MAX: usize = 500;
/// How far ahead the first look for later records goes; each further one goes ten times as far.
const FIRST_LOOK_NS: i64 = 1_000_000_000;

/// What was asked for.
struct Wanted {
    key: Key,
    /// A field that all rows share with the record.
    same: String,
    before: usize,
    after: usize,
}

pub(crate) async fn context(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, Refusal> {
    let asked = Asked::of(&uri, &["same", "before", "after"])?;
    let same = asked.get("same").unwrap_or("stream").to_owned();
    if !["stream", "service", "host", "component", "trace_id", "all"].contains(&same.as_str()) {
        let error =
            format!("same={same:?} is none of stream, service, host, component, trace_id, all.");
        return Err(Refusal::bad("parameter", error));
    }
    if !asked.text.from.is_empty() || !asked.text.to.is_empty() {
        let error = "A context takes no from and to: it goes as far as before and after say.";
        return Err(Refusal::bad("parameter", error));
    }
    let wanted = Wanted {
        key: key(&id)?,
        same,
        before: asked.number("before", ROWS_DEFAULT, ROWS_MAX)?,
        after: asked.number("after", ROWS_DEFAULT, ROWS_MAX)?,
    };
    let (snapshot, pinned, text) = (app.snapshot(), app.applied_offset(), asked.text);
    let found = run(&app, move |limits| around(&wanted, text, &snapshot, pinned, limits));
    found.await??.map(json_text).ok_or_else(|| missing(&id))
}

fn around(
    wanted: &Wanted,
    mut text: FilterText,
    snapshot: &Snapshot,
    pinned: u64,
    limits: &Limits,
) -> Result<Option<Vec<u8>>, Refusal> {
    let mut shared = None;
    let record = find(wanted.key, snapshot, limits, &mut |row| {
        any_value(row, &wanted.same, &mut |value| {
            shared = Some(String::from_utf8_lossy(value).into_owned());
            true
        });
    })?;
    let Some(record) = record else { return Ok(None) };
    if wanted.same != "all" {
        // A record without the field shares its absence.
        let term = match shared {
            Some(value) => {
                let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                format!(" {}:\"{value}\"", wanted.same)
            }
            None => format!(" -{}:*", wanted.same),
        };
        text.q += &term;
    }
    let mut filter = Filter::compile(&text, 0)?;
    filter.to_ns = wanted.key.0;
    let search = Search {
        filter: &filter,
        limit: wanted.before,
        pinned,
        before: Some(wanted.key),
        deadline: limits.deadline,
        cancelled: &limits.cancelled,
    };
    let before = search.run(snapshot);
    filter.to_ns = i64::MAX;
    let (after, cut) = after(wanted, &mut filter, snapshot, limits);
    let mut json = b"{\"before\":".to_vec();
    write_list(&mut json, &before.rows);
    json.extend_from_slice(b",\"record\":");
    json.extend_from_slice(&record);
    json.extend_from_slice(b",\"after\":");
    write_list(&mut json, &after);
    json.extend_from_slice(format!(",\"partial\":{}}}", before.partial || cut).as_bytes());
    Ok(Some(json))
}

/// The rows that follow, the closest first, and whether the time was too short for all.
fn after(
    wanted: &Wanted,
    filter: &mut Filter,
    snapshot: &Snapshot,
    limits: &Limits,
) -> (Vec<Vec<u8>>, bool) {
    let batches = snapshot.chunks.iter().map(|chunk| chunk.max_time_ns);
    let parts = snapshot.parts.iter().map(|part| part.meta.summary.max_time_ns);
    let newest_ns = batches.chain(parts).max().unwrap_or(i64::MIN);
    let mut ahead_ns = FIRST_LOOK_NS;
    filter.from_ns = wanted.key.0;
    loop {
        filter.to_ns = wanted.key.0.saturating_add(ahead_ns);
        let mut closest = Closest { key: wanted.key, max: wanted.after, rows: BTreeMap::new() };
        let mut walk = Walk::new(filter, limits);
        walk.all(snapshot, &mut closest);
        let enough = closest.rows.len() >= wanted.after || filter.to_ns >= newest_ns;
        if enough || walk.partial {
            return (closest.rows.into_values().collect(), walk.partial);
        }
        ahead_ns = ahead_ns.saturating_mul(10);
    }
}

/// The first rows behind a key.
struct Closest {
    key: Key,
    max: usize,
    rows: BTreeMap<Key, Vec<u8>>,
}

impl Visitor for Closest {
    fn row(&mut self, row: &Row<'_>) {
        let key = row.key();
        let full = self.rows.len() >= self.max;
        let last = self.rows.last_key_value().map(|(last, _)| *last);
        if key <= self.key || (full && last.is_some_and(|last| key >= last)) {
            return;
        }
        let mut json = Vec::with_capacity(512);
        row.write_json(&mut json);
        self.rows.insert(key, json);
        if self.rows.len() > self.max {
            self.rows.pop_last();
        }
    }
}

fn write_list(out: &mut Vec<u8>, rows: &[Vec<u8>]) {
    out.push(b'[');
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(row);
    }
    out.push(b']');
}

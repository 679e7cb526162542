//! `GET /api/logs/facets` and `/api/logs/fields`: which fields the matching records have, and which values, with counts.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use serde_json::{Value, json};

use super::asked::Asked;
use super::run::{json, run};
use super::survey;
use super::tally::Tally;
use super::walk::{Visitor, Walk};
use crate::app::App;
use crate::refusal::Refusal;
use crate::row::Row;

/// Fields told apart, and values of each: two million user ids must not fill the memory.
const FIELDS_MAX: usize = 500;
const VALUES_MAX: usize = 1000;
/// A longer value is a text, not a name to choose by.
const VALUE_MAX_BYTES: usize = 128;
const SHOWN_DEFAULT: usize = 10;

/// Values by field; fields of too many or too long values are left out, unless they were asked for by name.
pub(crate) async fn facets(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Refusal> {
    let asked = Asked::of(&uri, &["fields", "limit"])?;
    let shown = asked.number("limit", SHOWN_DEFAULT, VALUES_MAX)?;
    let wanted =
        asked.get("fields").map(|fields| fields.split(',').map(str::trim).map(str::to_owned));
    let wanted: Vec<String> = wanted.into_iter().flatten().collect();
    let named = !wanted.is_empty();
    survey(&app, &asked, wanted, move |fields| {
        let facets = fields.into_iter().filter_map(|(field, found)| {
            let choosable = found.values.beyond.is_none() && found.long == 0;
            if !named && !choosable {
                return None;
            }
            let more = found.values.len() > shown || !choosable;
            let (values, _) = found.values.sorted(|count| *count);
            let values = values.into_iter().take(shown);
            let values: Vec<Value> =
                values.map(|(value, count)| json!({"value": value, "count": count})).collect();
            Some(json!({"field": field, "records": found.records, "more": more, "values": values}))
        });
        json!({"facets": facets.collect::<Vec<_>>()})
    })
    .await
}

/// Names of fields, with how many records have each and how many values it has.
pub(crate) async fn fields(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Refusal> {
    let asked = Asked::of(&uri, &[])?;
    survey(&app, &asked, Vec::new(), |fields| {
        let fields = fields.into_iter().map(|(field, found)| {
            let many = found.values.beyond.is_some() || found.long > 0;
            let values = (!many).then_some(found.values.len());
            json!({"field": field, "records": found.records, "values": values})
        });
        json!({"fields": fields.collect::<Vec<_>>()})
    })
    .await
}

async fn survey(
    app: &App,
    asked: &Asked,
    wanted: Vec<String>,
    tell: impl FnOnce(BTreeMap<String, Found>) -> Value + Send + 'static,
) -> Result<Response, Refusal> {
    let started = Instant::now();
    let filter = asked.filter(app)?;
    let snapshot = app.snapshot();
    let body = run(app, move |limits| {
        let mut walk = Walk::new(&filter, limits);
        let mut survey = Survey { wanted, fields: BTreeMap::new(), number: 0 };
        walk.all(&snapshot, &mut survey);
        let mut body = tell(survey.fields);
        body["scanned"] = walk.scanned(started.elapsed().as_millis());
        body["partial"] = walk.partial.into();
        body
    });
    Ok(json(&body.await?))
}

/// What was found of one field.
struct Found {
    records: u64,
    values: Tally<u64>,
    /// Values that were too long to keep.
    long: u64,
    /// The last record that was counted: one with two values counts once.
    number: u64,
}

struct Survey {
    /// Empty: all.
    wanted: Vec<String>,
    fields: BTreeMap<String, Found>,
    number: u64,
}

impl Visitor for Survey {
    fn row(&mut self, row: &Row<'_>) {
        self.number += 1;
        let Self { wanted, fields, number } = self;
        survey::each(row, &mut |name, text| {
            if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
                return;
            }
            if !fields.contains_key(name) {
                if fields.len() >= FIELDS_MAX {
                    return;
                }
                let found =
                    Found { records: 0, values: Tally::new(VALUES_MAX), long: 0, number: 0 };
                fields.insert(name.to_owned(), found);
            }
            let Some(found) = fields.get_mut(name) else { return };
            found.records += u64::from(found.number != *number);
            found.number = *number;
            match text.len() > VALUE_MAX_BYTES {
                true => found.long += 1,
                false => *found.values.of(text) += 1,
            }
        });
    }
}

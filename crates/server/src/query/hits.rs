//! `GET /api/logs/hits`: how many records matched, over time, by level or any field of few values.

use std::sync::Arc;
use std::time::Instant;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, TimestampNanosecondType};
use arrow_array::{Array, StringArray};
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use dlogs_record::Level;
use serde_json::{Value, json};

use super::asked::Asked;
use super::run::{json, run};
use super::span::Span;
use super::tally::Tally;
use super::term::any_value;
use super::walk::{Visitor, Walk};
use crate::app::App;
use crate::batch::Summary;
use crate::parts::{Column, Corrupt, Loaded, Pace};
use crate::refusal::Refusal;
use crate::row::Row;

/// Values told apart while counting, and shown.
const VALUES_MAX: usize = 1000;
const SHOWN_MAX: usize = 100;
const SHOWN_DEFAULT: usize = 10;

pub(crate) async fn hits(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Refusal> {
    let started = Instant::now();
    let asked = Asked::of(&uri, &["field", "step", "buckets", "limit"])?;
    let filter = asked.filter(&app)?;
    let shown = asked.number("limit", SHOWN_DEFAULT, SHOWN_MAX)?;
    let field = asked.get("field").unwrap_or("level").to_owned();
    let snapshot = app.snapshot();
    let span = Span::asked(&asked, &filter, &snapshot, app.now_ns())?;
    let body = run(&app, move |limits| {
        let mut walk = Walk::new(&filter, limits);
        let mut hits = Hits { field: &field, span, counts: Tally::new(VALUES_MAX) };
        walk.all(&snapshot, &mut hits);
        let mut body = hits.body(shown);
        body["scanned"] = walk.scanned(started.elapsed().as_millis());
        body["partial"] = walk.partial.into();
        body
    });
    Ok(json(&body.await?))
}

/// Counts by value and bucket.
struct Hits<'a> {
    field: &'a str,
    span: Span,
    counts: Tally<Vec<u64>>,
}

impl Hits<'_> {
    fn add(&mut self, value: &str, time_ns: i64, count: u64) {
        let Some(bucket) = self.span.bucket(time_ns) else { return };
        let counts = self.counts.of(value);
        counts.resize(self.span.buckets, 0);
        counts[bucket] += count;
    }

    fn body(self, shown: usize) -> Value {
        let sum = |counts: &Vec<u64>| counts.iter().sum::<u64>();
        let (values, beyond) = self.counts.sorted(sum);
        let total: u64 = values.iter().map(|(_, counts)| sum(counts)).sum::<u64>()
            + beyond.as_ref().map_or(0, sum);
        let mut other = vec![0; self.span.buckets];
        let rest = values.iter().skip(shown).map(|(_, counts)| counts).chain(&beyond);
        rest.for_each(|counts| other.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count));
        let hits = values
            .iter()
            .take(shown)
            .map(|(value, counts)| json!({"value": value, "total": sum(counts), "counts": counts}));
        let hits: Vec<Value> = hits.collect();
        let left_out = sum(&other);
        json!({
            "field": self.field,
            "start_ms": self.span.start_ns / 1_000_000,
            "step_ms": self.span.step_ns / 1_000_000,
            "buckets": self.span.buckets,
            "total": total,
            "hits": hits,
            "other": (left_out > 0).then(|| json!({"total": left_out, "counts": other})),
        })
    }

    fn column(&self) -> Option<Column> {
        Some(match self.field {
            "level" => Column::Level,
            "service" => Column::Service,
            "language" => Column::Language,
            "component" => Column::Component,
            "environment" => Column::Environment,
            "host" => Column::Host,
            _ => return None,
        })
    }
}

impl Visitor for Hits<'_> {
    fn whole(&mut self, summary: &Summary) -> bool {
        let (first, last) =
            (self.span.bucket(summary.min_time_ns), self.span.bucket(summary.max_time_ns));
        if self.field != "level" || first.is_none() || first != last {
            return false;
        }
        for (level, &count) in Level::ALL.iter().zip(&summary.levels).filter(|(_, n)| **n > 0) {
            self.add(level.as_str(), summary.min_time_ns, count);
        }
        true
    }

    fn paced(&mut self, pace: &Pace) -> bool {
        let slots = pace.slots(self.span.step_ns).filter(|_| self.field == "level");
        let Some(slots) = slots else { return false };
        for (start_ns, counts) in slots {
            for (level, &count) in Level::ALL.iter().zip(counts).filter(|(_, n)| **n > 0) {
                self.add(level.as_str(), start_ns, count);
            }
        }
        true
    }

    fn columns(&mut self, group: &Loaded, places: &[usize]) -> Result<bool, Corrupt> {
        let Some(column) = self.column() else { return Ok(false) };
        let bad = || Corrupt("a column of names or times is not one".into());
        let both = group.columns(&[Column::TimeNs, column])?;
        // The columns come in the schema's order, whichever that is.
        let (mut times, mut names) = (None, None);
        for column in both.columns() {
            times = times.or(column.as_primitive_opt::<TimestampNanosecondType>());
            names = names.or(column.as_dictionary_opt::<Int32Type>());
        }
        let (times, names) = (times.ok_or_else(bad)?.values(), names.ok_or_else(bad)?);
        let texts: &StringArray = names.values().as_string_opt().ok_or_else(bad)?;
        let buckets = self.span.buckets;
        // One row of counts for each name, and one for records that have none.
        let mut counts = vec![0_u64; (texts.len() + 1) * buckets];
        for &place in places {
            let name = if names.is_valid(place) {
                names.keys().value(place) as usize
            } else {
                texts.len()
            };
            if let Some(bucket) = times.get(place).and_then(|&time_ns| self.span.bucket(time_ns))
                && let Some(count) = counts.get_mut(name * buckets + bucket)
            {
                *count += 1;
            }
        }
        for (name, counts) in counts.chunks(buckets).enumerate() {
            let text =
                if name < texts.len() && texts.is_valid(name) { texts.value(name) } else { "" };
            if counts.iter().any(|count| *count > 0) {
                let sums = self.counts.of(text);
                sums.resize(buckets, 0);
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        Ok(true)
    }

    fn row(&mut self, row: &Row<'_>) {
        if self.field == "level" {
            let level = Level::from_u8(row.level).unwrap_or(Level::Info);
            return self.add(level.as_str(), row.time_ns, 1);
        }
        let mut first = None;
        any_value(row, self.field, &mut |text| {
            first = Some(String::from_utf8_lossy(text).into_owned());
            true
        });
        self.add(&first.unwrap_or_default(), row.time_ns, 1);
    }
}

//! The state of the server in Prometheus' text format, version 0.0.4.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dlogs_record::Level;

use crate::live::Rooms;

/// Bounds of the histogram of delays, seconds.
const DELAY_BOUNDS_S: [f64; 11] =
    [0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 60.0, 600.0, 3600.0];

pub(crate) async fn answer(State(rooms): State<Arc<Rooms>>) -> Response {
    let head = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (head, text(&rooms)).into_response()
}

fn text(rooms: &Rooms) -> String {
    let around = rooms.surroundings(rooms.now_ms());
    let mut page = Page::default();
    {
        let counts = rooms.stats.lock();
        page.metric(
            "dlogs_records_stored_total",
            "counter",
            "Records stored since the start, and those found at it.",
        );
        for (language, total) in counts.languages.iter() {
            for (level, n) in total.levels.iter().enumerate().filter(|(_, n)| **n > 0) {
                let level = Level::from_u8(level as u8).unwrap_or(Level::Info).as_str();
                page.sample(
                    "dlogs_records_stored_total",
                    &[("language", language), ("level", level)],
                    *n,
                );
            }
        }
        page.metric(
            "dlogs_records_rejected_total",
            "counter",
            "Records that the server will never keep.",
        );
        for (reason, n) in &counts.rejected {
            page.sample("dlogs_records_rejected_total", &[("reason", reason)], *n);
        }
        page.single(
            "dlogs_records_duplicate_total",
            "counter",
            "Records that came again and were not stored twice.",
            counts.duplicates,
        );
        delays(
            &mut page,
            |limit_ms| counts.delays.at_most(limit_ms),
            counts.delays.count_and_sum_ms(),
        );
    }
    page.single(
        "dlogs_records_expired_total",
        "counter",
        "Records that left the store: too old, no room, corrupt.",
        around.store.expired_records,
    );
    page.metric(
        "dlogs_records_lost_total",
        "counter",
        "Sequence numbers that clients declared lost.",
    );
    for (reason, n) in &around.lost {
        page.sample("dlogs_records_lost_total", &[("reason", reason)], *n);
    }
    page.metric("dlogs_clients", "gauge", "Clients by language and presence.");
    let mut census: Vec<_> = around.census.iter().collect();
    census.sort_unstable_by_key(|(language, _)| *language);
    for (language, presences) in census {
        let mut presences: Vec<_> = presences.iter().collect();
        presences.sort_unstable();
        for (presence, n) in presences {
            page.sample(
                "dlogs_clients",
                &[("language", language), ("presence", presence.as_str())],
                *n,
            );
        }
    }
    page.single(
        "dlogs_queue_bytes",
        "gauge",
        "Bytes of batches in no part.",
        around.store.queue_bytes,
    );
    page.single(
        "dlogs_queue_max_bytes",
        "gauge",
        "Bytes of batches that may wait for their part.",
        around.store.queue_max_bytes,
    );
    let store = &around.store;
    page.single("dlogs_queue_batches", "gauge", "Batches in no part.", store.queue_batches);
    page.single("dlogs_parts", "gauge", "Parts.", store.parts);
    page.single("dlogs_part_bytes", "gauge", "Bytes of all parts.", store.part_bytes);
    page.single("dlogs_part_records", "gauge", "Records in parts.", store.part_records);
    page.single(
        "dlogs_disk_free_bytes",
        "gauge",
        "Free bytes on the data directory's disk.",
        around.store.disk_free_bytes,
    );
    page.single(
        "dlogs_ingest_refused",
        "gauge",
        "1 while ingest is refused.",
        u64::from(around.store.trouble.is_some()),
    );
    page.single(
        "dlogs_live_viewers",
        "gauge",
        "Viewers of the live stream.",
        around.viewers as u64,
    );
    page.single(
        "dlogs_live_unseen_records_total",
        "counter",
        "Records that came too fast to be looked at for viewers.",
        rooms.hub.unseen(),
    );
    page.metric("dlogs_build_info", "gauge", "Always 1; the version is a label.");
    page.sample("dlogs_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    page.text
}

fn delays(page: &mut Page, at_most: impl Fn(u64) -> u64, (count, sum_ms): (u64, u64)) {
    let name = "dlogs_ingest_delay_seconds";
    page.metric(name, "histogram", "From a record's own time to the store.");
    let bucket = format!("{name}_bucket");
    for bound_s in DELAY_BOUNDS_S {
        let within = at_most((bound_s * 1000.0) as u64);
        page.sample(&bucket, &[("le", &bound_s.to_string())], within);
    }
    page.sample(&bucket, &[("le", "+Inf")], count);
    page.sample(&format!("{name}_sum"), &[], sum_ms as f64 / 1000.0);
    page.sample(&format!("{name}_count"), &[], count);
}

/// The text as it grows. Writing to a String cannot fail.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn metric(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn single(&mut self, name: &str, kind: &str, help: &str, value: u64) {
        self.metric(name, kind, help);
        self.sample(name, &[], value);
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        self.text.push_str(name);
        for (i, (label, text)) in labels.iter().enumerate() {
            let before = if i == 0 { '{' } else { ',' };
            let _ = write!(self.text, "{before}{label}=\"{}\"", escaped(text));
        }
        let after = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.text, "{after} {value}");
    }
}

/// A label's value: backslash, quote and line feed are escaped, as the format asks.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests;

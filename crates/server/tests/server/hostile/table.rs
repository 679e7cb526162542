//! One hostile request a row: what is sent, and what must be answered.

use crate::support::batch::{batch, stream};
use crate::support::server::NATIVE;

pub(super) const JSON: &str = "application/json";

pub(super) const NDJSON: &str = "application/x-ndjson";

pub(super) struct Case {
    pub(super) name: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) status: u16,
    /// Any of these words.
    pub(super) reasons: &'static [&'static str],
}

#[derive(Default)]
pub(super) struct Cases(pub(super) Vec<Case>);

impl Cases {
    pub(super) fn add(
        &mut self,
        name: impl Into<String>,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
        status: u16,
        reasons: &'static [&'static str],
    ) {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let headers = headers.iter().map(own).collect();
        self.0.push(Case { name: name.into(), headers, body: body.into(), status, reasons });
    }

    pub(super) fn json(&mut self, body: &str, status: u16, reasons: &'static [&'static str]) {
        let name: String = body.chars().take(60).collect();
        self.add(name, &[("Content-Type", JSON)], body, status, reasons);
    }

    pub(super) fn native(
        &mut self,
        name: impl Into<String>,
        body: Vec<u8>,
        reasons: &'static [&'static str],
    ) {
        self.add(name, &[("Content-Type", NATIVE)], body, 400, reasons);
    }
}

pub(super) fn now_ns() -> i64 {
    dlogs_server::clock::now_ns()
}

pub(super) fn three() -> Vec<u8> {
    batch(stream(1), 1..=3, now_ns())
}

//! What a query asks of a record; compiled once, tested on every row.

use dlogs_record::Level;

use super::parse::{parse, whole};
use super::term::{Hint, Term, Test};
use super::when::when;
use crate::batch::{Batch, Summary, Unpacked};
use crate::client_block::ClientBlock;
use crate::row::Row;

/// The parameters of `GET /api/logs` and of a live view, as they came. Empty means: not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct FilterText {
    /// The query language of spec/api.md.
    pub q: String,
    /// A minimum (`warning`) or a list (`info,error`).
    pub level: String,
    /// Exact service; a comma separates several, `*` stands for anything.
    pub service: String,
    /// Exact language, as `service`.
    pub language: String,
    /// Exact component, as `service`.
    pub component: String,
    /// Exact host, as `service`.
    pub host: String,
    /// Not before: RFC 3339, epoch, or relative.
    pub from: String,
    /// Not after, as `from`.
    pub to: String,
}

/// A compiled filter: every condition must hold.
#[derive(Debug)]
pub struct Filter {
    terms: Vec<Term>,
    /// Records before are left out.
    pub from_ns: i64,
    /// Records after are left out.
    pub to_ns: i64,
}

/// The filter cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFilter {
    /// The parameter that is wrong: `q`, `level`, `from` …
    pub parameter: &'static str,
    /// What is wrong and how to mend it.
    pub error: String,
    /// Where in the parameter, characters from 0.
    pub position: usize,
}

impl Filter {
    /// Compiles the text. `now_ns` anchors relative times.
    pub fn compile(text: &FilterText, now_ns: i64) -> Result<Filter, BadFilter> {
        let name = |parameter| {
            move |bad: super::parse::BadQuery| BadFilter {
                parameter,
                error: bad.error,
                position: bad.position,
            }
        };
        let mut terms = parse(&text.q).map_err(name("q"))?;
        if !text.level.trim().is_empty() {
            terms.push(Term { negated: false, test: levels(&text.level)?, hint: Hint::default() });
        }
        let exact = [
            ("service", &text.service),
            ("language", &text.language),
            ("component", &text.component),
            ("host", &text.host),
        ];
        for (field, wanted) in exact {
            if wanted.is_empty() {
                continue;
            }
            let each =
                wanted.split(',').map(|one| whole(0, one.trim(), true).map(|r| r.to_string()));
            let any = each.collect::<Result<Vec<_>, _>>().map_err(name(field))?.join("|");
            let pattern = regex::bytes::Regex::new(&any).map_err(|_| BadFilter {
                parameter: field,
                error: format!("The parameter {field} is too long."),
                position: 0,
            })?;
            let test = Test::Field { name: field.into(), pattern };
            terms.push(Term { negated: false, test, hint: Hint::default() });
        }
        Ok(Filter {
            terms,
            from_ns: bound("from", &text.from, now_ns)?.unwrap_or(i64::MIN),
            to_ns: bound("to", &text.to, now_ns)?.unwrap_or(i64::MAX),
        })
    }

    /// False when no record of a batch can match: its body need not be unpacked.
    pub fn may_match(&self, client: &ClientBlock, summary: &Summary) -> bool {
        summary.max_time_ns >= self.from_ns
            && summary.min_time_ns <= self.to_ns
            && self.terms.iter().all(|term| term.may_match(client, summary))
    }

    /// False when the frames of a batch already show that no record matches.
    pub fn may_be_in(&self, batch: &Batch, unpacked: &Unpacked) -> bool {
        // Words may stand in the metadata of a block too; that of the first one is looked at below.
        let elsewhere = batch.others.iter().any(|other| !other.metadata.is_empty());
        let frames = unpacked.frames();
        elsewhere || self.terms.iter().all(|term| term.may_be_in(&batch.client, frames))
    }

    /// Tokens that every matching record has.
    pub(super) fn tokens(&self) -> impl Iterator<Item = u64> {
        let asked = self.terms.iter().filter(|term| !term.negated);
        asked.flat_map(|term| term.hint.tokens.iter().copied())
    }

    /// The conditions; all must hold.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether the record matches.
    pub fn matches(&self, row: &Row<'_>) -> bool {
        (self.from_ns..=self.to_ns).contains(&row.time_ns)
            && self.terms.iter().all(|term| term.matches(row))
    }
}

fn bound(parameter: &'static str, text: &str, now_ns: i64) -> Result<Option<i64>, BadFilter> {
    if text.is_empty() {
        return Ok(None);
    }
    let error = || BadFilter {
        parameter,
        error: format!(
            "{parameter}={text:?} is no time; use RFC 3339 (2026-11-22T16:46:40Z), an epoch, or 15m, 2h, 1d, now."
        ),
        position: 0,
    };
    when(text, now_ns).map(Some).ok_or_else(error)
}

fn levels(text: &str) -> Result<Test, BadFilter> {
    let mut wanted = [false; 6];
    let list = text.contains(',');
    for name in text.split(',') {
        let level: Level = name.trim().parse().map_err(|_| BadFilter {
            parameter: "level",
            error: format!(
                "{name:?} is no level; use trace, debug, info, warning, error or critical."
            ),
            position: 0,
        })?;
        let from = level as usize;
        let to = if list { from } else { 5 };
        wanted[from..=to].fill(true);
    }
    Ok(Test::Levels(wanted))
}

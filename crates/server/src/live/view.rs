//! What a viewer asked to see: a filter, and how much of it a second.

use serde::Deserialize;

use crate::query::{BadFilter, Filter, FilterText};

use super::slot::BUDGET_DEFAULT;

/// A viewer's wish as it came, in a `view` message or a query string. Absent means: everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ViewText {
    /// The query language of spec/api.md.
    pub q: String,
    /// A minimum (`warning`) or a list (`info,error`).
    pub level: String,
    /// Service names.
    pub service: String,
    /// Languages.
    pub language: String,
    /// Component names.
    pub component: String,
    /// Host names.
    pub host: String,
    /// Rows a second.
    pub budget: Option<u32>,
}

/// A compiled view. Viewers with equal texts share one, so that a record is tested once for all of them.
#[derive(Debug)]
pub struct View {
    /// The text without the budget, which does not change what matches.
    key: [String; 6],
    /// What it asks of a record.
    pub filter: Filter,
}

impl ViewText {
    /// Compiles the wish. Times make no sense live, so there are none.
    pub fn compile(&self, now_ns: i64) -> Result<View, BadFilter> {
        let text = FilterText {
            q: self.q.clone(),
            level: self.level.clone(),
            service: self.service.clone(),
            language: self.language.clone(),
            component: self.component.clone(),
            host: self.host.clone(),
            ..FilterText::default()
        };
        let filter = Filter::compile(&text, now_ns)?;
        let FilterText { q, level, service, language, component, host, .. } = text;
        Ok(View { key: [q, level, service, language, component, host], filter })
    }

    /// Rows a second, when the viewer did not say: the default.
    pub fn budget(&self) -> u32 {
        self.budget.unwrap_or(BUDGET_DEFAULT)
    }
}

impl View {
    /// Whether both let the same records through.
    pub fn same_as(&self, other: &View) -> bool {
        self.key == other.key
    }
}

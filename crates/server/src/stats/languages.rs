//! Totals by language. A language is whatever a client calls itself.

use std::collections::BTreeMap;

use crate::batch::OTHER;

/// Languages counted by name; what comes after is counted as [`OTHER`], since names come from clients.
const LANGUAGES_MAX: usize = 64;

/// Totals of every language that was seen.
#[derive(Default)]
pub struct Languages {
    totals: BTreeMap<String, Language>,
}

/// Totals of one language.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Language {
    /// Records stored, by level.
    pub levels: [u64; 6],
    /// When a record or a heartbeat came last, milliseconds since 1970.
    pub last_seen_ms: u64,
}

impl Languages {
    /// Counts stored records.
    pub fn count(&mut self, language: &str, levels: &[u64; 6], at_ms: u64) {
        let total = self.entry(language);
        total.last_seen_ms = total.last_seen_ms.max(at_ms);
        for (sum, n) in total.levels.iter_mut().zip(levels) {
            *sum += n;
        }
    }

    /// Notes that a client of the language was heard from.
    pub fn seen(&mut self, language: &str, at_ms: u64) {
        let total = self.entry(language);
        total.last_seen_ms = total.last_seen_ms.max(at_ms);
    }

    /// All languages, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Language)> {
        self.totals.iter().map(|(name, total)| (name.as_str(), total))
    }

    fn entry(&mut self, language: &str) -> &mut Language {
        let known = self.totals.contains_key(language);
        let name = if known || self.totals.len() < LANGUAGES_MAX { language } else { OTHER };
        self.totals.entry(name.to_owned()).or_default()
    }
}

impl Language {
    /// Records of all levels.
    pub fn records(&self) -> u64 {
        self.levels.iter().sum()
    }

    /// Records of level ERROR and CRITICAL.
    pub fn errors(&self) -> u64 {
        self.levels[4] + self.levels[5]
    }
}

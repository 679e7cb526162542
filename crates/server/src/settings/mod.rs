//! What the page may change while the server runs: what is kept. It never changes what a flag of `dlogs serve` says.

mod route;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::catalog::{Catalog, CatalogTrouble, NamedText, Shelf};
use crate::config::Config;
use crate::refusal::Refusal;
use crate::retention::Rules;

pub(crate) use route::{change, show};

const MIB: u64 = 1 << 20;
const DAY_MS: u64 = 86_400_000;
const DAY_NS: i64 = 86_400_000_000_000;

/// One number that the page may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// Parts whose newest record is older leave, days.
    KeepDays,
    /// MiB of all parts; past it the oldest leave. 0 sets no bound.
    KeepMib,
    /// While the disk has fewer MiB free, the oldest parts leave. 0 keeps them.
    KeepFreeMib,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::KeepDays, Self::KeepMib, Self::KeepFreeMib];

    /// Its name in the API and in the catalog.
    pub fn name(self) -> &'static str {
        match self {
            Self::KeepDays => "keep_days",
            Self::KeepMib => "keep_mib",
            Self::KeepFreeMib => "keep_free_mib",
        }
    }

    /// The flag of `dlogs serve` that says the same.
    pub fn flag(self) -> &'static str {
        match self {
            Self::KeepDays => "--keep-days",
            Self::KeepMib => "--keep-mib",
            Self::KeepFreeMib => "--keep-free-mib",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    fn of(self, config: &Config) -> u64 {
        match self {
            Self::KeepDays => config.keep_age_ms / DAY_MS,
            Self::KeepMib => config.keep_bytes / MIB,
            Self::KeepFreeMib => config.keep_free_bytes / MIB,
        }
    }

    /// What is wrong with a value, on a disk of this size.
    fn fault(self, value: u64, disk_bytes: Option<u64>) -> Option<String> {
        let half_mib = disk_bytes.map_or(1 << 40, |bytes| bytes / 2 / MIB);
        match self {
            Self::KeepDays if !(1..=36_500).contains(&value) => {
                Some("keep_days must be a whole number of days from 1 to 36500.".into())
            }
            Self::KeepMib if value != 0 && !(64..=1 << 40).contains(&value) => {
                Some("keep_mib must be 0 (no bound), or MiB from 64 to 1099511627776.".into())
            }
            // More would take every part of a disk that others fill.
            Self::KeepFreeMib if value > half_mib => Some(format!(
                "keep_free_mib must be 0 (off), or MiB up to half of the disk: {half_mib}."
            )),
            _ => None,
        }
    }
}

/// The settings as they are in force.
pub(crate) struct Settings {
    catalog: Arc<dyn Catalog>,
    config: Config,
    /// What the page has said.
    said: Mutex<BTreeMap<Setting, u64>>,
}

impl Settings {
    /// Reads what the page has said before.
    pub(crate) fn open(catalog: Arc<dyn Catalog>, config: Config) -> Result<Self, CatalogTrouble> {
        let mut said = BTreeMap::new();
        for (name, text) in catalog.texts(Shelf::Settings)? {
            match (Setting::named(&name), text.parse()) {
                (Some(setting), Ok(value)) => {
                    said.insert(setting, value);
                }
                _ => tracing::warn!(name, text, "a setting of another version is left alone"),
            }
        }
        Ok(Self { catalog, config, said: Mutex::new(said) })
    }

    /// What retention goes by from now on.
    pub(crate) fn rules(&self) -> Rules {
        let mut rules = self.config.rules();
        for (setting, value) in self.said().iter() {
            if self.is_flagged(*setting) {
                continue;
            }
            match setting {
                Setting::KeepDays => {
                    let days = i64::try_from(*value).unwrap_or(i64::MAX);
                    rules.age_ns = days.saturating_mul(DAY_NS);
                }
                Setting::KeepMib => rules.bytes = value.saturating_mul(MIB),
                Setting::KeepFreeMib => rules.free_bytes = value.saturating_mul(MIB),
            }
        }
        rules
    }

    /// The answer of `/api/settings`.
    fn json(&self) -> Value {
        let said = self.said();
        let shown = Setting::ALL.into_iter().map(|setting| {
            let (value, set_by) = match said.get(&setting) {
                _ if self.is_flagged(setting) => (setting.of(&self.config), "flag"),
                Some(value) => (*value, "page"),
                None => (setting.of(&self.config), "default"),
            };
            (setting.name().to_owned(), json!({"value": value, "set_by": set_by}))
        });
        json!({"retention": Value::Object(shown.collect())})
    }

    /// Takes over what a request wants, all of it or nothing.
    fn change(&self, wanted: &Map<String, Value>, disk_bytes: Option<u64>) -> Result<(), Refusal> {
        let changes = wanted
            .iter()
            .map(|(name, value)| self.wanted(name, value, disk_bytes))
            .collect::<Result<Vec<_>, _>>()?;
        let text = |(setting, value): &(Setting, Option<u64>)| -> NamedText {
            (setting.name().to_owned(), value.map(|value| value.to_string()))
        };
        let texts: Vec<NamedText> = changes.iter().map(text).collect();
        let mut said = self.said();
        self.catalog.put_texts(Shelf::Settings, &texts)?;
        for (setting, value) in changes {
            match value {
                Some(value) => said.insert(setting, value),
                None => said.remove(&setting),
            };
        }
        Ok(())
    }

    fn wanted(
        &self,
        name: &str,
        value: &Value,
        disk_bytes: Option<u64>,
    ) -> Result<(Setting, Option<u64>), Refusal> {
        let setting = Setting::named(name).ok_or_else(|| {
            let known = Setting::ALL.map(Setting::name).join(", ");
            Refusal::bad("setting", format!("There is no setting {name:?}; these are: {known}."))
        })?;
        if value.is_null() {
            return Ok((setting, None));
        }
        let number = value.as_u64().ok_or_else(|| {
            let error = format!("{name} must be a whole number, or null for what it was at first.");
            Refusal::bad("setting", error)
        })?;
        if let Some(fault) = setting.fault(number, disk_bytes) {
            return Err(Refusal::bad("setting", fault));
        }
        match self.is_flagged(setting) {
            false => Ok((setting, Some(number))),
            true => Err(Refusal::new(
                StatusCode::CONFLICT,
                "setting",
                format!(
                    "The server was started with {}, which wins; start it without to set {name} here.",
                    setting.flag()
                ),
            )),
        }
    }

    fn is_flagged(&self, setting: Setting) -> bool {
        self.config.flagged.contains(&setting)
    }

    fn said(&self) -> MutexGuard<'_, BTreeMap<Setting, u64>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

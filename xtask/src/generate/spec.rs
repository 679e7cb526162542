//! The tables of `spec/`, read and checked: what is wrong there is told with the file's name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::at;

pub(crate) struct Spec {
    pub(crate) levels: Levels,
    pub(crate) losses: Losses,
    pub(crate) states: States,
    pub(crate) options: Vec<Opt>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Levels {
    pub(crate) level: Vec<Level>,
    pub(crate) host: Vec<Host>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Level {
    pub(crate) name: String,
    pub(crate) number: u8,
    pub(crate) sentence: String,
    pub(crate) synonyms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) of: String,
    pub(crate) numbers: Vec<HostNumber>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HostNumber {
    pub(crate) from: i64,
    pub(crate) level: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Losses {
    pub(crate) refused: Vec<Reason>,
    pub(crate) lost: Vec<Reason>,
    pub(crate) rejected: Vec<Reason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    pub(crate) name: String,
    pub(crate) number: u8,
    pub(crate) sentence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct States {
    pub(crate) state: Vec<State>,
    pub(crate) activity: Vec<State>,
    #[serde(rename = "arrow")]
    _arrows: Vec<toml::Table>,
}

/// A state, or an activity.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    pub(crate) name: String,
    pub(crate) number: u8,
    pub(crate) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    option: Vec<Opt>,
}

/// One option; the file's own comment says what each type means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opt {
    pub(crate) name: String,
    pub(crate) env: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) unit: Option<String>,
    pub(crate) default: toml::Value,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    #[serde(default)]
    pub(crate) values: Vec<String>,
    #[serde(default)]
    pub(crate) secret: bool,
    pub(crate) text: String,
    pub(crate) why: String,
}

impl Spec {
    pub(crate) fn read(folder: &Path) -> Result<Spec, String> {
        let spec = Spec {
            levels: toml_file(&folder.join("levels.toml"))?,
            losses: toml_file(&folder.join("losses.toml"))?,
            states: toml_file(&folder.join("states.toml"))?,
            options: toml_file::<Options>(&folder.join("options.toml"))?.option,
        };
        spec.check()?;
        Ok(spec)
    }

    fn check(&self) -> Result<(), String> {
        let levels = self.levels.level.iter();
        dense(
            "levels.toml [[level]]",
            levels.clone().map(|level| (level.name.as_str(), level.number)),
        )?;
        unique("levels.toml synonyms", levels.clone().flat_map(|level| &level.synonyms))?;
        let names: BTreeSet<&str> = levels.map(|level| level.name.as_str()).collect();
        for host in &self.levels.host {
            let place = format!("levels.toml [[host]] {}", host.name);
            if let Some(number) =
                host.numbers.iter().find(|number| !names.contains(number.level.as_str()))
            {
                return Err(format!("{place}: {:?} is no level", number.level));
            }
            if !host.numbers.is_sorted_by(|a, b| a.from < b.from) {
                return Err(format!("{place}: `from` must ascend"));
            }
        }
        let tables = [
            ("refused", &self.losses.refused),
            ("lost", &self.losses.lost),
            ("rejected", &self.losses.rejected),
        ];
        for (table, reasons) in tables {
            let numbered = reasons.iter().map(|reason| (reason.name.as_str(), reason.number));
            dense(&format!("losses.toml [[{table}]]"), numbered)?;
        }
        for (table, states) in [("state", &self.states.state), ("activity", &self.states.activity)]
        {
            let numbered = states.iter().map(|state| (state.name.as_str(), state.number));
            dense(&format!("states.toml [[{table}]]"), numbered)?;
        }
        unique("options.toml names", self.options.iter().map(|option| &option.name))?;
        self.options.iter().try_for_each(Opt::check)
    }
}

impl Opt {
    /// The default as it would be written in the environment.
    pub(crate) fn default_text(&self) -> String {
        match &self.default {
            toml::Value::String(text) => text.clone(),
            toml::Value::Array(items) => {
                items.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(",")
            }
            other => other.to_string(),
        }
    }

    fn check(&self) -> Result<(), String> {
        let place = format!("options.toml {}", self.name);
        if self.env != format!("DLOGS_{}", self.name.to_uppercase()) {
            return Err(format!("{place}: env must be DLOGS_{}", self.name.to_uppercase()));
        }
        if self.text.is_empty() || self.why.is_empty() {
            return Err(format!(
                "{place}: needs a sentence (text) and a reason for its default (why)"
            ));
        }
        let fits = match (&*self.kind, &self.default) {
            ("count", toml::Value::Integer(n)) => {
                self.min.is_none_or(|min| *n >= min) && self.max.is_none_or(|max| *n <= max)
            }
            ("choice", toml::Value::String(word)) => self.values.contains(word),
            ("text" | "url" | "path" | "level" | "map", toml::Value::String(_)) => true,
            ("list", toml::Value::Array(_)) => true,
            _ => false,
        };
        if fits {
            Ok(())
        } else {
            Err(format!("{place}: the default does not fit the type {}", self.kind))
        }
    }
}

fn toml_file<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|error| at(path, error))?;
    toml::from_str(&text).map_err(|error| at(path, error))
}

fn dense<'a>(place: &str, numbered: impl Iterator<Item = (&'a str, u8)>) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for (index, (name, number)) in numbered.enumerate() {
        if index != usize::from(number) {
            return Err(format!(
                "{place}: {name} has number {number}; numbers count from 0 in the file's order"
            ));
        }
        if !names.insert(name) {
            return Err(format!("{place}: {name} is there twice"));
        }
    }
    Ok(())
}

fn unique<'a>(place: &str, names: impl Iterator<Item = &'a String>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    match names.into_iter().find(|name| !seen.insert(*name)) {
        Some(name) => Err(format!("{place}: {name} is there twice")),
        None => Ok(()),
    }
}

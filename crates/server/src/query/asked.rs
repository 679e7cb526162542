//! The parameters of a request: those of the filter, which all routes share, and the route's own.

use std::collections::HashMap;

use axum::extract::Query;
use axum::http::Uri;

use super::filter::{Filter, FilterText};
use crate::app::App;
use crate::refusal::Refusal;

/// What was asked for, read strictly: a parameter that nobody knows is a mistake that should be heard of.
pub(super) struct Asked {
    pub(super) text: FilterText,
    own: HashMap<&'static str, String>,
}

impl Asked {
    /// Reads the parameters; `own` are the names that the route takes besides the filter's.
    pub(super) fn of(uri: &Uri, own: &[&'static str]) -> Result<Self, Refusal> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|error| Refusal::bad("parameter", format!("{}.", error.body_text())))?;
        let mut asked = Self { text: FilterText::default(), own: HashMap::new() };
        for (name, value) in pairs {
            let text = &mut asked.text;
            let place = match name.as_str() {
                "q" => &mut text.q,
                "level" => &mut text.level,
                "service" => &mut text.service,
                "language" => &mut text.language,
                "component" => &mut text.component,
                "host" => &mut text.host,
                "from" => &mut text.from,
                "to" => &mut text.to,
                other => {
                    let known = own.iter().find(|known| **known == other);
                    let known = known.ok_or_else(|| unknown(other, own))?;
                    asked.own.entry(*known).or_default()
                }
            };
            *place = value;
        }
        Ok(asked)
    }

    /// A parameter of the route; none when it is absent or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.own.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A number from 1 to `max`, or the default.
    pub(super) fn number(&self, name: &str, default: usize, max: usize) -> Result<usize, Refusal> {
        let Some(text) = self.get(name) else { return Ok(default) };
        text.parse().ok().filter(|number| (1..=max).contains(number)).ok_or_else(|| {
            Refusal::bad("parameter", format!("{name}={text:?} is not a number from 1 to {max}."))
        })
    }

    /// The filter.
    pub(super) fn filter(&self, app: &App) -> Result<Filter, Refusal> {
        Ok(Filter::compile(&self.text, app.now_ns())?)
    }
}

fn unknown(name: &str, own: &[&str]) -> Refusal {
    let own: String = own.iter().map(|own| format!(", {own}")).collect();
    Refusal::bad(
        "parameter",
        format!(
            "{name:?} is no parameter of this route; these are: q, level, service, language, component, host, from, to{own}."
        ),
    )
}

//! One value, checked against its row of the table. Never guesses: what is not allowed is an error.

use std::str::FromStr;

use dlogs_record::Level;
use serde_json::{Map, Value};

use super::{OptionKind, OptionSpec};

/// A value that fits its option.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fit {
    Text(String),
    Count(u64),
    Level(Level),
    List(Vec<String>),
    Map(Map<String, Value>),
}

/// Checks a value. `Err` says what would be allowed.
pub(super) fn read(spec: &OptionSpec, value: &Value) -> Result<Fit, String> {
    let refuse = || Err(allowed(spec));
    match (spec.kind, value) {
        (OptionKind::Text { max }, Value::String(text)) if text.len() as u64 <= max => {
            Ok(Fit::Text(text.clone()))
        }
        (OptionKind::Count { min, max }, _) => match whole_number(value) {
            Some(count) if (min..=max).contains(&count) => Ok(Fit::Count(count)),
            _ => refuse(),
        },
        (OptionKind::Choice(words), Value::String(text)) => {
            match words.iter().find(|word| word.eq_ignore_ascii_case(text.trim())) {
                Some(word) => Ok(Fit::Text((*word).to_owned())),
                None => refuse(),
            }
        }
        (OptionKind::Url, Value::String(text)) if is_address(text.trim()) => {
            Ok(Fit::Text(text.trim().to_owned()))
        }
        (OptionKind::Path, Value::String(text)) if !text.contains('\0') => {
            Ok(Fit::Text(text.clone()))
        }
        (OptionKind::Level, _) => level(value).map_or_else(refuse, |level| Ok(Fit::Level(level))),
        (OptionKind::List, Value::String(text)) => Ok(Fit::List(
            text.split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
        )),
        (OptionKind::List, Value::Array(parts)) => {
            let texts: Option<Vec<String>> =
                parts.iter().map(|part| part.as_str().map(str::to_owned)).collect();
            texts.map_or_else(refuse, |texts| Ok(Fit::List(texts)))
        }
        (OptionKind::Map { max }, _) => match map(value) {
            Some(map) if size_as_json(&map) <= max => Ok(Fit::Map(map)),
            _ => refuse(),
        },
        _ => refuse(),
    }
}

/// What the option allows, to stand behind "must be".
fn allowed(spec: &OptionSpec) -> String {
    match spec.kind {
        OptionKind::Text { max } => format!("text of at most {max} bytes"),
        OptionKind::Count { min, max } => {
            format!("a whole number of {} from {min} to {max}", spec.unit)
        }
        OptionKind::Choice(words) => format!("one of {}", words.join(", ")),
        OptionKind::Url => "an address that begins with http:// or https:// and has a host".into(),
        OptionKind::Path => "a path".into(),
        OptionKind::Level => {
            "a level: trace, debug, info, warning, error, critical, or 0 to 5".into()
        }
        OptionKind::List => "a list of texts (separated by commas in the environment)".into(),
        OptionKind::Map { max } => {
            format!("a map of names to values of at most {max} bytes as JSON (or k=v,k=v)")
        }
    }
}

fn whole_number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            // Languages with one kind of number write 100 as 100.0.
            let float = number.as_f64()?;
            (float.fract() == 0.0 && (0.0..9e15).contains(&float)).then_some(float as u64)
        }),
        Value::String(text) => text.trim().replace('_', "").parse().ok(),
        _ => None,
    }
}

fn level(value: &Value) -> Option<Level> {
    match value {
        Value::Number(number) => {
            number.as_u64().and_then(|n| Level::from_u8(u8::try_from(n).ok()?))
        }
        Value::String(text) => Level::from_str(text.trim()).ok(),
        _ => None,
    }
}

fn map(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map.clone()),
        Value::String(text) if text.trim_start().starts_with('{') => {
            serde_json::from_str(text).ok()
        }
        Value::String(text) => text
            .split(',')
            .filter(|pair| !pair.trim().is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=')?;
                Some((name.trim().to_owned(), Value::String(value.trim().to_owned())))
            })
            .collect(),
        _ => None,
    }
}

fn size_as_json(map: &Map<String, Value>) -> u64 {
    serde_json::to_string(map).map_or(u64::MAX, |json| json.len() as u64)
}

fn is_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    !host.is_empty() && !host.starts_with(':') && !text.chars().any(char::is_whitespace)
}

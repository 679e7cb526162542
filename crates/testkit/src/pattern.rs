//! What a case says must be true, as data: a JSON pattern matched against JSON. The grammar is in spec/cases/README.md.

use serde_json::{Map, Value};

/// Why `actual` does not match `pattern`, with the path to the place; `None` when it matches.
pub fn mismatch(pattern: &Value, actual: &Value) -> Option<String> {
    differs(pattern, Some(actual), "").err()
}

/// True when `actual` matches.
pub fn matches(pattern: &Value, actual: &Value) -> bool {
    mismatch(pattern, actual).is_none()
}

type Verdict = Result<(), String>;

fn differs(pattern: &Value, actual: Option<&Value>, at: &str) -> Verdict {
    if let Some((word, argument)) = operator(pattern) {
        return operate(word, argument, actual, at);
    }
    let Some(actual) = actual else { return fail(at, "is absent", pattern, None) };
    match (pattern, actual) {
        (Value::Object(wanted), Value::Object(_)) => wanted
            .iter()
            .try_for_each(|(key, p)| differs(p, actual.get(key), &format!("{at}.{key}"))),
        (Value::Array(wanted), Value::Array(have)) => {
            if wanted.len() != have.len() {
                let why = format!("has {} elements, not {}", have.len(), wanted.len());
                return fail(at, &why, pattern, Some(actual));
            }
            let mut pairs = wanted.iter().zip(have).enumerate();
            pairs.try_for_each(|(i, (p, a))| differs(p, Some(a), &format!("{at}[{i}]")))
        }
        _ if pattern == actual => Ok(()),
        _ => fail(at, "differs", pattern, Some(actual)),
    }
}

/// `{"$word": argument}`, and nothing else in the object.
fn operator(pattern: &Value) -> Option<(&str, &Value)> {
    let object = pattern.as_object().filter(|object| object.len() == 1)?;
    object.iter().next().filter(|(key, _)| key.starts_with('$')).map(|(k, v)| (k.as_str(), v))
}

fn operate(word: &str, argument: &Value, actual: Option<&Value>, at: &str) -> Verdict {
    let present = actual.filter(|value| !value.is_null());
    if word == "$absent" {
        return holds(present.is_none(), at, word, argument, actual);
    }
    if word == "$not" {
        return holds(differs(argument, actual, at).is_err(), at, word, argument, actual);
    }
    if word == "$in" {
        let any = argument.as_array().map(Vec::as_slice).unwrap_or_default();
        let found = any.iter().any(|p| differs(p, actual, at).is_ok());
        return holds(found, at, word, argument, actual);
    }
    let Some(value) = present else { return fail(at, "is absent", argument, None) };
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let fits = |element: &Value, p: &Value| differs(p, Some(element), at).is_ok();
    let truth = match word {
        "$any" => true,
        "$gt" => compare(value, argument, |a, b| a > b),
        "$gte" => compare(value, argument, |a, b| a >= b),
        "$lt" => compare(value, argument, |a, b| a < b),
        "$lte" => compare(value, argument, |a, b| a <= b),
        "$between" => {
            compare(value, &argument[0], |a, b| a >= b)
                && compare(value, &argument[1], |a, b| a <= b)
        }
        "$all" => {
            let all = argument.as_array().map(Vec::as_slice).unwrap_or_default();
            return all.iter().try_for_each(|p| differs(p, actual, at));
        }
        "$text" => value.as_str().zip(argument.as_str()).is_some_and(|(a, b)| a.contains(b)),
        "$length" => {
            return differs(argument, Some(&length(value).into()), &format!("{at}.length"));
        }
        "$has" => list.iter().any(|element| fits(element, argument)),
        "$none" => value.is_array() && !list.iter().any(|element| fits(element, argument)),
        "$each" => {
            let mut elements = list.iter().enumerate();
            return elements
                .try_for_each(|(i, e)| differs(argument, Some(e), &format!("{at}[{i}]")));
        }
        "$count" => {
            let count = list.iter().filter(|element| fits(element, &argument[0])).count();
            return differs(&argument[1], Some(&count.into()), &format!("{at}.count"));
        }
        "$sequence" => sequence(argument, list, fits),
        "$exactly" => return exactly(argument, value, at),
        "$set" => set(argument, list, fits),
        "$numbered" => return numbered(argument, list, at),
        "$ascending" => list.windows(2).all(|pair| compare(&pair[1], &pair[0], |a, b| a > b)),
        _ => return Err(format!("the pattern's word {word} is not known (spec/cases/README.md)")),
    };
    holds(truth, at, word, argument, actual)
}

fn compare(a: &Value, b: &Value, order: fn(f64, f64) -> bool) -> bool {
    a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| order(a, b))
}

fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(list) => list.len(),
        Value::Object(map) => map.len(),
        _ => 0,
    }
}

fn sequence(wanted: &Value, list: &[Value], fits: impl Fn(&Value, &Value) -> bool) -> bool {
    let mut rest = list.iter();
    let wanted = wanted.as_array().map(Vec::as_slice).unwrap_or_default();
    wanted.iter().all(|pattern| rest.any(|element| fits(element, pattern)))
}

/// Greedy is enough: the cases' sets hold plain values or patterns that do not overlap.
fn set(wanted: &Value, list: &[Value], fits: impl Fn(&Value, &Value) -> bool) -> bool {
    let mut left: Vec<&Value> = list.iter().collect();
    let wanted = wanted.as_array().map(Vec::as_slice).unwrap_or_default();
    let found = wanted.iter().all(|pattern| {
        let place = left.iter().position(|element| fits(element, pattern));
        place.map(|i| left.swap_remove(i)).is_some()
    });
    found && left.is_empty()
}

fn exactly(wanted: &Value, actual: &Value, at: &str) -> Verdict {
    let empty = Map::new();
    let (keys, have) = (wanted.as_object().unwrap_or(&empty), actual.as_object());
    let Some(have) = have else { return fail(at, "is not an object", wanted, Some(actual)) };
    if let Some(extra) = have.keys().find(|key| !keys.contains_key(*key)) {
        return fail(&format!("{at}.{extra}"), "should not be there", wanted, Some(actual));
    }
    differs(wanted, Some(actual), at)
}

fn numbered(argument: &Value, list: &[Value], at: &str) -> Verdict {
    let text = argument[0].as_str().unwrap_or_default();
    let (from, to) = (argument[1].as_u64().unwrap_or(1), argument[2].as_u64().unwrap_or(0));
    let mut have = list.iter();
    for n in from..=to {
        let wanted = Value::from(text.replace("{n}", &n.to_string()));
        let element = have.next();
        if element != Some(&wanted) {
            return fail(&format!("{at}[{}]", n - from), "differs", &wanted, element);
        }
    }
    let left = have.len();
    holds(left == 0, at, "$numbered", argument, Some(&format!("{left} elements too many").into()))
}

fn holds(truth: bool, at: &str, word: &str, argument: &Value, actual: Option<&Value>) -> Verdict {
    if truth { Ok(()) } else { fail(at, &format!("fails {word}"), argument, actual) }
}

fn fail(at: &str, why: &str, wanted: &Value, actual: Option<&Value>) -> Verdict {
    let at = if at.is_empty() { "it" } else { at.trim_start_matches('.') };
    let actual = actual.map_or("nothing".to_owned(), shortened);
    Err(format!("{at} {why}: wanted {}, have {actual}", shortened(wanted)))
}

/// A value as text, cut where nobody would read on.
pub fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(600) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text,
    }
}

#[cfg(test)]
mod tests;

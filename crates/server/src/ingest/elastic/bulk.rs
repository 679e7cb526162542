//! The lines of a bulk body: an action, and for most actions the document below it.

use serde::Deserialize;
use serde_json::Value;

use crate::refusal::Refusal;

/// What is asked of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Store it, whatever came before.
    Index,
    /// Store it, unless its id is taken.
    Create,
    /// Change what is stored: logs do not change.
    Update,
    /// Remove what is stored.
    Delete,
}

impl Action {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// One action with its document, which is empty where the action has none.
#[derive(Debug, PartialEq)]
pub(super) struct Line<'a> {
    pub(super) action: Action,
    pub(super) index: Option<String>,
    pub(super) id: Option<String>,
    pub(super) document: &'a str,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Meta {
    _index: Option<String>,
    _id: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wire {
    Index(Option<Meta>),
    Create(Option<Meta>),
    Update(Option<Meta>),
    Delete(Option<Meta>),
}

/// The actions of a body, in their order; an error ends them, for nobody knows where the next one begins.
pub(super) fn lines(body: &str) -> impl Iterator<Item = Result<Line<'_>, Refusal>> {
    let numbered = body.split('\n').zip(1_u64..).map(|(line, number)| (line.trim(), number));
    let mut lines = numbered.filter(|(line, _)| !line.is_empty());
    let mut broken = false;
    std::iter::from_fn(move || {
        if broken {
            return None;
        }
        let (text, number) = lines.next()?;
        let line = action(text, number).and_then(|(action, meta)| {
            let document = match action {
                Action::Delete => Some(""),
                _ => lines.next().map(|(document, _)| document),
            };
            let document = document.ok_or_else(|| {
                Refusal::bad(
                    "bulk",
                    format!("The action in line {number} has no document below it; a bulk body alternates between the two."),
                )
            })?;
            let id = meta._id.and_then(|id| match id {
                Value::Null => None,
                Value::String(text) => Some(text),
                other => Some(other.to_string()),
            });
            Ok(Line { action, index: meta._index, id: id.filter(|id| !id.is_empty()), document })
        });
        broken = line.is_err();
        Some(line)
    })
}

fn action(text: &str, number: u64) -> Result<(Action, Meta), Refusal> {
    let wire = serde_json::from_str(text).map_err(|error| {
        Refusal::bad(
            "bulk",
            format!("Line {number} is no action, such as {{\"index\": {{\"_index\": \"logs\"}}}}: {error}."),
        )
    })?;
    let (action, meta) = match wire {
        Wire::Index(meta) => (Action::Index, meta),
        Wire::Create(meta) => (Action::Create, meta),
        Wire::Update(meta) => (Action::Update, meta),
        Wire::Delete(meta) => (Action::Delete, meta),
    };
    Ok((action, meta.unwrap_or_default()))
}

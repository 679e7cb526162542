//! Saved views: names for queries of the page. It keeps the texts and never runs them.

mod route;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Shelf};
use crate::refusal::Refusal;

pub(crate) use route::{list, put, remove};

const VIEWS_MAX: usize = 200;
const NAME_MAX_CHARS: usize = 100;
const QUERY_MAX_BYTES: usize = 4096;

/// A view as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct View {
    name: String,
    query: String,
    created_ms: u64,
}

/// A view as the catalog holds it, under its name.
#[derive(Serialize, Deserialize)]
struct Kept {
    query: String,
    created_ms: u64,
}

/// All views.
pub(crate) struct Views {
    catalog: Arc<dyn Catalog>,
    /// One change at a time: the bound and the time of making are looked up first.
    changing: Mutex<()>,
}

impl Views {
    pub(crate) fn new(catalog: Arc<dyn Catalog>) -> Self {
        Self { catalog, changing: Mutex::new(()) }
    }

    /// By name.
    fn all(&self) -> Result<Vec<View>, Refusal> {
        let texts = self.catalog.texts(Shelf::Views)?;
        let read = |(name, text): (String, String)| {
            let Kept { query, created_ms } = serde_json::from_str(&text).ok()?;
            Some(View { name, query, created_ms })
        };
        Ok(texts.into_iter().filter_map(read).collect())
    }

    /// Saves a view; one of that name keeps the time of its making.
    fn put(&self, name: String, query: String, now_ms: u64) -> Result<View, Refusal> {
        check(&name, &query)?;
        let _one = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let views = self.all()?;
        let known = views.iter().find(|view| view.name == name);
        if known.is_none() && views.len() >= VIEWS_MAX {
            let error = format!("There are {VIEWS_MAX} views already; remove one first.");
            return Err(Refusal::new(StatusCode::CONFLICT, "view", error));
        }
        let created_ms = known.map_or(now_ms, |view| view.created_ms);
        let kept = Kept { query, created_ms };
        let text = serde_json::to_string(&kept)
            .map_err(|error| Refusal::unavailable("disk", error.to_string(), 5))?;
        self.catalog.put_texts(Shelf::Views, &[(name.clone(), Some(text))])?;
        Ok(View { name, query: kept.query, created_ms })
    }

    fn remove(&self, name: String) -> Result<(), Refusal> {
        let _one = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.all()?.iter().any(|view| view.name == name) {
            let error = format!("There is no view {name:?}; GET /api/views lists them.");
            return Err(Refusal::new(StatusCode::NOT_FOUND, "view", error));
        }
        Ok(self.catalog.put_texts(Shelf::Views, &[(name, None)])?)
    }
}

fn check(name: &str, query: &str) -> Result<(), Refusal> {
    let chars = name.chars().count();
    if !(1..=NAME_MAX_CHARS).contains(&chars) || name.chars().any(char::is_control) {
        return Err(Refusal::bad(
            "view",
            format!(
                "A view's name has 1 to {NAME_MAX_CHARS} characters and no control characters; choose another."
            ),
        ));
    }
    if query.len() > QUERY_MAX_BYTES {
        return Err(Refusal::bad(
            "view",
            format!(
                "A view's query has at most {QUERY_MAX_BYTES} bytes; this one has {}.",
                query.len()
            ),
        ));
    }
    Ok(())
}

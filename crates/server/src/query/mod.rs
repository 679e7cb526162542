//! Finds records: the language of `q`, filters, and the walk over a snapshot. Never writes.

mod asked;
mod candidates;
mod context;
mod cursor;
mod export;
mod facets;
mod filter;
mod format;
mod hits;
mod one;
mod parse;
pub(crate) mod route;
mod run;
mod search;
mod span;
mod survey;
pub mod table;
mod tally;
mod term;
pub(crate) mod text;
mod walk;
mod when;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub use filter::{BadFilter, Filter, FilterText};

/// All that can be asked about stored records, beside the page of rows.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/logs/hits", get(hits::hits))
        .route("/api/logs/facets", get(facets::facets))
        .route("/api/logs/fields", get(facets::fields))
        .route("/api/logs/export", get(export::export))
        .route("/api/logs/{id}", get(one::one))
        .route("/api/logs/{id}/context", get(context::context))
}

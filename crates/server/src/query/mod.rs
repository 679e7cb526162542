//! Finds records: the language of `q`, filters, and the walk over a snapshot. Never writes.

mod cursor;
mod filter;
mod parse;
pub(crate) mod route;
mod search;
mod term;
mod when;

pub use filter::{BadFilter, Filter, FilterText};

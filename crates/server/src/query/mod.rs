//! Finds records: the language of `q`, filters, and the walk over a snapshot. Never writes.

mod filter;

pub use filter::{BadFilter, Filter, FilterText};

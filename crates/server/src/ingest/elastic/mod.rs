//! Elasticsearch's `_bulk`, and the little that its clients ask before: enough to take logs, never to search them.

mod answer;
mod bulk;
mod item;
mod product;
mod route;

#[cfg(test)]
mod tests;

pub(crate) use product::root;
pub(crate) use route::{bulk, bulk_of};

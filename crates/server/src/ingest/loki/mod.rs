//! Loki's push: streams of lines with labels, made into our records at the edge. Never indexes labels apart from fields.

mod entry;
mod labels;
mod push;
mod route;

#[cfg(test)]
mod tests;

pub(crate) use route::ingest;

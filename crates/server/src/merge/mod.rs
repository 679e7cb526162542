//! Small parts become one: which, and how. It never commits, and never brings back what has left.

mod build;
mod plan;
#[cfg(test)]
mod tests;
mod thread;

pub(crate) use plan::plan;
pub(crate) use thread::{MergeJob, Merged, run};

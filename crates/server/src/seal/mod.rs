//! Batches become parts: when, and which records go where. It never commits and never trims.

mod build;
mod days;
mod due;
#[cfg(test)]
mod tests;
mod thread;

pub(crate) use build::build;
pub(crate) use due::{Limits, Load, due, portion};
pub(crate) use thread::{SealJob, Sealed, Trouble, run};

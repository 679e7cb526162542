//! The atomics of the protocol. The loom model builds the protocol's files against a room of this name with loom's.

pub(crate) use std::sync::Arc;
pub(crate) use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, Ordering};

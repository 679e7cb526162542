//! The server over real sockets with real files, and on a disk that remembers, fails and loses power.
#![allow(unreachable_pub, reason = "what a test's support offers is pub for the reader")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

mod auth;
mod backup;
mod disk_faults;
mod extremes;
mod full_disk;
mod hostile;
mod ingest;
mod openapi;
mod others;
mod power_cut;
mod query;
mod questions;
/// The same questions of the same records, when all of them lie in parts.
#[allow(clippy::duplicate_mod, reason = "the same tests, on another store")]
#[path = "query.rs"]
mod query_in_parts;
mod seal_faults;
mod serve;
mod store;
mod system;
mod unheard;

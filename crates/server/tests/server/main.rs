//! The server over real sockets with real files, and on a disk that remembers, fails and loses power.
#![allow(unreachable_pub, reason = "what a test's support offers is pub for the reader")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

mod auth;
mod disk_faults;
mod hostile;
mod ingest;
mod power_cut;
mod query;
mod serve;

//! The binary from outside: spawned, spoken to, and judged by what it prints and how it ends.
#![allow(clippy::unwrap_used)] // helpers of tests may fail as tests do

#[path = "cli/backup.rs"]
mod backup;
#[path = "cli/binary.rs"]
mod binary;
#[path = "cli/clients.rs"]
mod clients;
#[path = "cli/dead.rs"]
mod dead;
#[path = "cli/doctor.rs"]
mod doctor;
#[path = "cli/journal.rs"]
mod journal;
#[path = "cli/keys.rs"]
mod keys;
#[path = "cli/query.rs"]
mod query;
#[path = "cli/serve.rs"]
mod serve;
#[path = "cli/ship.rs"]
mod ship;
#[path = "cli/tail.rs"]
mod tail;

//! The record crate from outside: what goes in comes out, and no bytes make it panic.
#![expect(clippy::unwrap_used, reason = "a test that unwraps in vain has failed")]

mod foreign;
mod tree;

mod check;
mod encode;
mod golden;
mod hostile;
mod incoming;
mod level;
mod repair;
mod roundtrip;
mod row;
mod time;

//! The record crate from outside: what goes in comes out, and no bytes make it panic.

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

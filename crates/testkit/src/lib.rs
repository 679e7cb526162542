//! The tests' own server, drivers and case runner. It never ships, and the product never depends on it.
#![forbid(unsafe_code)]

pub mod arguments;
pub mod batch;
pub mod case;
pub mod chance;
pub mod driver;
pub mod http;
pub mod journal_dir;
pub mod pattern;
pub mod play;
pub mod readback;
pub mod reply;
pub mod row;
pub mod scripted;
pub mod seen;
pub mod served;
pub mod side;
pub mod own_time;
pub mod stored;
pub mod typed;

//! The server: takes batches, answers only for what is on disk, finds and shows it. Knows no client code.
#![forbid(unsafe_code)]

pub mod app;
pub mod batch;
pub mod client_block;
pub mod clients;
pub mod clock;
pub mod config;
pub mod observe;
pub mod live;
mod metrics;
mod pack;
mod page;
pub mod query;
pub mod ranges;
pub mod row;
pub mod serve;
pub mod stats;
pub mod stream_id;

pub use app::App;
pub use config::Config;
pub use serve::{ServeError, serve};

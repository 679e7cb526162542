//! The server: takes batches, answers only for what is on disk, finds and shows it. Knows no client code.
#![forbid(unsafe_code)]

pub mod app;
pub mod auth;
pub mod batch;
pub mod catalog;
pub mod client_block;
pub mod clients;
pub mod clock;
pub mod config;
pub mod data_dir;
mod entry;
pub mod frame;
mod health;
mod ingest;
mod listen;
pub mod live;
pub mod memtable;
mod metrics;
pub mod observe;
mod pack;
mod page;
mod port;
pub mod query;
pub mod queue;
pub mod ranges;
pub mod refusal;
pub mod row;
pub mod serve;
pub mod stats;
pub mod stream;
pub mod stream_id;
mod writer;

pub use app::App;
pub use config::Config;
pub use serve::{ServeError, serve};

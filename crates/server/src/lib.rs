//! The server: takes batches, answers only for what is on disk, finds and shows it. Knows no client code.
#![forbid(unsafe_code)]

pub mod app;
pub mod auth;
pub mod backup;
pub mod batch;
pub mod catalog;
pub mod check;
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
mod merge;
mod metrics;
pub mod observe;
mod openapi;
mod pack;
mod page;
pub mod parts;
mod port;
pub mod query;
pub mod queue;
pub mod ranges;
pub mod refusal;
mod retention;
pub mod row;
mod seal;
pub mod serve;
pub mod stats;
pub mod store_state;
pub mod stream;
pub mod stream_id;
mod writer;

pub use app::App;
pub use config::Config;
pub use serve::{ServeError, serve};

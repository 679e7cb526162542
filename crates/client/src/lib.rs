//! The DistributedLogs client: decides, sends, retries and counts. Never blocks a caller, never prints, never loses silently.
#![forbid(unsafe_code)]

pub mod batch;
pub mod engine;
mod generated;
pub mod ledger;
pub mod options;
pub mod retry;
pub mod turns;
pub mod window;

pub use self::engine::{Activity, State};
pub use self::options::{OptionError, Options};
pub use dlogs_record::Level;

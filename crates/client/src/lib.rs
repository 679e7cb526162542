//! The DistributedLogs client: decides, sends, retries and counts. Never blocks a caller, never prints, never loses silently.
#![forbid(unsafe_code)]

mod macros;

mod batch;
pub mod bridge;
pub mod clock;
mod doorbell;
mod engine;
mod events;
mod flush;
mod generated;
mod keeper;
mod ledger;
mod logger;
pub mod options;
mod outcome;
mod own_thread;
mod progress;
pub mod retry;
mod sender;
mod set_aside;
mod station;
mod stats;
pub mod transport;
mod turns;
mod value;
mod window;

/// What the C border's table of handles looks its loggers up with.
#[doc(hidden)]
pub use dlogs_journal::visit;
pub use dlogs_record::{Encoder, Kind, Level};

pub use crate::engine::{Activity, State};
pub use crate::events::Event;
pub use crate::flush::Flush;
pub use crate::logger::{Builder, Events, Fields, Logger};
pub use crate::options::{OptionError, Options, Sdk};
pub use crate::outcome::{Closed, Outcome, RefusedReason};
pub use crate::sender::{Shipped, ship};
pub use crate::stats::Stats;
pub use crate::value::{DebugValue, DisplayValue, ToFields, ToValue, debug, display};

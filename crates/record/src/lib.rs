//! A log record as bytes: encode, check, decode, JSON. No I/O, no clock, no unsafe code, no panic on any input.
//!
//! The bytes are drawn in `spec/record.md`. A host writes a body with an [`Encoder`]; the core runs [`check`]
//! once before the append; whoever reads uses a borrowed [`View`] or an owned [`Record`], and [`json`] for people.
#![forbid(unsafe_code)]

mod level;
mod kind;
pub mod limits;
mod tag;
mod head;
mod malformed;
mod text;
mod encode;
mod redact;
mod glance;
mod walk;
mod check;
mod view;
mod record;
mod decode;
pub mod time;
pub mod json;
mod generated;

pub use check::{Checked, check};
pub use decode::{decode, last_wins_unrepaired};
pub use encode::Encoder;
pub use generated::levels as hosts;
pub use generated::losses::{Lost, Refused, Rejected};
pub use head::{Head, head};
pub use kind::Kind;
pub use level::{Level, UnknownLevel};
pub use malformed::{Fault, Malformed};
pub use record::{Record, Value};
pub use redact::Redact;
pub use text::Text;
pub use view::{Fields, Items, ValueRef, View};

/// Keys that carry what a record needs beyond its metadata. Rows lift them out; hosts write them first.
pub mod reserved {
    /// Name of a custom event in JSON and queries. In bodies the kind says it and the message is the name.
    pub const EVENT: &str = "@event";
    /// Trace id, usually 32 hex digits.
    pub const TRACE_ID: &str = "@trace_id";
    /// Span id, usually 16 hex digits.
    pub const SPAN_ID: &str = "@span_id";
    /// Class of the exception or error.
    pub const ERROR_TYPE: &str = "@error.type";
    /// Text of the exception or error.
    pub const ERROR_MESSAGE: &str = "@error.message";
    /// Stack trace, one frame a line.
    pub const ERROR_STACK: &str = "@error.stack";
    /// Name of the host's logger.
    pub const LOGGER: &str = "@logger";
    /// Name of the thread that logged.
    pub const THREAD: &str = "@thread";
    /// Mark of a record whose message or fields did not fit; its value is a cut (tag 12).
    pub const CUT: &str = "@cut";
}

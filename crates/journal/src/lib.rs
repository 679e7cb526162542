//! The crash-safe queue of opaque frames in memory-mapped segments. It never looks into a body and never touches the network.
//!
//! [`Journal::open`] gives three handles, one for each kind of thread: [`Journal`] for everyone who logs, [`Reader`] for the
//! one who sends, [`Keeper`] for the one who does the disk's work. `spec/journal.md` draws the bytes and argues the states.

mod adopt;
mod append;
mod background;
mod caps;
mod chapter;
mod crc;
mod error;
mod file;
mod frame;
mod journal;
mod keeper;
mod lock;
mod loss;
mod maker;
mod open;
mod owner;
mod place;
mod pool;
mod reader;
mod refusal;
mod release;
mod remove;
mod room;
mod segment;
mod settings;
mod shared;
mod stream;
mod survey;
mod sync;
mod taken;
mod walk;

#[cfg_attr(windows, path = "fork/never.rs")]
pub mod fork;
pub mod inspect;
pub mod visit;

pub use background::run_in_background;
pub use error::OpenError;
pub use journal::{Journal, Opened};
pub use keeper::Keeper;
pub use loss::{Loss, LossReason};
pub use place::{Medium, Place};
pub use reader::Reader;
pub use refusal::{Refusal, RefusedReason};
pub use settings::{Settings, Wake};
pub use stream::{ParseStreamIdError, StreamId};
pub use taken::{Limits, Taken};

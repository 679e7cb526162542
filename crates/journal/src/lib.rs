//! The crash-safe queue of opaque frames in memory-mapped segments. It never looks into a body and never touches the network.
//!
//! [`Journal::open`] gives three handles, one for each kind of thread: [`Journal`] for everyone who logs, [`Reader`] for the
//! one who sends, [`Keeper`] for the one who does the disk's work. `spec/journal.md` draws the bytes and argues the states.

mod journal;
mod keeper;
mod loss;
mod place;
mod reader;
mod refusal;
mod settings;
mod stream;

pub mod fork;
pub mod inspect;

pub use journal::{Journal, Opened};
pub use keeper::Keeper;
pub use loss::{Loss, LossReason};
pub use place::{Medium, OpenError, Place};
pub use reader::{Limits, Reader, Taken};
pub use refusal::{Refusal, RefusedReason};
pub use settings::{Settings, Wake};
pub use stream::{ParseStreamIdError, StreamId};

//! What an answer means and how long to wait after a bad one. Pure; owns no socket and no clock.

pub mod backoff;
pub mod reply;
pub mod verdict;
#[cfg(test)]
mod tests;

pub use self::backoff::Backoff;
pub use self::reply::{Broken, OurAnswer, Rejected, Reply};
pub use self::verdict::{Row, Trouble, Verdict, Wait};

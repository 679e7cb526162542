//! Constants from `spec/`, written by `cargo xtask gen`; nothing here is edited by hand.

pub mod levels;
pub(crate) mod losses;

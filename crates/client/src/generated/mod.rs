//! What `cargo xtask gen` writes from spec/. Nothing here is edited by hand.

pub(crate) mod options;

//! Unsafe code lives in two rooms; every other crate forbids it.

use super::tree::{Finding, Tree};

/// The journal maps memory, the borders speak C; a border keeps it in one file, which denies it everywhere else.
const ALLOWED: &[&str] = &["crates/journal/", "crates/abi/", "clients/node/", "clients/python/"];

/// Every lib.rs and main.rs elsewhere says `#![forbid(unsafe_code)]`.
pub(super) fn forbidden(tree: &Tree) -> Vec<Finding> {
    tree.sources()
        .filter(|file| ["/src/lib.rs", "/src/main.rs"].iter().any(|end| file.path.ends_with(end)))
        .filter(|file| !ALLOWED.iter().any(|room| file.path.starts_with(room)))
        .filter(|file| !file.text.lines().any(|line| line == "#![forbid(unsafe_code)]"))
        .map(|file| file.finding(1, "does not forbid unsafe code; add #![forbid(unsafe_code)]"))
        .collect()
}

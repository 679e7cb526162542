//! The rooms that decide are pure: (state, event, now) in, (state, actions) out.

use super::tree::{File, Finding, Tree};

const ROOMS: &[&str] = &[
    "crates/client/src/engine",
    "crates/client/src/batch",
    "crates/client/src/retry",
    "crates/record/src",
];

/// What reads a clock, rolls dice, starts threads, or touches disk and network.
const FORBIDDEN: &[&str] = &[
    "Instant::now",
    "SystemTime::now",
    "thread::",
    "std::thread",
    "std::fs",
    "fs::",
    "std::net",
    "std::env",
    "rand::",
    "getrandom",
    "sleep(",
];

/// No pure room names anything of that, outside of tests and comments.
pub(super) fn rooms(tree: &Tree) -> Vec<Finding> {
    let pure = tree.sources().filter(|file| is_pure(&file.path) && !file.is_test());
    pure.flat_map(check).collect()
}

fn is_pure(path: &str) -> bool {
    ROOMS.iter().any(|room| {
        path.strip_prefix(room).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    })
}

fn check(file: &File) -> Vec<Finding> {
    let code = file.lines().filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.filter_map(|(number, line)| {
        let word = FORBIDDEN.iter().find(|word| names(line, word))?;
        let what = format!(
            "{word} in a room that only decides; take it as an argument (`now`, an event) instead"
        );
        Some(file.finding(number, what))
    })
    .collect()
}

/// True if the line has the word, and not as the end of a longer one.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

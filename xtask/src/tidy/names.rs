//! A file's name says what is in it.

use super::tree::{Finding, Tree};

const VAGUE: &[&str] =
    &["util", "utils", "utilities", "common", "helper", "helpers", "misc", "stuff"];

/// No source file and none of its folders has a name that fits anything.
pub(super) fn vague(tree: &Tree) -> Vec<Finding> {
    tree.sources()
        .filter_map(|file| {
            let parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
            let word = parts
                .flat_map(|part| part.split(['_', '-']))
                .find(|word| VAGUE.iter().any(|vague| word.eq_ignore_ascii_case(vague)))?;
            let what =
                format!("`{word}` fits anything; name the file after the noun or verb in it");
            Some(file.finding(1, what))
        })
        .collect()
}

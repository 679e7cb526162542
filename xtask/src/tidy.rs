//! The house rules that a machine can check. Reads the repository, changes nothing.
//!
//! Each rule is a pure function of the tree in its own file: from files to findings.

mod arrows;
mod names;
mod opening;
mod papers;
mod pure;
mod size;
mod tree;
mod unsafe_code;
mod words;

#[cfg(test)]
mod tests;

use std::path::Path;

use tree::{Finding, Tree};

const RULES: &[fn(&Tree) -> Vec<Finding>] = &[
    size::files,
    size::medians,
    size::allow_list,
    opening::rust,
    opening::python,
    arrows::crates,
    pure::rooms,
    unsafe_code::forbidden,
    words::unfinished,
    words::places,
    names::vague,
    papers::architecture,
    papers::quick_starts,
    papers::shown_files,
];

/// Checks the whole repository.
///
/// # Errors
/// All findings, one a line: `file:line: what is wrong; how to mend it`.
pub(crate) fn run(root: &Path) -> Result<String, String> {
    let tree = Tree::read(root)?;
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    if findings.is_empty() {
        return Ok(format!("tidy: {} files keep to the rules", tree.files.len()));
    }
    findings.sort();
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    Err(format!("{}\ntidy: {} findings", lines.join("\n"), lines.len()))
}

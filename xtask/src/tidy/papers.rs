//! Papers stay short enough to be read.

use super::tree::{Finding, Tree};

const MAX_ARCHITECTURE_LINES: usize = 200;
const MAX_QUICK_START_LINES: usize = 30;

/// ARCHITECTURE.md is there and has at most 200 lines.
pub(super) fn architecture(tree: &Tree) -> Vec<Finding> {
    let path = "ARCHITECTURE.md";
    let Some(file) = tree.get(path) else {
        let what = "is missing; draw the map, the arrows and the life of a record".to_owned();
        return vec![Finding { path: path.to_owned(), line: 1, what }];
    };
    let lines = file.text.lines().count();
    let too_long = (lines > MAX_ARCHITECTURE_LINES).then(|| {
        let what = format!(
            "{lines} lines, {MAX_ARCHITECTURE_LINES} are allowed; move detail to spec/ or docs/adr/"
        );
        file.finding(lines, what)
    });
    too_long.into_iter().collect()
}

/// No block of code in README.md has more than 30 lines.
pub(super) fn quick_starts(tree: &Tree) -> Vec<Finding> {
    let Some(file) = tree.get("README.md") else { return Vec::new() };
    let mut findings = Vec::new();
    let mut opened = None;
    for (number, _) in file.lines().filter(|(_, line)| line.trim_start().starts_with("```")) {
        opened = match opened {
            None => Some(number),
            Some(start) => {
                let lines = number - start - 1;
                if lines > MAX_QUICK_START_LINES {
                    let what = format!(
                        "a block of {lines} lines, {MAX_QUICK_START_LINES} are allowed; move it to examples/"
                    );
                    findings.push(file.finding(start, what));
                }
                None
            }
        };
    }
    findings
}

/// A block of code in README.md under a comment with a path shows that file as it is.
pub(super) fn shown_files(tree: &Tree) -> Vec<Finding> {
    let Some(readme) = tree.get("README.md") else { return Vec::new() };
    let mut findings = Vec::new();
    for (number, line) in readme.lines() {
        let Some(path) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"))
        else {
            continue;
        };
        let shown: String = (readme.text.lines().skip(number + 1))
            .take_while(|line| !line.starts_with("```"))
            .flat_map(|line| [line, "\n"])
            .collect();
        if tree.get(path).is_none_or(|file| file.text != shown) {
            findings.push(
                readme.finding(number, format!("does not show {path} as it is; copy it anew")),
            );
        }
    }
    findings
}

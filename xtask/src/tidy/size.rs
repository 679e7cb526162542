//! Small files: what does not fit on a few screens is not one thing.

use std::collections::BTreeMap;

use super::tree::{File, Finding, Tree};

const MAX_LINES: usize = 400;
const MAX_MEDIAN_LINES: usize = 150;
const ALLOW_LIST: &str = "xtask/tidy.allow";

/// No source file has more than 400 lines, except those in xtask/tidy.allow.
pub(super) fn files(tree: &Tree) -> Vec<Finding> {
    let allowed = allowed(tree);
    tree.sources()
        .filter(|file| !allowed.contains_key(file.path.as_str()))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > MAX_LINES).then(|| {
                file.finding(
                    lines,
                    format!("{lines} lines, {MAX_LINES} are allowed; give each noun or verb its own file"),
                )
            })
        })
        .collect()
}

/// The median of a crate's files, tests left out, is at most 150 lines.
pub(super) fn medians(tree: &Tree) -> Vec<Finding> {
    let mut crates: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for file in tree.sources().filter(|file| file.extension() == "rs" && !file.is_test()) {
        if let Some((folder, _)) = file.path.split_once("/src/") {
            crates.entry(folder).or_default().push(file.text.lines().count());
        }
    }
    crates
        .into_iter()
        .filter_map(|(folder, mut lines)| {
            lines.sort_unstable();
            let median = lines.get(lines.len() / 2).copied().unwrap_or(0);
            (median > MAX_MEDIAN_LINES).then(|| Finding {
                path: format!("{folder}/src"),
                line: 1,
                what: format!(
                    "the median file has {median} lines, {MAX_MEDIAN_LINES} are allowed; split the long ones"
                ),
            })
        })
        .collect()
}

/// Every exception has a reason, and is still needed.
pub(super) fn allow_list(tree: &Tree) -> Vec<Finding> {
    let Some(list) = tree.get(ALLOW_LIST) else { return Vec::new() };
    let mut findings = Vec::new();
    for (line, path, reason) in entries(list) {
        if reason.is_empty() {
            findings.push(
                list.finding(line, format!("{path} has no reason; write it behind the path")),
            );
        }
        match tree.get(path) {
            None => {
                findings.push(list.finding(line, format!("{path} does not exist; remove the line")))
            }
            Some(file) if file.text.lines().count() <= MAX_LINES => {
                findings.push(
                    list.finding(line, format!("{path} is short enough now; remove the line")),
                );
            }
            Some(_) => {}
        }
    }
    findings
}

fn allowed(tree: &Tree) -> BTreeMap<&str, &str> {
    let list = tree.get(ALLOW_LIST).into_iter().flat_map(entries);
    list.map(|(_, path, reason)| (path, reason)).collect()
}

/// Lines of `path reason…`; `#` starts a comment.
fn entries(list: &File) -> impl Iterator<Item = (usize, &str, &str)> {
    list.lines().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')).map(
        |(number, line)| {
            let (path, reason) =
                line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
            (number, path, reason.trim())
        },
    )
}

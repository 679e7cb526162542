//! Every room opens with one sentence: what it does and what it never does.

use std::collections::BTreeSet;

use super::tree::{File, Finding, Tree};

const MAX_CHARS: usize = 160;

/// Crates, and folders of modules, in Rust.
pub(super) fn rust(tree: &Tree) -> Vec<Finding> {
    let folders: BTreeSet<&str> = tree
        .sources()
        .filter(|file| file.extension() == "rs" && file.path.contains("/src/") && !file.is_test())
        .filter_map(|file| file.path.rsplit_once('/').map(|(folder, _)| folder))
        .collect();
    folders.into_iter().filter_map(|folder| check(front_door(tree, folder)?, &["//!"])).collect()
}

/// Packages in Python.
pub(super) fn python(tree: &Tree) -> Vec<Finding> {
    tree.sources()
        .filter(|file| file.path.ends_with("/__init__.py") && !file.is_test())
        .filter_map(|file| check(file, &["\"\"\""]))
        .collect()
}

/// The file that opens a folder: its lib.rs or main.rs, its mod.rs, or the file beside it with its name.
fn front_door<'t>(tree: &'t Tree, folder: &str) -> Option<&'t File> {
    let candidates = [
        format!("{folder}/lib.rs"),
        format!("{folder}/main.rs"),
        format!("{folder}/mod.rs"),
        format!("{folder}.rs"),
    ];
    candidates.iter().find_map(|path| tree.get(path))
}

fn check(file: &File, marks: &[&str]) -> Option<Finding> {
    match sentence(&file.text, marks) {
        None => Some(file.finding(
            1,
            "does not open with a sentence; say what this folder does and what it never does",
        )),
        Some(sentence) => {
            let chars = sentence.chars().count();
            (chars > MAX_CHARS).then(|| {
                file.finding(1, format!("opens with {chars} characters; say it in {MAX_CHARS}"))
            })
        }
    }
}

/// The first sentence behind a mark, which may go on over lines.
fn sentence(text: &str, marks: &[&str]) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| line.starts_with("#!")).peekable();
    let mark =
        marks.iter().find(|mark| lines.peek().is_some_and(|line| line.starts_with(**mark)))?;
    let paragraph: Vec<&str> = lines
        .map(|line| line.trim_start_matches(mark).trim())
        .take_while(|line| !line.is_empty())
        .collect();
    let paragraph = paragraph.join(" ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    paragraph.get(..end).filter(|sentence| !sentence.is_empty()).map(str::to_owned)
}

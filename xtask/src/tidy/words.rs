//! Words that may not be in the repository.

use super::tree::{File, Finding, Tree};

/// This rule's own files name what they look for.
const OWN: &str = "xtask/src/tidy";

/// Nothing says that it will be done later: what is not done is an issue, not a comment.
pub(super) fn unfinished(tree: &Tree) -> Vec<Finding> {
    find(tree, &["TODO", "FIXME", "XXX"], "do it now, or open an issue and remove the mark")
}

/// Nothing names the place where it was written: a clone lies elsewhere.
pub(super) fn places(tree: &Tree) -> Vec<Finding> {
    let mend = "name nothing outside of the repository";
    let mut findings = find(tree, &["/work", "/workspace", "../shared"], mend);
    findings.retain(|finding| !finding.path.starts_with(".ci/"));
    findings
}

fn find(tree: &Tree, words: &[&str], mend: &str) -> Vec<Finding> {
    let text = tree.files.iter().filter(|file| !file.path.starts_with(OWN) && !is_lock(file));
    text.flat_map(|file| {
        file.lines().filter_map(|(number, line)| {
            let word = words.iter().find(|word| has(line, word))?;
            Some(file.finding(number, format!("{word}; {mend}")))
        })
    })
    .collect()
}

fn is_lock(file: &File) -> bool {
    file.path.ends_with(".lock") || file.path.ends_with("package-lock.json")
}

/// True if the line has the word, and not inside of a longer one.
fn has(line: &str, word: &str) -> bool {
    let part_of_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|after| after.chars().next());
        !part_of_word(before) && !part_of_word(after)
    })
}

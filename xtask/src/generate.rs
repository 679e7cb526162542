//! From `spec/*.toml` to constants in every language. One file here for each language; none of them decides anything.
//!
//! A new language is one more file with a `files` function, and one more line in [`all`].

mod docs;
mod dotnet;
mod go;
mod java;
mod node;
mod python;
mod rust;
mod spec;
mod spelling;

#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use spec::Spec;

/// A file to be written: its path from the repository's root, and its text.
pub(crate) struct Generated {
    pub(crate) path: &'static str,
    pub(crate) text: String,
}

/// Writes every generated file whose text differs.
pub(crate) fn write(root: &Path) -> Result<String, String> {
    let mut written = Vec::new();
    for file in all(root)? {
        let path = root.join(file.path);
        if fs::read_to_string(&path).is_ok_and(|now| now == file.text) {
            continue;
        }
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&path, &file.text))
            .map_err(|error| at(&path, error))?;
        written.push(file.path);
    }
    Ok(match written.as_slice() {
        [] => "gen: everything is up to date".to_owned(),
        files => format!("gen: wrote {}", files.join(", ")),
    })
}

/// Fails if a generated file differs from what `spec/` says.
pub(crate) fn check(root: &Path) -> Result<String, String> {
    let files = all(root)?;
    let stale: Vec<&str> = files
        .iter()
        .filter(|file| fs::read_to_string(root.join(file.path)).ok().as_ref() != Some(&file.text))
        .map(|file| file.path)
        .collect();
    if stale.is_empty() {
        return Ok(format!("gen: {} files agree with spec/", files.len()));
    }
    let lines = stale
        .iter()
        .map(|path| format!("{path}:1: differs from spec/; run `cargo xtask gen` and commit"));
    Err(lines.collect::<Vec<_>>().join("\n"))
}

fn all(root: &Path) -> Result<Vec<Generated>, String> {
    let spec = Spec::read(&root.join("spec"))?;
    let mut files = rust::files(&spec)?;
    files.extend(python::files(&spec));
    files.extend(dotnet::files(&spec));
    files.extend(go::files(&spec));
    files.extend(node::files(&spec));
    files.extend(java::files(&spec));
    files.extend(docs::files(&spec));
    Ok(files)
}

fn at(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", PathBuf::from(path).display())
}

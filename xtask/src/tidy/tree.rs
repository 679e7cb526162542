use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The repository's text files, as git knows them (ignored ones left out), and the list of allowed exceptions.
pub(super) struct Tree {
    pub(super) files: Vec<File>,
}

pub(super) struct File {
    /// From the repository's root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

/// One breach of a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) what: String,
}

impl Tree {
    pub(super) fn read(root: &Path) -> Result<Tree, String> {
        let list = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
            .current_dir(root)
            .output()
            .map_err(|error| {
                format!("git cannot be run, and tidy asks it for the files: {error}")
            })?;
        if !list.status.success() {
            return Err(format!("git ls-files: {}", String::from_utf8_lossy(&list.stderr)));
        }
        let paths = String::from_utf8_lossy(&list.stdout);
        let mut files: Vec<File> = paths
            .split('\0')
            .filter_map(|path| {
                // Binary files and files that were just deleted are no text to check.
                let text = fs::read_to_string(root.join(path)).ok()?;
                Some(File { path: path.to_owned(), text })
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        Ok(Tree { files })
    }

    pub(super) fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Files that people write as programs: no papers, no data, nothing generated.
    pub(super) fn sources(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_source())
    }
}

impl File {
    pub(super) fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into() }
    }

    /// Lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    pub(super) fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    pub(super) fn is_generated(&self) -> bool {
        self.path.split('/').any(|part| part == "generated" || part.starts_with("generated."))
    }

    pub(super) fn is_test(&self) -> bool {
        let tests = |part: &str| matches!(part, "tests" | "test" | "tests.rs");
        self.path.split('/').any(tests)
    }

    fn is_source(&self) -> bool {
        const EXTENSIONS: &[&str] = &[
            "rs", "py", "pyi", "ts", "tsx", "js", "mjs", "cjs", "css", "java", "cs", "go", "sh",
            "c",
        ];
        EXTENSIONS.contains(&self.extension()) && !self.is_generated()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

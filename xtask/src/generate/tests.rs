use std::fs;
use std::path::{Path, PathBuf};

use super::spec::Spec;
use super::{all, check, write};

/// A copy of the repository's spec with one text replaced, in a folder of this test's own.
fn spec_with(test: &str, file: &str, from: &str, to: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dlogs-xtask-{}-{test}", std::process::id()));
    fs::create_dir_all(folder.join("spec")).unwrap();
    for name in ["levels.toml", "losses.toml", "states.toml", "options.toml"] {
        let text = fs::read_to_string(crate::root().join("spec").join(name)).unwrap();
        let text = if name == file { text.replacen(from, to, 1) } else { text };
        fs::write(folder.join("spec").join(name), text).unwrap();
    }
    folder
}

fn complaint(test: &str, file: &str, from: &str, to: &str) -> String {
    let folder = spec_with(test, file, from, to);
    let complaint = Spec::read(&folder.join("spec")).err().unwrap_or_default();
    fs::remove_dir_all(folder).unwrap();
    complaint
}

#[test]
fn the_committed_files_agree_with_spec() {
    check(&crate::root()).unwrap();
}

#[test]
fn what_is_wrong_in_spec_is_told_with_its_place() {
    let table = [
        ("number", "levels.toml", "number = 1", "number = 7", "DEBUG has number 7"),
        ("synonym", "levels.toml", "\"dbg\"", "\"trc\"", "trc is there twice"),
        (
            "host",
            "levels.toml",
            "from = 10, level = \"DEBUG\"",
            "from = 10, level = \"LOUD\"",
            "\"LOUD\" is no level",
        ),
        ("order", "levels.toml", "from = 10, level", "from = 99, level", "`from` must ascend"),
        ("loss", "losses.toml", "name = \"expired\"", "name = \"torn\"", "torn is there twice"),
        ("state", "states.toml", "number = 2", "number = 9", "running has number 9"),
        ("env", "options.toml", "DLOGS_ENDPOINT", "DLOGS_URL", "env must be DLOGS_ENDPOINT"),
        (
            "default",
            "options.toml",
            "default = 100\n",
            "default = 0\n",
            "batch_size: the default does not fit the type count",
        ),
        ("key", "options.toml", "secret = true", "hidden = true", "unknown field `hidden`"),
    ];
    for (test, file, from, to, expected) in table {
        let complaint = complaint(test, file, from, to);
        assert!(complaint.contains(expected), "{test}: {complaint}");
    }
}

#[test]
fn a_stale_file_is_found_and_mended() {
    let root = spec_with("stale", "", "", "");
    assert_eq!(check(&root).unwrap_err().lines().count(), all(&root).unwrap().len());
    write(&root).unwrap();
    check(&root).unwrap();
    let path = root.join("docs/options.md");
    fs::write(&path, "edited by hand").unwrap();
    let complaint = "docs/options.md:1: differs from spec/; run `cargo xtask gen` and commit";
    assert_eq!(check(&root).unwrap_err(), complaint);
    assert!(write(Path::new(&root)).unwrap().contains("docs/options.md"));
    fs::remove_dir_all(root).unwrap();
}

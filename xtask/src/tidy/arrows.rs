//! Which crate may use which: the arrows of ARCHITECTURE.md, one way only.

use super::tree::{File, Finding, Tree};

/// A crate, what it may use, and what it may use besides in its tests.
const ARROWS: &[(&str, &[&str], &[&str])] = &[
    ("dlogs-record", &[], &[]),
    ("dlogs-journal", &[], &["dlogs-testkit"]),
    ("dlogs-journal-fuzz", &["dlogs-journal"], &[]),
    ("dlogs", &["dlogs-record", "dlogs-journal"], &["dlogs-testkit"]),
    ("dlogs-abi", &["dlogs", "dlogs-record"], &["dlogs-testkit"]),
    ("dlogs-python", &["dlogs", "dlogs-record"], &["dlogs-testkit"]),
    ("dlogs-node", &["dlogs", "dlogs-record"], &["dlogs-testkit"]),
    ("dlogs-server", &["dlogs-record"], &["dlogs-testkit", "dlogs"]),
    ("dlogs-cli", &["dlogs-server", "dlogs", "dlogs-journal", "dlogs-record"], &["dlogs-testkit"]),
    ("dlogs-testkit", &["dlogs", "dlogs-journal", "dlogs-record", "dlogs-server"], &[]),
    ("xtask", &[], &[]),
];

/// Compares every Cargo.toml of a crate or of a client with the arrows.
pub(super) fn crates(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.files.iter().filter(|file| {
        let ours = ["crates/", "clients/", "xtask/"].iter().any(|room| file.path.starts_with(room));
        ours && file.path.ends_with("/Cargo.toml")
    });
    manifests.flat_map(check).collect()
}

fn check(file: &File) -> Vec<Finding> {
    let manifest: toml::Table = match toml::from_str(&file.text) {
        Ok(manifest) => manifest,
        Err(error) => return vec![file.finding(1, format!("is no TOML: {}", error.message()))],
    };
    let Some(name) = manifest.get("package").and_then(|package| package.get("name")?.as_str())
    else {
        return Vec::new();
    };
    let Some((_, allowed, in_tests)) = ARROWS.iter().find(|(of, ..)| *of == name) else {
        let what = format!(
            "{name} has no arrows; say in xtask/src/tidy/arrows.rs and in ARCHITECTURE.md what it may use"
        );
        return vec![file.finding(1, what)];
    };
    let dev: Vec<&str> = [*allowed, *in_tests].concat();
    let tables =
        [("dependencies", *allowed), ("build-dependencies", *allowed), ("dev-dependencies", &dev)];
    tables.iter().flat_map(|(table, allowed)| {
        let used = manifest.get(*table).and_then(toml::Value::as_table);
        let used = used.into_iter().flat_map(toml::Table::keys).map(String::as_str);
        used.filter(|used| is_ours(used) && !allowed.contains(used)).map(|used| {
            let may = if allowed.is_empty() { "nothing of ours".to_owned() } else { format!("only {}", allowed.join(", ")) };
            let what = format!("{name} may not use {used} ({table}: {may}); turn the arrow round or move the code");
            file.finding(line_of(file, used), what)
        }).collect::<Vec<_>>()
    }).collect()
}

fn is_ours(name: &str) -> bool {
    ARROWS.iter().any(|(ours, ..)| *ours == name)
}

fn line_of(file: &File, used: &str) -> usize {
    let starts =
        |line: &str| line.strip_prefix(used).is_some_and(|rest| rest.starts_with([' ', '.', '=']));
    file.lines().find(|(_, line)| starts(line)).map_or(1, |(number, _)| number)
}

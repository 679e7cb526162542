use super::tree::{File, Finding, Tree};
use super::{arrows, names, opening, papers, pure, size, unsafe_code, words};

fn tree(files: &[(&str, &str)]) -> Tree {
    let file =
        |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
    Tree { files: files.iter().map(file).collect() }
}

/// The findings as they are printed.
fn said(rule: fn(&Tree) -> Vec<Finding>, files: &[(&str, &str)]) -> Vec<String> {
    rule(&tree(files)).iter().map(Finding::to_string).collect()
}

#[test]
fn a_file_may_have_400_lines_unless_it_is_allowed_more_or_generated() {
    let (short, long) = ("x\n".repeat(400), "x\n".repeat(401));
    assert!(
        said(
            size::files,
            &[("a/src/x.rs", &short), ("a/src/generated/y.rs", &long), ("a.md", &long)]
        )
        .is_empty()
    );
    let findings = said(size::files, &[("a/src/x.rs", &long)]);
    assert_eq!(
        findings,
        ["a/src/x.rs:401: 401 lines, 400 are allowed; give each noun or verb its own file"]
    );
    let allow = ("xtask/tidy.allow", "# comment\na/src/x.rs a table of all errors\n");
    assert!(said(size::files, &[("a/src/x.rs", &long), allow]).is_empty());
    assert!(said(size::allow_list, &[("a/src/x.rs", &long), allow]).is_empty());
    let stale = said(
        size::allow_list,
        &[("a/src/x.rs", &short), ("xtask/tidy.allow", "a/src/x.rs why\nb.rs\n")],
    );
    assert_eq!(
        stale,
        [
            "xtask/tidy.allow:1: a/src/x.rs is short enough now; remove the line",
            "xtask/tidy.allow:2: b.rs has no reason; write it behind the path",
            "xtask/tidy.allow:2: b.rs does not exist; remove the line",
        ]
    );
}

#[test]
fn the_median_of_a_crate_stays_below_150_and_tests_do_not_count() {
    let (small, large) = ("x\n".repeat(150), "x\n".repeat(200));
    let crate_of = |middle| [("c/src/a.rs", "x"), ("c/src/b.rs", middle), ("c/src/c.rs", &*large)];
    assert!(said(size::medians, &crate_of(&small)).is_empty());
    assert_eq!(
        said(size::medians, &crate_of(&large)),
        ["c/src:1: the median file has 200 lines, 150 are allowed; split the long ones"]
    );
    assert!(said(size::medians, &[("c/src/a.rs", "x"), ("c/src/a/tests.rs", &large)]).is_empty());
}

#[test]
fn crates_folders_and_packages_open_with_a_short_sentence() {
    let long = format!("//! {}. Short.", "x".repeat(160));
    let files = [
        ("c/src/lib.rs", "//! Does this, never that.\n//!\n//! And so on."),
        ("c/src/retry.rs", "use std::fmt;"),
        ("c/src/retry/verdict.rs", "fn f() {}"),
        ("d/src/main.rs", &*long),
        ("p/pkg/__init__.py", "import os"),
        ("p/ok/__init__.py", "\"\"\"Does this.\"\"\"\nimport os"),
    ];
    assert_eq!(
        said(opening::rust, &files),
        [
            "c/src/retry.rs:1: does not open with a sentence; say what this folder does and what it never does",
            "d/src/main.rs:1: opens with 161 characters; say it in 160",
        ]
    );
    assert_eq!(said(opening::python, &files).len(), 1);
}

#[test]
fn arrows_point_one_way() {
    let manifest = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\n{rest}");
    let good =
        manifest("dlogs-server", "[dependencies]\ndlogs-record.workspace = true\nserde = \"1\"\n");
    let tests = manifest("dlogs", "[dev-dependencies]\ndlogs-testkit.workspace = true\n");
    let bad =
        manifest("dlogs-journal", "[dependencies]\nserde = \"1\"\ndlogs-record.workspace = true\n");
    let new = manifest("dlogs-new", "");
    let files = [
        ("crates/server/Cargo.toml", &*good),
        ("crates/client/Cargo.toml", &*tests),
        ("crates/journal/Cargo.toml", &*bad),
        ("crates/new/Cargo.toml", &*new),
    ];
    assert_eq!(
        said(arrows::crates, &files),
        [
            "crates/journal/Cargo.toml:5: dlogs-journal may not use dlogs-record (dependencies: nothing of ours); \
             turn the arrow round or move the code",
            "crates/new/Cargo.toml:1: dlogs-new has no arrows; say in xtask/src/tidy/arrows.rs and in \
             ARCHITECTURE.md what it may use",
        ]
    );
}

#[test]
fn pure_rooms_read_no_clock() {
    let text = "// Instant::now is for the edge.\nlet operand_fs::x;\nlet now = Instant::now();\n";
    let files = [
        ("crates/client/src/engine.rs", text),
        ("crates/client/src/engine/tests.rs", text),
        ("crates/client/src/sender.rs", text),
    ];
    assert_eq!(
        said(pure::rooms, &files),
        [
            "crates/client/src/engine.rs:3: Instant::now in a room that only decides; take it as an argument (`now`, an event) instead"
        ]
    );
}

#[test]
fn unsafe_code_is_forbidden_but_in_two_rooms() {
    let files = [
        ("crates/server/src/lib.rs", "//! Serves.\n"),
        ("crates/record/src/lib.rs", "//! Writes.\n#![forbid(unsafe_code)]\n"),
        ("crates/journal/src/lib.rs", "//! Maps.\n"),
    ];
    assert_eq!(
        said(unsafe_code::forbidden, &files),
        ["crates/server/src/lib.rs:1: does not forbid unsafe code; add #![forbid(unsafe_code)]"]
    );
}

#[test]
fn nothing_is_left_for_later_and_nothing_names_its_birthplace() {
    let files = [
        ("a.rs", "let x = 1; // TODO: more\nlet TODOS = 2;\n"),
        ("b.md", "see ../shared/design.md and /work/x"),
        (".ci/run", "ls ../shared"),
        ("xtask/src/tidy/words.rs", "TODO"),
    ];
    assert_eq!(
        said(words::unfinished, &files),
        ["a.rs:1: TODO; do it now, or open an issue and remove the mark"]
    );
    assert_eq!(
        said(words::places, &files),
        ["b.md:1: /work; name nothing outside of the repository"]
    );
}

#[test]
fn names_say_something() {
    let files = [
        ("c/src/string_utils.rs", ""),
        ("c/src/common/x.rs", ""),
        ("c/src/uncommon.rs", ""),
        ("docs/common.md", ""),
    ];
    assert_eq!(said(names::vague, &files).len(), 2);
}

#[test]
fn papers_are_short() {
    assert_eq!(
        said(papers::architecture, &[]),
        ["ARCHITECTURE.md:1: is missing; draw the map, the arrows and the life of a record"]
    );
    assert_eq!(said(papers::architecture, &[("ARCHITECTURE.md", &"x\n".repeat(201))]).len(), 1);
    let readme = format!("# x\n```sh\n{}```\n```sh\nok\n```\n", "line\n".repeat(31));
    assert_eq!(
        said(papers::quick_starts, &[("README.md", &readme)]),
        ["README.md:2: a block of 31 lines, 30 are allowed; move it to examples/"]
    );
}

#[test]
fn the_readme_shows_files_as_they_are() {
    let readme = "# x\n<!-- a.rs -->\n```rust\nfn a() {}\n```\n";
    assert!(
        said(papers::shown_files, &[("README.md", readme), ("a.rs", "fn a() {}\n")]).is_empty()
    );
    assert_eq!(
        said(papers::shown_files, &[("README.md", readme), ("a.rs", "fn b() {}\n")]),
        ["README.md:2: does not show a.rs as it is; copy it anew"]
    );
}

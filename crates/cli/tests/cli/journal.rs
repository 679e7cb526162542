use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::binary::{Ran, dlogs, run};
use crate::dead::dies;

fn journal(home: &Path, arguments: &[&str]) -> Ran {
    run(dlogs(home).arg("journal").args(arguments))
}

fn json(ran: &Ran) -> Vec<Value> {
    assert_eq!(ran.exit, 0, "{}", ran.err);
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn what_a_dead_process_left_is_shown_and_not_touched() {
    let home = tempfile::tempdir().unwrap();
    let stream = dies(home.path(), 25);
    let before = files(&stream);
    for dir in ["journal", stream.parent().unwrap().to_str().unwrap(), stream.to_str().unwrap()] {
        let rows = json(&journal(home.path(), &["cat", "--json", dir]));
        assert_eq!(rows.len(), 25);
        for (i, row) in rows.iter().enumerate() {
            assert_eq!(row["message"], "last words");
            assert_eq!(row["metadata"]["number"], i);
            assert_eq!((&row["service"], &row["component"]), (&"billing".into(), &"dead".into()));
            assert_eq!(row["seq"], i + 1);
        }
    }
    assert_eq!(json(&journal(home.path(), &["cat", "--json", "--waiting", "journal"])).len(), 25);
    let shown = journal(home.path(), &["cat", "journal"]);
    assert!(
        shown.out.contains("billing/dead") && shown.out.contains("text=\\x1b[2J"),
        "{}",
        shown.out
    );
    assert!(!shown.out.contains('\u{1b}'));
    let checked = json(&journal(home.path(), &["check", "--json", "journal"]));
    let records: u64 = checked.iter().map(|segment| segment["records"].as_u64().unwrap()).sum();
    assert_eq!(records, 25, "{checked:?}");
    assert_eq!(files(&stream), before, "looking changes nothing");
}

#[test]
fn damage_is_found_and_named() {
    let home = tempfile::tempdir().unwrap();
    let stream = dies(home.path(), 25);
    assert_eq!(journal(home.path(), &["check", "journal"]).exit, 0);
    let segment =
        files(&stream).into_iter().find(|(path, _)| path.extension().is_some_and(|e| e == "seg"));
    let (path, mut bytes) = segment.unwrap();
    let at = bytes.windows(10).rposition(|window| window == b"last words").unwrap();
    let tenth =
        bytes.windows(10).enumerate().filter(|(_, w)| *w == b"last words").nth(9).unwrap().0;
    assert!(tenth < at);
    bytes[tenth] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let ran = journal(home.path(), &["check", "journal"]);
    assert_eq!(ran.exit, 1, "{}", ran.out);
    assert!(ran.out.contains('✗') && ran.out.contains("1 records are damaged"), "{}", ran.out);
    let ran = journal(home.path(), &["cat", "--json", "journal"]);
    assert_eq!(ran.out.lines().count(), 24, "the others are read");
    assert!(ran.err.contains("numbers 10 to 10 are corrupt"), "{}", ran.err);

    fs::write(&path, "not a segment at all").unwrap();
    let ran = journal(home.path(), &["check", "journal"]);
    assert_eq!(ran.exit, 1);
    assert!(ran.out.contains('✗'), "{}", ran.out);
}

#[test]
fn where_nothing_is_it_says_so() {
    let home = tempfile::tempdir().unwrap();
    let ran = journal(home.path(), &["cat", "nowhere"]);
    assert!(ran.exit == 1 && ran.err.contains("not a directory"), "{}", ran.err);
    let ran = journal(home.path(), &["check", "."]);
    assert!(ran.exit == 1 && ran.err.contains("No stream"), "{}", ran.err);
}

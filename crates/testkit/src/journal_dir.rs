//! What lies in a journal directory, seen from outside by names only. It never opens a segment.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// All files below `root`, and how many of them are of which kind.
pub fn describe(root: &Path) -> Value {
    let mut files = Vec::new();
    let mut bytes = 0;
    collect(root, root, &mut files, &mut bytes);
    files.sort();
    let streams = files
        .iter()
        .filter_map(|file| Some(file.rsplit_once('/')?.0).filter(|_| file.ends_with(".seg")));
    let mut streams: Vec<&str> = streams.filter(|dir| !dir.contains("quarantine")).collect();
    streams.dedup();
    let set_aside = files.iter().filter(|file| file.contains("set_aside/")).count();
    json!({"streams": streams.len(), "set_aside": set_aside, "bytes": bytes, "files": files})
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<String>, bytes: &mut u64) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.metadata() {
            Ok(data) if data.is_dir() => collect(root, &path, files, bytes),
            Ok(data) => {
                *bytes += data.len();
                let below = path.strip_prefix(root).unwrap_or(&path);
                files.push(below.to_string_lossy().into_owned());
            }
            Err(_) => {} // Gone since it was listed.
        }
    }
}

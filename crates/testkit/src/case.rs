//! The cases as they are written: reads spec/cases/*.json, and says what is wrong with them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

/// One file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    #[serde(rename = "room")]
    _sentence: String,
    cases: Vec<Case>,
}

/// One behaviour; the keys are explained in spec/cases/README.md.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// `<room>/<name>` once it is read.
    pub name: String,
    /// The behaviour.
    pub sentence: String,
    /// Merged over the runner's own configuration.
    #[serde(default)]
    pub config: Map<String, Value>,
    /// The driver's environment.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Files in the driver's working directory.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// What the driver must be able to do.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The server's script.
    #[serde(default)]
    pub server: Value,
    /// What happens.
    pub steps: Vec<Value>,
}

/// All cases below a folder (or in one file), in order of file name and place.
pub fn read(path: &Path) -> Result<Vec<Case>, String> {
    let told = |error: &dyn std::fmt::Display, path: &Path| format!("{}: {error}", path.display());
    let mut files = vec![path.to_path_buf()];
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|error| told(&error, path))?;
        files = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
        files.sort();
    }
    let mut cases = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| told(&error, &file))?;
        let room: Room = serde_json::from_str(&text).map_err(|error| told(&error, &file))?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for mut case in room.cases {
            case.name = format!("{stem}/{}", case.name);
            crate::scripted::script(&case.server).map_err(|error| told(&error, &file))?;
            cases.push(case);
        }
    }
    Ok(cases)
}

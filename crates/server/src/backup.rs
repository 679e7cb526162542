//! Copies a data directory while a server may be running on it. What was stored when it began is in
//! the copy, nothing is in it twice, and it is checked before it counts. Never changes the original.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::catalog::SqliteCatalog;
use crate::check::{Checked, catalog_file, check};
use crate::data_dir::DataDir;
use crate::parts::{PartMeta, name};
use crate::{durable, private};

/// How often in a row a part may leave between the catalog's copy and its own, and nothing new be copied.
const TRIES: usize = 5;

/// Copies `data` into the folder `into`, which must be missing or empty. To restore, serve the copy.
pub fn backup(data: &Path, into: &Path) -> Result<Checked, String> {
    let source = catalog_file(data)?;
    let say = |error: io::Error| format!("The copy in {} failed: {error}.", into.display());
    make(into).map_err(say)?;
    if fs::read_dir(into).map_err(say)?.next().is_some() {
        return Err(format!("{} is not empty; name a new folder for the copy.", into.display()));
    }
    // The queue first: what leaves it later is in the parts of a catalog that is copied later.
    copy_queue(&DataDir::queue_of(data), &DataDir::queue_of(into)).map_err(say)?;
    let catalog = DataDir::catalog_in(into);
    let (mut copied, mut in_vain) = (BTreeSet::new(), 0);
    let files = loop {
        let _ = fs::remove_file(&catalog);
        SqliteCatalog::copy(&source, &catalog).map_err(|error| error.to_string())?;
        let state = SqliteCatalog::look(&catalog).map_err(|error| error.to_string())?;
        let files = files_of(&state.parts);
        let had = copied.len();
        match copy_parts(data, into, &files, &mut copied) {
            Ok(()) => break files,
            Err(error) if error.kind() == io::ErrorKind::NotFound && in_vain < TRIES => {
                in_vain = if copied.len() > had { 0 } else { in_vain + 1 };
            }
            Err(error) => return Err(say(error)),
        }
    };
    // What an earlier try copied and the catalog does not list any more.
    for file in copied.difference(&files) {
        fs::remove_file(DataDir::parts_of(into).join(file)).map_err(say)?;
    }
    durable::file(&catalog).and_then(|()| durable::directory(into)).map_err(say)?;
    let checked = check(into)?;
    match checked.problems.first() {
        None => Ok(checked),
        Some(first) => Err(format!(
            "The copy has {} problems, the first: {first} Look at the original with dlogs check.",
            checked.problems.len()
        )),
    }
}

fn copy_queue(from: &Path, into: &Path) -> io::Result<()> {
    make(into)?;
    // Listed before the first is copied: only the last of these may still grow.
    let names = fs::read_dir(from)?.map(|entry| Ok(entry?.file_name()));
    for name in names.collect::<io::Result<Vec<_>>>()? {
        if !name.to_string_lossy().ends_with(".log") {
            continue;
        }
        match copy(&from.join(&name), &into.join(&name)) {
            // Trimmed meanwhile: its records are in parts.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            done => done?,
        }
    }
    durable::directory(into)
}

fn files_of(parts: &[PartMeta]) -> BTreeSet<String> {
    parts.iter().flat_map(|meta| [name::parquet(&meta.name), name::bloom(&meta.name)]).collect()
}

/// Copies what is not `copied` yet: a part never changes, and no other has its name.
fn copy_parts(
    data: &Path,
    into: &Path,
    files: &BTreeSet<String>,
    copied: &mut BTreeSet<String>,
) -> io::Result<()> {
    let (from, into) = (DataDir::parts_of(data), DataDir::parts_of(into));
    make(&into)?;
    for file in files {
        if copied.contains(file) {
            continue;
        }
        let target = into.join(file);
        let folder = target.parent().unwrap_or(&into);
        make(folder)?;
        copy(&from.join(file), &target)?;
        durable::directory(folder)?;
        copied.insert(file.clone());
    }
    durable::directory(&into)
}

fn make(dir: &Path) -> io::Result<()> {
    private::directories().create(dir)
}

fn copy(from: &Path, into: &Path) -> io::Result<()> {
    fs::copy(from, into)?;
    durable::file(into)
}

//! At start: what a crash left behind goes, what the catalog lists and nobody has is told.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use super::{Part, PartMeta, PartStore, name};

/// What is there.
pub(crate) struct Found {
    pub(crate) parts: Vec<Arc<Part>>,
    /// Parts of the catalog that lack a file.
    pub(crate) missing: Vec<PartMeta>,
}

/// Compares the files with the catalog. Files of this writer that no part has are orphans of a crash
/// and are removed; files of anybody else are left alone.
pub(crate) fn sweep(store: &Arc<dyn PartStore>, listed: &[PartMeta]) -> io::Result<Found> {
    let files: HashSet<String> = store.files()?.into_iter().collect();
    let known: HashSet<&str> = listed.iter().map(|meta| meta.name.as_str()).collect();
    for file in &files {
        if name::part_of(file).is_some_and(|part| !known.contains(part)) {
            tracing::info!(file, "an orphan of a crash is removed");
            store.remove(file)?;
        }
    }
    let mut found = Found { parts: Vec::new(), missing: Vec::new() };
    for meta in listed {
        let own = [name::parquet(&meta.name), name::bloom(&meta.name)];
        if own.iter().all(|file| files.contains(file)) {
            found.parts.push(Arc::new(Part::new(meta.clone(), store.clone())));
            continue;
        }
        tracing::warn!(part = meta.name, "a part lacks a file; the catalog will forget it");
        // Half of a part helps nobody, and retention may have been interrupted between the two.
        own.iter().try_for_each(|file| store.remove(file))?;
        found.missing.push(meta.clone());
    }
    Ok(found)
}

//! Verifies every checksum of a data directory. Never changes it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use crate::catalog::{SqliteCatalog, State};
use crate::data_dir::DataDir;
use crate::entry::Entry;
use crate::parts::{FolderParts, Part, PartMeta, PartStore};
use crate::queue::{RealDisk, scan_file};

/// What a data directory holds, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Parts whose every byte was read.
    pub parts: u64,
    /// Records in them.
    pub part_records: u64,
    /// Batches of the queue.
    pub batches: u64,
    /// A sentence for each thing that is wrong; none when all is well.
    pub problems: Vec<String>,
}

/// Reads everything. May run beside a server. `Err` when there is no data directory to read.
pub fn check(data: &Path) -> Result<Checked, String> {
    let mut checked = Checked::default();
    let state = catalog(data)?;
    let store: Arc<dyn PartStore> =
        Arc::new(FolderParts::new(Arc::new(RealDisk), &DataDir::parts_of(data)));
    for meta in &state.parts {
        if let Err(problem) = part(&store, meta, &mut checked)
            && still_listed(data, meta)?
        {
            checked.problems.push(problem);
        }
    }
    queue(&DataDir::queue_of(data), &mut checked)?;
    Ok(checked)
}

fn catalog(data: &Path) -> Result<State, String> {
    SqliteCatalog::look(&catalog_file(data)?).map_err(|error| error.to_string())
}

/// The catalog of a data directory; the error says that it is none.
pub(crate) fn catalog_file(data: &Path) -> Result<PathBuf, String> {
    let path = DataDir::catalog_in(data);
    match path.is_file() {
        true => Ok(path),
        false => Err(format!(
            "{} is no data directory: it has no catalog.db. Name the one that dlogs serve was given with --data.",
            data.display()
        )),
    }
}

/// A server that runs meanwhile may have let the part go.
fn still_listed(data: &Path, meta: &PartMeta) -> Result<bool, String> {
    Ok(catalog(data)?.parts.iter().any(|listed| listed.name == meta.name))
}

fn part(store: &Arc<dyn PartStore>, meta: &PartMeta, checked: &mut Checked) -> Result<(), String> {
    let mut records = 0;
    let read = Part::new(meta.clone(), store.clone()).each(&mut |_| records += 1);
    read.map_err(|error| format!("Part {}: {error}.", meta.name))?;
    if records != meta.summary.records {
        let wanted = meta.summary.records;
        return Err(format!("Part {} has {records} records instead of {wanted}.", meta.name));
    }
    checked.parts += 1;
    checked.part_records += records;
    Ok(())
}

fn queue(dir: &Path, checked: &mut Checked) -> Result<(), String> {
    let say = |error: io::Error| format!("The queue in {} cannot be read: {error}.", dir.display());
    let mut starts: Vec<u64> = fs::read_dir(dir)
        .map_err(say)?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".log")?.parse().ok())
        .collect();
    starts.sort_unstable();
    for start in &starts {
        let bytes = match fs::read(dir.join(format!("{start:020}.log"))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            read => Bytes::from(read.map_err(say)?),
        };
        let (found, damage) = scan_file(*start, &bytes, Some(start) == starts.last());
        for damage in damage {
            let (len, at) = (damage.bytes.len(), damage.offset);
            checked.problems.push(format!("Queue: {len} bytes at {at} are damaged."));
        }
        for found in found {
            match Entry::decode(&found.payload) {
                Ok(_) => checked.batches += 1,
                Err(error) => {
                    let at = found.offset;
                    checked.problems.push(format!("Queue: the entry at {at} is {error}."));
                }
            }
        }
    }
    Ok(())
}

//! Where the files of parts lie.

use std::io;
use std::ops::Range;

use bytes::Bytes;

use super::{PartMeta, Written, name};

/// A place for immutable files, named `<folder>/<file>`. What it holds is listed by the catalog; what
/// the catalog does not know is an orphan of a crash.
pub trait PartStore: Send + Sync {
    /// Writes a new file. When this returns `Ok`, the file and its name survive a power cut; after an
    /// error a part of it may be there. A name that exists is an error.
    fn put(&self, file: &str, bytes: &[u8]) -> io::Result<()>;

    /// A piece of a file; one that ends earlier is an error (`UnexpectedEof`), so is one that is
    /// missing (`NotFound`).
    fn read(&self, file: &str, range: Range<u64>) -> io::Result<Bytes>;

    /// The names of all files, unordered.
    fn files(&self) -> io::Result<Vec<String>>;

    /// Removes a file; one that is missing is fine.
    fn remove(&self, file: &str) -> io::Result<()>;

    /// Moves a file into the folder `aside`, where nobody reads it; one that is missing is fine.
    fn set_aside(&self, file: &str) -> io::Result<()>;
}

/// Makes parts durable: each part, then its bloom file. What an error leaves behind is removed.
pub(crate) fn put(store: &dyn PartStore, parts: &[Written]) -> io::Result<Vec<PartMeta>> {
    let write = |part: &Written| -> io::Result<()> {
        store.put(&name::parquet(&part.meta.name), &part.parquet)?;
        store.put(&name::bloom(&part.meta.name), &part.bloom)
    };
    let written = parts.iter().try_for_each(write);
    if written.is_err() {
        for part in parts {
            // What cannot be removed now is an orphan, which the next start sweeps.
            let _ = store.remove(&name::parquet(&part.meta.name));
            let _ = store.remove(&name::bloom(&part.meta.name));
        }
    }
    written.map(|()| parts.iter().map(|part| part.meta.clone()).collect())
}

//! What every part store must do; each implementation passes it.

use std::io::ErrorKind;
use std::sync::Arc;

use crate::parts::{FolderParts, MemoryParts, PartStore};
use crate::queue::RealDisk;

fn conforms(store: &dyn PartStore) {
    assert!(store.files().unwrap().is_empty());
    store.put("20261122/w0-A.parquet", b"0123456789").unwrap();
    store.put("20261122/w0-A.bloom", b"bloom").unwrap();
    store.put("late/w0-B.parquet", b"").unwrap();
    let taken = store.put("20261122/w0-A.bloom", b"other").unwrap_err();
    assert_eq!(taken.kind(), ErrorKind::AlreadyExists);
    let mut files = store.files().unwrap();
    files.sort();
    assert_eq!(files, ["20261122/w0-A.bloom", "20261122/w0-A.parquet", "late/w0-B.parquet"]);
    assert_eq!(&store.read("20261122/w0-A.parquet", 0..10).unwrap()[..], b"0123456789");
    assert_eq!(&store.read("20261122/w0-A.parquet", 3..5).unwrap()[..], b"34");
    assert_eq!(&store.read("20261122/w0-A.bloom", 0..5).unwrap()[..], b"bloom");
    let short = store.read("20261122/w0-A.parquet", 3..11).unwrap_err();
    assert_eq!(short.kind(), ErrorKind::UnexpectedEof);
    assert_eq!(store.read("late/w0-C.parquet", 0..1).unwrap_err().kind(), ErrorKind::NotFound);
    store.set_aside("20261122/w0-A.bloom").unwrap();
    store.set_aside("20261122/w0-A.bloom").unwrap();
    store.remove("late/w0-B.parquet").unwrap();
    store.remove("late/w0-B.parquet").unwrap();
    let mut files = store.files().unwrap();
    files.sort();
    assert_eq!(files, ["20261122/w0-A.parquet", "aside/w0-A.bloom"]);
}

#[test]
fn a_folder_is_a_part_store() {
    let dir = tempfile::tempdir().unwrap();
    conforms(&FolderParts::new(Arc::new(RealDisk), &dir.path().join("parts")));
}

#[test]
fn memory_is_a_part_store() {
    conforms(&MemoryParts::default());
}

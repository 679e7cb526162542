use crate::auth::{NewKey, Scope};
use std::sync::Arc;

use crate::catalog::{
    Catalog, CatalogTrouble, Commit, Kept, MemoryCatalog, Seconds, Shelf, SqliteCatalog,
};
use crate::parts::PartMeta;
use crate::stream::Stream;
use crate::stream_id::StreamId;

fn id(number: u8) -> StreamId {
    StreamId { instance: [number; 16], lane: 3 }
}

fn stream(last_ns: i64) -> Stream {
    Stream { last_ns, through: 7, ..Stream::default() }
}

#[test]
fn a_commit_survives_and_a_former_writer_is_shut_out() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("catalog.db");
    let former = SqliteCatalog::open(&path).unwrap();
    let state = former.take_over(0).unwrap();
    let commit = Commit {
        epoch: state.epoch,
        from: 0,
        to: 100,
        streams: vec![(id(1), Kept::Stream, stream(5)), (id(2), Kept::Key, stream(6))],
        expired_records: 9,
        ..Commit::default()
    };
    former.commit(&commit).unwrap();
    assert_eq!(former.commit(&commit), Err(CatalogTrouble::Stale), "not twice");
    let next = SqliteCatalog::open(&path).unwrap();
    let state = next.take_over(0).unwrap();
    assert_eq!((state.offset, state.expired_records, state.streams.len()), (100, 9, 2));
    assert_eq!(next.stream(id(1)).unwrap(), Some(stream(5)));
    let late = Commit { from: 100, to: 200, ..commit };
    assert_eq!(former.commit(&late), Err(CatalogTrouble::Stale), "its epoch is over");
    let state = next.take_over(6).unwrap();
    assert_eq!(state.streams, [(id(2), Kept::Key, stream(6))], "the older is forgotten");
    let later = Commit {
        epoch: state.epoch,
        from: 100,
        to: 101,
        forget_keys_before_ns: 7,
        ..Commit::default()
    };
    next.commit(&later).unwrap();
    assert_eq!(next.stream(id(2)).unwrap(), None);
}

#[test]
fn keys_are_kept_without_their_secrets() {
    let dir = tempfile::tempdir().unwrap();
    let catalog = SqliteCatalog::open(&dir.path().join("catalog.db")).unwrap();
    let made = NewKey::make("ci", vec![Scope::Ingest], 5).unwrap();
    catalog.add_key(&made.stored).unwrap();
    let kept = catalog.keys().unwrap();
    assert_eq!(kept, std::slice::from_ref(&made.stored));
    assert!(kept[0].is(&made.text) && !kept[0].is("dlogs_00000000_"));
    assert!(kept[0].may(Scope::Ingest) && !kept[0].may(Scope::Read));
    assert!(catalog.add_key(&made.stored).is_err(), "an id belongs to one key");
    assert!(catalog.remove_key(&made.stored.id).unwrap());
    assert!(!catalog.remove_key(&made.stored.id).unwrap());
}

#[test]
fn a_newer_catalog_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("catalog.db");
    drop(SqliteCatalog::open(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 3").unwrap();
    let error = SqliteCatalog::open(&path).err().unwrap().to_string();
    assert!(error.contains("newer dlogs"), "{error}");
}

fn part(name: &str) -> PartMeta {
    PartMeta { name: name.into(), bytes: 7, ..PartMeta::default() }
}

/// What every catalog must do; each implementation passes it. `open` opens the same one again.
fn conforms(open: &dyn Fn() -> Arc<dyn Catalog>) {
    let zombie = open();
    let old = zombie.take_over(0).unwrap();
    assert_eq!((old.offset, old.parts.len(), old.streams.len()), (0, 0, 0));
    let first = Commit {
        epoch: old.epoch,
        from: 0,
        to: 100,
        streams: vec![(id(1), Kept::Stream, stream(5))],
        add: vec![part("d/a"), part("d/b")],
        heard: vec![(4, [4; 16]), (5, [5; 16])],
        ..Commit::default()
    };
    zombie.commit(&first).unwrap();
    assert_eq!(zombie.commit(&first), Err(CatalogTrouble::Stale), "not twice");
    let living = open();
    let state = living.take_over(0).unwrap();
    assert!(state.epoch > old.epoch);
    assert_eq!((state.offset, &state.parts), (100, &first.add));
    assert_eq!(state.streams, first.streams);
    // The zombie still believes in its epoch: nothing of what it wants is done.
    let late = Commit { from: 100, to: 200, add: vec![part("d/z")], ..first.clone() };
    assert_eq!(zombie.commit(&late), Err(CatalogTrouble::Stale));
    let merge = Commit {
        epoch: state.epoch,
        from: 100,
        to: 100,
        add: vec![part("d/ab")],
        remove: vec!["d/a".into(), "d/b".into()],
        expired_records: 3,
        heard: vec![(20, [6; 16])],
        ..Commit::default()
    };
    living.commit(&merge).unwrap();
    // One input has gone, the other not: the whole step is refused.
    let again = Commit {
        add: vec![part("d/x")],
        remove: vec!["d/ab".into(), "d/a".into()],
        ..merge.clone()
    };
    assert_eq!(living.commit(&again), Err(CatalogTrouble::Gone("d/a".into())));
    let heard = |catalog: &Arc<dyn Catalog>| catalog.take_over(0).unwrap().recent;
    assert_eq!(heard(&open()), [(4, [4; 16]), (5, [5; 16]), (20, [6; 16])]);
    let epoch = state.epoch + 1;
    let forget =
        Commit { epoch, from: 100, to: 100, forget_heard_before_ns: 6, ..Commit::default() };
    open().commit(&forget).unwrap();
    assert_eq!(heard(&open()), [(20, [6; 16])], "ten minutes have gone");
    assert_eq!(living.stream(id(1)).unwrap(), Some(stream(5)));
    assert_eq!(living.stream(id(2)).unwrap(), None);
    let last = open().take_over(6).unwrap();
    assert_eq!((last.offset, last.expired_records), (100, 3));
    assert_eq!(last.parts, [part("d/ab")]);
    assert!(last.streams.is_empty(), "unheard of since 6");
    keeps_texts(open);
    keeps_seconds(open);
}

/// Each seal's counts are kept until one comes that is 15 minutes younger; a step without counts changes nothing.
fn keeps_seconds(open: &dyn Fn() -> Arc<dyn Catalog>) {
    let of = |at_s: u64| -> Seconds {
        let json = format!(r#"{{"names": [["go", "shop"]], "rows": [[{at_s}, 0, 2, 7]]}}"#);
        serde_json::from_str(&json).unwrap()
    };
    let held = || open().take_over(0).unwrap();
    for (seconds, wanted) in [
        (of(1000), vec![of(1000)]),
        (of(1899), vec![of(1000), of(1899)]),
        (Seconds::default(), vec![of(1000), of(1899)]),
        (of(1900), vec![of(1899), of(1900)]),
    ] {
        let state = held();
        let (from, to) = (state.offset, state.offset + 1);
        let commit = Commit { epoch: state.epoch, from, to, seconds, ..Commit::default() };
        open().commit(&commit).unwrap();
        assert_eq!(held().seconds, wanted);
    }
    let state = held();
    let stand = open().stand().unwrap();
    assert_eq!((stand.epoch, stand.offset), (state.epoch, state.offset));
    assert_eq!(stand.parts, ["d/ab"]);
}

/// Shelves are apart, a text replaces the one of its name, `None` takes it away, and all of it outlives the opening.
fn keeps_texts(open: &dyn Fn() -> Arc<dyn Catalog>) {
    let told = |name: &str, text: Option<&str>| (name.to_owned(), text.map(str::to_owned));
    let views = [told("b", Some("1")), told("a", Some("2")), told("'; --", Some("3"))];
    open().put_texts(Shelf::Views, &views).unwrap();
    open().put_texts(Shelf::Settings, &[told("a", Some("9"))]).unwrap();
    let change = [told("b", Some("4")), told("'; --", None), told("never", None)];
    open().put_texts(Shelf::Views, &change).unwrap();
    let held = |shelf| open().texts(shelf).unwrap();
    assert_eq!(held(Shelf::Views), [("a".into(), "2".into()), ("b".into(), "4".into())]);
    assert_eq!(held(Shelf::Settings), [("a".into(), "9".into())]);
}

#[test]
fn sqlite_is_a_catalog() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("catalog.db");
    conforms(&|| Arc::new(SqliteCatalog::open(&path).unwrap()));
}

#[test]
fn memory_is_a_catalog() {
    let one = Arc::new(MemoryCatalog::default());
    conforms(&|| one.clone());
}

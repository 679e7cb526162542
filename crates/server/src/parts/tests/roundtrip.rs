use std::sync::Arc;

use dlogs_record::{Encoder, Kind, Level, View};
use serde_json::json;

use crate::client_block::ClientBlock;
use crate::parts::{Corrupt, MemoryParts, Part, PartStore, PartWriter, Unreadable, Written, name};
use crate::row::Row;
use crate::stream_id::StreamId;

fn body(number: i64, fill: impl FnOnce(&mut Encoder<'_>)) -> Vec<u8> {
    let mut body = Vec::new();
    let kind = if number % 7 == 3 { Kind::Event } else { Kind::Log };
    let level = Level::from_u8((number % 6) as u8).unwrap();
    let mut encoder = Encoder::new(&mut body, level, kind, number, format!("message {number}"));
    fill(&mut encoder);
    encoder.finish();
    body
}

fn row<'a>(number: i64, body: &'a [u8], client: &'a Arc<ClientBlock>) -> Row<'a> {
    let view = View::parse(body).unwrap();
    Row {
        stream: StreamId { instance: [(number % 3) as u8; 16], lane: 1 },
        seq: number as u64,
        offset: number as u64 * 8,
        received_ns: number + 5,
        time_ns: number,
        level: view.head().level as u8,
        view,
        body,
        client,
    }
}

fn json_of(row: &Row<'_>) -> String {
    let mut out = Vec::new();
    row.write_json(&mut out);
    String::from_utf8(out).unwrap()
}

fn written(count: i64) -> (Written, Vec<String>) {
    let metadata = json!({"region": "eu", "n": 1, "shared": [1, 2]});
    let clients = [
        ClientBlock { service: "a".into(), pid: Some(7), ..ClientBlock::default() },
        ClientBlock {
            language: "go".into(),
            host: "h".into(),
            metadata: metadata.as_object().unwrap().clone(),
            ..ClientBlock::default()
        },
    ]
    .map(Arc::new);
    let mut part = PartWriter::new(0).unwrap();
    let mut rows = Vec::new();
    for number in 0..count {
        let body = body(number, |encoder| match number % 5 {
            0 => {}
            1 => {
                encoder
                    .key("n")
                    .i64(number)
                    .key("price")
                    .decimal("1.10")
                    .key("raw")
                    .bytes(b"\x00\xff");
            }
            2 => {
                encoder
                    .key("at")
                    .time_ns(number)
                    .key("bad")
                    .str(b"\xff\xfe")
                    .key("nan")
                    .f64(f64::NAN);
            }
            3 => {
                encoder.key("@trace_id").str("ab12").key("@error.stack").str("one\ntwo \"q\"");
                encoder
                    .key("m")
                    .begin_map()
                    .key("k")
                    .f64(1.0)
                    .key("l")
                    .begin_list()
                    .null()
                    .end_list();
                encoder.end_map();
            }
            _ => {
                encoder.key("cut").cut("begin").key("").bool(true).key("u").u64(u64::MAX);
            }
        });
        let row = row(number, &body, &clients[(number % 2) as usize]);
        rows.push(json_of(&row));
        part.push(&row).unwrap();
    }
    (part.finish("20261122/w0-TEST".into()).unwrap(), rows)
}

fn stored(written: &Written) -> Arc<dyn PartStore> {
    let store = MemoryParts::default();
    store.put(&name::parquet(&written.meta.name), &written.parquet).unwrap();
    store.put(&name::bloom(&written.meta.name), &written.bloom).unwrap();
    Arc::new(store)
}

#[test]
fn rows_come_back_as_they_went() {
    let (written, rows) = written(40_000);
    let part = Part::new(written.meta.clone(), stored(&written));
    assert_eq!(part.group_count().unwrap(), 3);
    assert_eq!(written.meta.summary.records, 40_000);
    assert_eq!((written.meta.min_offset, written.meta.max_offset), (0, 39_999 * 8));
    let mut at = 0;
    part.each(&mut |row| {
        assert_eq!(json_of(row), rows[at], "row {at}");
        assert_eq!((row.seq, row.offset), (at as u64, at as u64 * 8));
        at += 1;
    })
    .unwrap();
    assert_eq!(at, rows.len());
}

#[test]
fn what_seldom_comes_comes_back_too() {
    let metadata = json!({"region": "eu", "q": "a \"b\"", "n": 1});
    let metadata = metadata.as_object().unwrap().clone();
    let client = Arc::new(ClientBlock { metadata, ..ClientBlock::default() });
    let fills: [fn(&mut Encoder<'_>); 6] = [
        |e| _ = e.key("n").i64(1).key("region").str("own").key("n").str("last"),
        |e| _ = e.key("@trace_id").null().key("@logger").i64(-5).key("@thread").str(""),
        |e| _ = e.key("a\"b\\c").str("\u{1}\n\"\\").key("\u{43a}\u{43b}").str("\u{fc}ber"),
        |e| _ = e.key("@event").str("named").key("@trace_id").str("\u{17f}").key("").f64(0.5),
        |e| _ = e.key("@error.type").str(b"\xed\xa0\x80").key("@cut").cut("x"),
        |e| _ = e.key("@event").null().key("at").time_ns(1).key("none").null(),
    ];
    let mut part = PartWriter::new(0).unwrap();
    let mut rows = Vec::new();
    for number in 0..42 {
        let body = body(number, fills[number as usize % fills.len()]);
        let row = row(number, &body, &client);
        rows.push(json_of(&row));
        part.push(&row).unwrap();
    }
    let written = part.finish("late/w0-TEST".into()).unwrap();
    let part = Part::new(written.meta.clone(), stored(&written));
    let mut back = Vec::new();
    part.each(&mut |row| back.push(json_of(row))).unwrap();
    assert_eq!(back, rows);
    let sought = ["own", "last", "named", "ber", "eu", "b", "1970", "0", "null"];
    for word in sought.into_iter().flat_map(crate::parts::token::sought) {
        assert!(part.may_hold(0, [word].into_iter()));
    }
}

#[test]
fn every_flipped_byte_is_noticed() {
    let (written, rows) = written(50);
    let magic = 4;
    for at in magic..written.parquet.len() + written.bloom.len() {
        let mut broken = Written {
            parquet: written.parquet.clone(),
            bloom: written.bloom.clone(),
            meta: written.meta.clone(),
        };
        match at.checked_sub(broken.parquet.len()) {
            None => broken.parquet[at] ^= 0x10,
            Some(at) => broken.bloom[at] ^= 0x10,
        }
        let part = Part::new(broken.meta.clone(), stored(&broken));
        let mut seen = 0;
        let read = part.each(&mut |_| seen += 1);
        assert!(matches!(read, Err(Unreadable::Corrupt(Corrupt(_)))), "byte {at}: {seen} rows");
    }
    assert_eq!(rows.len(), 50);
}

#[test]
fn doomed_files_go_with_the_last_reader() {
    let (written, _) = written(10);
    let store = stored(&written);
    let part = Arc::new(Part::new(written.meta.clone(), store.clone()));
    let reader = part.clone();
    part.doom();
    drop(part);
    assert_eq!(store.files().unwrap().len(), 2);
    reader.each(&mut |_| {}).unwrap();
    drop(reader);
    assert!(store.files().unwrap().is_empty());
}

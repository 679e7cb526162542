//! Bodies of version 1 as they were written on the day the format was fixed. They must be read for ever.
//!
//! `DLOGS_WRITE_GOLDEN=1 cargo test -p dlogs-record golden` adds files for new cases; files that exist are never changed.

use std::fs;
use std::path::PathBuf;

use dlogs_record::{Encoder, Kind, Level, Redact, View, check, json};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec/cases/golden/record-v1")
}

fn body(
    level: Level,
    kind: Kind,
    time_ns: i64,
    message: &[u8],
    write: impl FnOnce(&mut Encoder<'_>),
) -> Vec<u8> {
    let mut body = Vec::new();
    let mut encoder = Encoder::new(&mut body, level, kind, time_ns, message);
    write(&mut encoder);
    encoder.finish();
    body
}

fn cases() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let now = 1_795_366_000_123_456_789;
    vec![
        (
            "smallest",
            "A record may be nothing but a level.",
            body(Level::Trace, Kind::Log, 0, b"", |_| {}),
        ),
        (
            "seed",
            "The first example of the product's document.",
            body(Level::Info, Kind::Log, now, b"User logged in successfully", |e| {
                e.key("user_id").i64(12345).key("login_method").str("oauth");
                e.key("ip_address").str("192.168.1.100");
            }),
        ),
        (
            "event",
            "A custom event is a record of kind 1, and its message is its name.",
            body(Level::Info, Kind::Event, now, b"payment_completed", |e| {
                e.key("amount").f64(99.99).key("currency").str("USD");
            }),
        ),
        (
            "values",
            "Every tag, with the edges of its range.",
            body(Level::Debug, Kind::Log, -1, "ä€😀\n\0".as_bytes(), |e| {
                e.key("null").null().key("false").bool(false).key("true").bool(true);
                e.key("i64_min")
                    .i64(i64::MIN)
                    .key("i64_max")
                    .i64(i64::MAX)
                    .key("u64_max")
                    .u64(u64::MAX);
                e.key("f64").f64(0.1).key("nan").f64(f64::NAN).key("inf").f64(f64::INFINITY);
                e.key("str")
                    .str("x\"y\\z")
                    .key("bytes")
                    .bytes(&[0, 255, 128])
                    .key("time")
                    .time_ns(now);
                e.key("decimal")
                    .decimal("123456789012345678901234567890.123")
                    .key("no decimal")
                    .decimal("1/3");
                e.key("cut").cut("").key("cut text").cut("the beginning");
                e.key("list").begin_list().i64(1).begin_list().end_list().str("b").end_list();
                e.key("map").begin_map().key("a").begin_map().key("").null().end_map().end_map();
            }),
        ),
        (
            "reserved",
            "Reserved keys carry what a record needs beyond metadata.",
            body(Level::Error, Kind::Log, now, b"Database connection failed", |e| {
                e.key("@trace_id")
                    .str("4bf92f3577b34da6a3ce929d0e0e4736")
                    .key("@span_id")
                    .str("00f067aa0ba902b7");
                e.key("@error.type").str("ConnectionError").key("@error.message").str("timed out");
                e.key("@error.stack").str("Traceback\n  line 1").key("@logger").str("app.db");
                e.key("@thread").str("MainThread").key("database").str("users-db");
            }),
        ),
        (
            "repair",
            "Defects in texts become U+FFFD, a lone surrogate one; the last of repeated keys wins.",
            body(Level::Warning, Kind::Log, now, b"a\xED\xA0\x80b\xFFc", |e| {
                e.key(b"k\xED\xBF\xBF").str(b"\xE2\x82").key("twice").i64(1).key("twice").i64(2);
            }),
        ),
        (
            "depth",
            "Eight lists and maps inside one another; the ninth is cut.",
            body(Level::Critical, Kind::Log, now, b"deep", |e| {
                e.key("a");
                (0..9).for_each(|_| {
                    e.begin_map().key("a");
                });
                e.i64(1);
                (0..9).for_each(|_| {
                    e.end_map();
                });
                e.key("after").bool(true);
            }),
        ),
        (
            "marked",
            "The mark @cut says that the message or whole fields are missing.",
            body(Level::Info, Kind::Log, now, "the beginning…".as_bytes(), |e| {
                e.key("a").i64(1).left_out();
            }),
        ),
    ]
}

fn told(sentence: &str, body: &[u8]) -> String {
    let view = View::parse(body).expect("golden bodies are well-formed");
    let golden = serde_json::json!({
        "sentence": sentence,
        "time_ns": view.head().time_ns.to_string(),
        "row": "ROW",
    });
    let row = serde_json::to_string(&json::row(&view, None)).expect("rows are JSON");
    let text = serde_json::to_string_pretty(&golden).expect("values are JSON");
    text.replace("\"ROW\"", &row) + "\n"
}

#[test]
fn golden_files_are_read_as_on_the_first_day() {
    let folder = folder();
    for (name, sentence, body) in cases() {
        let bin = folder.join(format!("{name}.bin"));
        if !bin.exists() && std::env::var_os("DLOGS_WRITE_GOLDEN").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&bin, &body).unwrap();
            fs::write(folder.join(format!("{name}.json")), told(sentence, &body)).unwrap();
        }
        assert_eq!(
            fs::read(&bin).unwrap(),
            body,
            "{name}: the encoder writes other bytes than version 1"
        );
    }
    let mut read = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "bin") {
            continue;
        }
        let body = fs::read(&path).unwrap();
        let mut scratch = Vec::new();
        assert!(
            !check(&body, &Redact::NOTHING, &mut scratch).unwrap().rewritten,
            "{}",
            path.display()
        );
        let json = fs::read_to_string(path.with_extension("json")).unwrap();
        let golden: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(told(golden["sentence"].as_str().unwrap(), &body), json, "{}", path.display());
        read += 1;
    }
    assert_eq!(read, cases().len());
}

use dlogs_record::{Encoder, Kind, Level, View, json};
use serde_json::{Map, Value, json};

fn text(
    kind: Kind,
    shared: Option<&Map<String, Value>>,
    write: impl FnOnce(&mut Encoder<'_>),
) -> String {
    let mut body = Vec::new();
    let mut encoder = Encoder::new(&mut body, Level::Error, kind, 0, "hello");
    write(&mut encoder);
    encoder.finish();
    serde_json::to_string(&json::row(&View::parse(&body).unwrap(), shared)).unwrap()
}

#[test]
fn reserved_keys_are_lifted_out() {
    let row = text(Kind::Log, None, |encoder| {
        encoder.key("@trace_id").str("abc").key("@span_id").u64(7).key("@logger").str("app.db");
        encoder
            .key("@thread")
            .null()
            .key("@error.type")
            .str("IOError")
            .key("@error.stack")
            .str("at\nx");
        encoder.key("user").i64(1);
    });
    let row: Value = serde_json::from_str(&row).unwrap();
    let expected = json!({
        "level": "ERROR", "message": "hello", "trace_id": "abc", "span_id": "7", "logger": "app.db",
        "error": {"type": "IOError", "stack": "at\nx"}, "metadata": {"user": 1},
    });
    assert_eq!(row, expected);
}

#[test]
fn an_event_is_named_by_its_message() {
    let expected = r#"{"level":"ERROR","message":"hello","event":"hello","metadata":{}}"#;
    assert_eq!(text(Kind::Event, None, |_| {}), expected);
}

#[test]
fn values_keep_what_json_can_say() {
    let metadata = |write: fn(&mut Encoder<'_>)| {
        let row = text(Kind::Log, None, |encoder| {
            encoder.key("x");
            write(encoder);
        });
        let value = row.strip_prefix(r#"{"level":"ERROR","message":"hello","metadata":{"x":"#);
        value.and_then(|rest| rest.strip_suffix("}}")).expect(&row).to_owned()
    };
    assert_eq!(
        metadata(|e| {
            e.i64(i64::MIN);
        }),
        "-9223372036854775808"
    );
    assert_eq!(
        metadata(|e| {
            e.u64(u64::MAX);
        }),
        "18446744073709551615"
    );
    assert_eq!(
        metadata(|e| {
            e.f64(1.0);
        }),
        "1.0"
    );
    assert_eq!(
        metadata(|e| {
            e.f64(f64::NAN);
        }),
        "null"
    );
    assert_eq!(
        metadata(|e| {
            e.f64(f64::NEG_INFINITY);
        }),
        "null"
    );
    assert_eq!(
        metadata(|e| {
            e.bytes(b"\x00\xFFabc");
        }),
        r#""AP9hYmM=""#
    );
    assert_eq!(
        metadata(|e| {
            e.bytes(b"ab");
        }),
        r#""YWI=""#
    );
    assert_eq!(
        metadata(|e| {
            e.bytes(b"");
        }),
        r#""""#
    );
    assert_eq!(
        metadata(|e| {
            e.time_ns(1);
        }),
        r#""1970-01-01T00:00:00.000000001Z""#
    );
    let big = "123456789012345678901234567890.10";
    assert_eq!(
        metadata(|e| {
            e.decimal("123456789012345678901234567890.10");
        }),
        big
    );
    for text in ["1e5", "-0.5E-3", "0"] {
        let row = text_of_decimal(text);
        assert!(row.ends_with(&format!("\"x\":{text}}}}}")), "{row}");
    }
    for text in ["NaN", "01", "+1", "1.", ".5", "1e", "", "-", "1 2", "1/3"] {
        let row = text_of_decimal(text);
        assert!(row.ends_with(&format!("\"x\":\"{text}\"}}}}")), "{row}");
    }
    assert_eq!(
        metadata(|e| {
            e.cut("beginning");
        }),
        r#""beginning…""#
    );
    assert_eq!(
        metadata(|e| {
            e.cut("");
        }),
        r#""…""#
    );
    assert_eq!(
        metadata(|e| {
            e.str(b"a\xED\xA0\x80b");
        }),
        "\"a\u{FFFD}b\""
    );
    let nested = |e: &mut Encoder<'_>| {
        e.begin_list().begin_map().key("a").i64(1).key("a").i64(2).end_map().null().end_list();
    };
    assert_eq!(metadata(nested), r#"[{"a":2},null]"#);
}

fn text_of_decimal(decimal: &str) -> String {
    text(Kind::Log, None, |encoder| {
        encoder.key("x").decimal(decimal);
    })
}

#[test]
fn the_last_of_repeated_keys_wins_and_shared_metadata_fills_the_rest() {
    let shared = json!({"region": "eu", "a": "shared"});
    let row = text(Kind::Log, shared.as_object(), |encoder| {
        encoder.key("a").i64(1).key("b").i64(2).key("a").i64(3);
    });
    assert!(row.ends_with(r#""metadata":{"a":3,"b":2,"region":"eu"}}"#), "{row}");
}

#[test]
fn of_many_fields_the_last_of_a_key_wins_too() {
    for count in [15, 16, 17, 40] {
        let row = text(Kind::Log, None, |encoder| {
            for round in 0..3 {
                for n in 0..count {
                    encoder.key(format!("k{n}")).i64(round * 100 + n);
                }
            }
        });
        let expected: Vec<String> = (0..count).map(|n| format!("\"k{n}\":{}", 200 + n)).collect();
        let expected = format!("\"metadata\":{{{}}}}}", expected.join(","));
        assert!(row.ends_with(&expected), "{count}: {row}");
    }
}

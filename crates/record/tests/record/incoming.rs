use dlogs_record::{Kind, Level, Record, Rejected, Value, decode, json};

fn read(text: &str) -> (json::Incoming, Record) {
    let mut body = Vec::new();
    let incoming = json::body(text, &mut body).expect(text);
    (incoming, decode(&body).unwrap())
}

#[test]
fn known_keys_go_where_they_belong_and_unknown_ones_into_metadata() {
    let (incoming, record) = read(
        r#"{"timestamp": "1970-01-01T00:00:01Z", "level": "warn", "message": "hi", "service": "billing",
            "component": "api", "language": "cobol", "host": "h1", "environment": "prod",
            "metadata": {"user": 1, "nested": {"a": [1, 2.5, null, true, "x"]}},
            "trace_id": "t", "span_id": "s", "logger": "l", "thread": 7, "id": "my-id", "extra": false,
            "error": {"type": "E", "message": "m", "stack": "s", "code": 5}}"#,
    );
    assert_eq!(incoming.time_ns, Some(1_000_000_000));
    assert_eq!((incoming.level, incoming.kind), (Level::Warning, Kind::Log));
    assert_eq!(incoming.service.as_deref(), Some("billing"));
    assert_eq!(incoming.component.as_deref(), Some("api"));
    assert_eq!(incoming.language.as_deref(), Some("cobol"));
    assert_eq!(incoming.host.as_deref(), Some("h1"));
    assert_eq!(incoming.environment.as_deref(), Some("prod"));
    assert_eq!((record.message.as_str(), record.time_ns), ("hi", 1_000_000_000));
    let list = vec![
        Value::I64(1),
        Value::F64(2.5),
        Value::Null,
        Value::Bool(true),
        Value::Str("x".into()),
    ];
    let text = |text: &str| Value::Str(text.into());
    let expected = [
        ("@trace_id", text("t")),
        ("@span_id", text("s")),
        ("@logger", text("l")),
        ("@thread", text("7")),
        ("@error.type", text("E")),
        ("@error.message", text("m")),
        ("@error.stack", text("s")),
        ("user", Value::I64(1)),
        ("nested", Value::Map(vec![("a".into(), Value::List(list))])),
        ("id", text("my-id")),
        ("extra", Value::Bool(false)),
        ("error.code", Value::I64(5)),
    ];
    assert_eq!(record.fields, expected.map(|(key, value)| (key.to_owned(), value)));
}

#[test]
fn the_smallest_record_is_an_empty_object() {
    let (incoming, record) = read(" {} ");
    assert_eq!((incoming.time_ns, incoming.level), (None, Level::Info));
    assert_eq!((record.message.as_str(), record.fields.len()), ("", 0));
}

#[test]
fn an_event_is_named_by_its_key_and_keeps_its_message() {
    let (incoming, record) = read(r#"{"event": "paid", "message": "thanks", "level": 3}"#);
    assert_eq!((incoming.kind, incoming.level), (Kind::Event, Level::Warning));
    assert_eq!(record.message, "paid");
    assert_eq!(record.get("message"), Some(&Value::Str("thanks".into())));
}

#[test]
fn numbers_keep_their_value() {
    let (_, record) = read(
        r#"{"a": -9223372036854775808, "b": 18446744073709551615, "c": 18446744073709551616,
            "d": -9223372036854775809, "e": 1e400, "f": 0.1, "g": -0}"#,
    );
    let decimal = |text: &str| Some(Value::Decimal(text.into()));
    assert_eq!(record.get("a").cloned(), Some(Value::I64(i64::MIN)));
    assert_eq!(record.get("b").cloned(), Some(Value::U64(u64::MAX)));
    assert_eq!(record.get("c").cloned(), decimal("18446744073709551616"));
    assert_eq!(record.get("d").cloned(), decimal("-9223372036854775809"));
    assert_eq!(record.get("e").cloned(), decimal("1e400"));
    assert_eq!(record.get("f").cloned(), Some(Value::F64(0.1)));
    assert_eq!(record.get("g").cloned(), Some(Value::I64(0)));
}

#[test]
fn texts_may_hold_lone_surrogates_and_escapes() {
    let (_, record) =
        read(r#"{"message": "a\ud800b", "k\udfff": "\u00e4\n", "😀": "\ud83d\ude00"}"#);
    assert_eq!(record.message, "a\u{FFFD}b");
    assert_eq!(record.get("k\u{FFFD}"), Some(&Value::Str("ä\n".into())));
    assert_eq!(record.get("😀"), Some(&Value::Str("😀".into())));
}

#[test]
fn where_a_text_is_wanted_anything_comes_as_its_json() {
    let (incoming, record) =
        read(r#"{"message": {"a": [1, "x"]}, "service": 12, "error": "boom", "host": null}"#);
    assert_eq!(record.message, r#"{"a":[1, "x"]}"#);
    assert_eq!(incoming.service.as_deref(), Some("12"));
    assert_eq!(incoming.host, None);
    assert_eq!(record.get("@error.message"), Some(&Value::Str("boom".into())));
}

#[test]
fn too_deep_values_are_cut_and_bombs_are_harmless() {
    let deep = format!(r#"{{"a": {}1{}, "after": 1}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let (_, record) = read(&deep);
    assert_eq!(record.get("after"), Some(&Value::I64(1)));
    let mut value = record.get("a");
    let mut depth = 0;
    while let Some(Value::List(items)) = value {
        value = items.first();
        depth += 1;
    }
    assert_eq!((depth, value), (8, Some(&Value::Cut(String::new()))));
}

#[test]
fn timestamps_come_in_any_unit() {
    for text in [
        "1700000000",
        "1700000000000",
        "1700000000000000",
        "1700000000000000000",
        "1.7e9",
        "\"1700000000\"",
    ] {
        let (incoming, _) = read(&format!("{{\"timestamp\": {text}}}"));
        assert_eq!(incoming.time_ns, Some(1_700_000_000_000_000_000), "{text}");
    }
}

#[test]
fn bad_records_are_rejected_with_a_reason_and_a_cure() {
    let table = [
        ("", Rejected::Malformed, "not JSON"),
        ("[1]", Rejected::Malformed, "a record is a JSON object"),
        ("{\"a\": 1", Rejected::Malformed, "not JSON"),
        ("{\"a\": NaN}", Rejected::Malformed, "not JSON"),
        ("{} {}", Rejected::Malformed, "not JSON"),
        (r#"{"level": "loud"}"#, Rejected::Level, "unknown level \"loud\": use trace"),
        (r#"{"level": 9}"#, Rejected::Level, "unknown level"),
        (r#"{"timestamp": "yesterday"}"#, Rejected::Timestamp, "RFC 3339"),
        (r#"{"timestamp": {}}"#, Rejected::Timestamp, "RFC 3339"),
        (r#"{"metadata": [1]}"#, Rejected::Type, "metadata is not an object"),
        (r#"{"error": [1]}"#, Rejected::Type, "error is a list"),
    ];
    for (text, reason, sentence) in table {
        let mut body = Vec::new();
        let error = json::body(text, &mut body).expect_err(text);
        assert_eq!(error.reason, reason, "{text}");
        assert!(error.sentence.contains(sentence), "{text}: {error}");
        assert!(body.is_empty(), "nothing is written on an error");
    }
}

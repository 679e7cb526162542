//! Bytes that nobody meant to be a record: nothing panics, and time stays in proportion.

use std::time::Instant;

use dlogs_record::{Redact, View, check, decode, head, json};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::foreign::Body;
use crate::tree::values;

/// Everything that reads foreign bytes; true if they are a body.
fn read(bytes: &[u8]) -> bool {
    let redact = Redact::new(["secret", "k"]);
    let (mut scratch, mut again) = (Vec::new(), Vec::new());
    let _ = head(bytes);
    let Ok(once) = check(bytes, &redact, &mut scratch) else {
        assert!(View::parse(bytes).is_err() && decode(bytes).is_err());
        return false;
    };
    assert_eq!(check(once.body, &redact, &mut again).unwrap().body, once.body);
    for body in [bytes, once.body] {
        decode(body).unwrap();
        let view = View::parse(body).unwrap();
        serde_json::to_string(&json::row(&view, None)).unwrap();
    }
    true
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn bytes_that_begin_like_a_record_never_panic(rest in vec(0u8..14, 0..400)) {
        read(&[&[2, 0, 200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &rest].concat());
    }

    #[test]
    fn a_damaged_record_never_panics(
        value in values(7),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        end in any::<prop::sample::Index>(),
    ) {
        let mut body = Body::new("message").field("k", &value).field("l", &value).done();
        prop_assert!(read(&body));
        let at = at.index(body.len());
        body[at] = byte;
        read(&body);
        body.truncate(end.index(body.len()));
        prop_assert!(!read(&body) || body.is_empty());
    }

    #[test]
    fn random_json_never_panics(text in "[\\[\\]{}\":,a-f0-9.eE\\\\u -]{0,60}|.{0,40}") {
        let mut out = Vec::new();
        let _ = json::body(&text, &mut out);
        if json::body(&format!("{{\"a\": {text}}}"), &mut out).is_err() {
            return Ok(());
        }
        prop_assert!(read(&out) || !out.is_empty());
    }
}

#[test]
fn counts_and_lengths_that_lie_cost_nothing() {
    let mut body = Body::new("m").field("k", &dlogs_record::Value::List(vec![])).done();
    let end = body.len();
    body[end - 4..].copy_from_slice(&u32::MAX.to_le_bytes());
    let start = Instant::now();
    assert!(!read(&body));
    assert!(start.elapsed().as_secs() < 5, "four billion entries were believed");
}

/// What is linear takes some milliseconds here; what is quadratic would take minutes.
#[test]
fn time_grows_with_the_size_and_not_with_its_square() {
    use dlogs_record::Value;
    let start = Instant::now();
    let entries = (0..300_000).map(|n| ((n / 2).to_string(), Value::Null)).collect();
    let body = Body::new("m").field("map", &Value::Map(entries)).done();
    assert!(read(&body));
    let text = format!("{{\"a\": {}{}}}", "[".repeat(500_000), "]".repeat(500_000));
    json::body(&text, &mut Vec::new()).unwrap();
    let keys: Vec<String> = (0..300_000).map(|n| format!("\"k{n}\": [{n}]")).collect();
    json::body(&format!("{{{}}}", keys.join(",")), &mut Vec::new()).unwrap();
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

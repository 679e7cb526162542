use dlogs_record::limits::{MAX_FIELDS, MAX_RECORD_BYTES};
use dlogs_record::{Fault, Record, Redact, Value, check, decode};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::foreign::{Body, str};
use crate::tree::values;

/// Checks twice: the second check must find nothing to do.
fn checked(body: &[u8], redact: &Redact) -> (bool, Record) {
    let (mut scratch, mut again) = (Vec::new(), Vec::new());
    let once = check(body, redact, &mut scratch).unwrap();
    assert!(once.body.len() <= MAX_RECORD_BYTES);
    assert_eq!(dlogs_record::head(once.body), Some(once.head));
    let twice = check(once.body, redact, &mut again).unwrap();
    assert!(!twice.rewritten, "check(check(x)) == check(x)");
    (once.rewritten, decode(once.body).unwrap())
}

fn nested(depth: usize) -> Value {
    (0..depth).fold(Value::Null, |inner, level| match level % 2 {
        0 => Value::List(vec![inner]),
        _ => Value::Map(vec![("k".into(), inner)]),
    })
}

#[test]
fn secrets_become_redacted_at_any_depth_in_any_case() {
    let inner = Value::Map(vec![
        ("PassWord".into(), str("hunter2")),
        ("password2".into(), str("not the same key")),
    ]);
    let body = Body::new("login, password in the message is not ours to find")
        .field("password", &Value::List(vec![Value::I64(1)]))
        .field("nested", &Value::List(vec![inner]))
        .done();
    let (rewritten, record) = checked(&body, &Redact::new(["PASSWORD", "", "token"]));
    assert!(rewritten);
    assert_eq!(record.get("password"), Some(&str("[redacted]")));
    let expected = Value::Map(vec![
        ("PassWord".into(), str("[redacted]")),
        ("password2".into(), str("not the same key")),
    ]);
    assert_eq!(record.get("nested"), Some(&Value::List(vec![expected])));
    assert!(!String::from_utf8_lossy(&body).is_empty());
}

#[test]
fn a_body_without_secrets_passes_as_it_is() {
    let body = Body::new("m").field("user", &Value::I64(1)).done();
    assert!(!checked(&body, &Redact::new(["pass", "word", "1234"])).0);
}

#[test]
fn what_exceeds_a_limit_is_cut() {
    let mut body = Body::new(&"m".repeat(300_000));
    for n in 0..MAX_FIELDS + 50 {
        body = body.field(&format!("{n}-{}", "k".repeat(n * 2)), &nested(n % 40));
    }
    let (rewritten, record) = checked(&body.done(), &Redact::NOTHING);
    assert!(rewritten && record.message.ends_with('…'));
    assert!(record.fields.len() <= MAX_FIELDS + 1);
    assert!(record.get("@cut").is_some());
}

#[test]
fn depth_and_size_have_edges() {
    for (depth, rewritten) in [(8, false), (9, true), (64, true)] {
        let body = Body::new("m").field("deep", &nested(depth)).done();
        assert_eq!(checked(&body, &Redact::NOTHING).0, rewritten, "depth {depth}");
    }
    let too_deep = Body::new("m").field("deep", &nested(65)).done();
    let error = check(&too_deep, &Redact::NOTHING, &mut Vec::new()).unwrap_err();
    assert_eq!(error.fault, Fault::TooDeep);

    let empty = Body::new("m").field("k", &str("")).done().len();
    for (extra, rewritten) in [(0, false), (1, true)] {
        let text = str(&"x".repeat(MAX_RECORD_BYTES - empty + extra));
        let body = Body::new("m").field("k", &text).done();
        assert_eq!(checked(&body, &Redact::NOTHING).0, rewritten, "{} bytes", body.len());
    }
}

#[test]
fn a_cut_body_may_have_one_field_more_for_the_mark() {
    let mut body = Body::new("m");
    for n in 0..MAX_FIELDS {
        body = body.field(&n.to_string(), &Value::Null);
    }
    let body = body.field("@cut", &Value::Cut(String::new())).done();
    assert!(!checked(&body, &Redact::NOTHING).0);
}

#[test]
fn what_is_no_body_is_refused_with_its_place() {
    let good = Body::new("hello").field("a", &Value::List(vec![Value::I64(1), str("x")])).done();
    let fault = |body: &[u8]| {
        let error = check(body, &Redact::NOTHING, &mut Vec::new()).unwrap_err();
        (error.fault, error.at)
    };
    for end in 0..good.len() {
        assert_eq!(fault(&good[..end]).0, Fault::Truncated, "{end} bytes");
    }
    let with = |at: usize, byte: u8| {
        let mut body = good.clone();
        body[at] = byte;
        body
    };
    assert_eq!(fault(&with(0, 6)), (Fault::Level, 0));
    assert_eq!(fault(&with(1, 2)), (Fault::Kind, 1));
    assert_eq!(fault(&with(15, 0xFF)), (Fault::Truncated, 12), "a message of 4 GB");
    assert_eq!(fault(&with(26, 13)), (Fault::Tag, 26));
    assert_eq!(fault(&[&good[..], b"x"].concat()), (Fault::Trailing, good.len()));
    let error = check(&with(26, 13), &Redact::NOTHING, &mut Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "malformed record, byte 26: the value's tag is not a number from 0 to 12 (spec/record.md)"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_foreign_body_is_cut_to_the_limits_once_and_for_all(
        fields in vec((".{0,300}|@cut|secret", values(12), 0usize..100_000), 0..12),
        message in 0usize..300_000,
    ) {
        let mut body = Body::new(&"é".repeat(message));
        for (key, value, length) in &fields {
            body = body.field(key, value).field("long", &str(&"€".repeat(*length)));
        }
        checked(&body.done(), &Redact::new(["secret", "a"]));
    }
}

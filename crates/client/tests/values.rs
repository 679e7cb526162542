//! Every value that a user can pass comes through or is cut visibly; one that panics or logs hurts nobody.

mod wire;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use dlogs::{Kind, Level, Logger, Outcome, debug, display, info};
use dlogs_record::Value;
use wire::{logger, records};

#[derive(Debug)]
struct Panics;

impl fmt::Display for Panics {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("a Display that panics")
    }
}

struct Logs<'l>(&'l Logger);

impl fmt::Display for Logs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        info!(self.0, "from inside", n = 1);
        f.write_str("logged")
    }
}

#[test]
fn every_kind_of_value_comes_through() {
    let (logger, kept) = logger(|builder| builder);
    let (user, path) = ("ann", std::path::Path::new("/tmp/x"));
    let map = BTreeMap::from([("a", vec![1, 2])]);
    info!(
        logger,
        "values of {user}",
        user,
        small = -7i8,
        big = u64::MAX,
        huge = u128::MAX,
        float = f64::NAN,
        yes = true,
        none = None::<i32>,
        text = String::from("t"),
        at = UNIX_EPOCH + Duration::from_nanos(5),
        took = Duration::from_millis(1500),
        map,
        "http.status" = 200,
        path = %path.display(),
        debugged = ?Some(1),
    );
    let record = records(&logger, &kept).remove(0);
    assert_eq!(
        (record.message.as_str(), record.level, record.kind),
        ("values of ann", Level::Info, Kind::Log)
    );
    assert_eq!(record.get("user"), Some(&Value::Str("ann".into())));
    assert_eq!(record.get("small"), Some(&Value::I64(-7)));
    assert_eq!(record.get("big"), Some(&Value::U64(u64::MAX)));
    assert_eq!(record.get("huge"), Some(&Value::Decimal(u128::MAX.to_string())));
    assert!(matches!(record.get("float"), Some(Value::F64(nan)) if nan.is_nan()));
    assert_eq!(record.get("none"), Some(&Value::Null));
    assert_eq!(record.get("at"), Some(&Value::TimeNs(5)));
    assert_eq!(record.get("took"), Some(&Value::F64(1.5)));
    assert_eq!(record.get("http.status"), Some(&Value::I64(200)));
    assert_eq!(record.get("path"), Some(&Value::Str("/tmp/x".into())));
    assert_eq!(record.get("debugged"), Some(&Value::Str("Some(1)".into())));
    assert!(matches!(record.get("map"), Some(Value::Map(_))));
}

#[test]
fn maps_pairs_json_and_children() {
    let (logger, kept) = logger(|builder| builder.level(Level::Debug));
    logger.info("pairs", [("a", 1)]);
    logger.info("map", HashMap::from([("b", "x")]));
    logger.warning("json", serde_json::json!({"c": [1, null], "d": 1.5}));
    logger.custom("payment_completed", serde_json::json!({"amount": 99.99}));
    let child = logger.child([("request", "r1")]).child([("user", 7)]);
    info!(child, "bound", request = "own wins");
    assert_eq!(logger.trace("below", ()), Outcome::Filtered);
    child.set_level(Level::Error);
    assert!(!logger.enabled(Level::Warning));
    let records = records(&logger, &kept);
    assert_eq!(records.len(), 5);
    assert_eq!(records[2].get("d"), Some(&Value::F64(1.5)));
    assert_eq!((records[3].kind, records[3].message.as_str()), (Kind::Event, "payment_completed"));
    assert_eq!(records[4].get("user"), Some(&Value::I64(7)));
    assert_eq!(records[4].get("request"), Some(&Value::Str("own wins".into())));
}

#[test]
fn values_that_panic_or_log_hurt_nobody() {
    let (logger, kept) = logger(|builder| builder);
    info!(logger, "before the panic", bad = display(Panics), never = 1);
    info!(logger, "shown otherwise", kind = debug(&Panics));
    logger.write(Level::Info, Kind::Log, format_args!("{}", Panics), |_| {});
    info!(logger, "outer", inner = display(Logs(&logger)));
    let records = records(&logger, &kept);
    let messages: Vec<&str> = records.iter().map(|record| record.message.as_str()).collect();
    assert_eq!(messages[0], "before the panic");
    assert!(records[0].get("@cut").is_some(), "{:?}", records[0]);
    assert!(messages[2].contains("panicked"));
    assert_eq!(&messages[3..], ["from inside", "outer"]);
    assert_eq!(records[4].get("inner"), Some(&Value::Str("logged".into())));
}

#[test]
fn giants_are_cut_and_secrets_never_travel() {
    let (logger, kept) = logger(|builder| builder.redact_keys(["password"]));
    info!(logger, "giant", text = "x".repeat(1 << 20), password = "s3cret");
    info!(logger, "nested", map = BTreeMap::from([("Password", "s3cret")]));
    let records = records(&logger, &kept);
    assert!(matches!(records[0].get("text"), Some(Value::Cut(_) | Value::Str(_))));
    assert_eq!(records.len(), 2);
    assert!(!format!("{records:?}").contains("s3cret"));
}

#[test]
fn foreign_bodies_are_checked() {
    let (logger, kept) = logger(|builder| builder);
    assert_eq!(logger.append_body(b"junk").number(), 12);
    let mut body = Vec::new();
    let mut encoder = dlogs::Encoder::new(&mut body, Level::Error, Kind::Log, 7, "foreign");
    encoder.key("k").i64(1);
    encoder.finish();
    assert_eq!(logger.append_body(&body), Outcome::Accepted(1));
    let mut quiet = Vec::new();
    dlogs::Encoder::new(&mut quiet, Level::Trace, Kind::Log, 0, "quiet").finish();
    assert_eq!(logger.append_body(&quiet), Outcome::Filtered);
    let records = records(&logger, &kept);
    assert_eq!((records[0].time_ns, records[0].get("k")), (7, Some(&Value::I64(1))));
    assert_eq!(logger.stats().refused["malformed"], 1);
}

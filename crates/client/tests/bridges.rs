//! `tracing`, `log` and panics arrive as records, with their fields; the client's own noise does not.
#![cfg(all(feature = "log", feature = "tracing"))]

mod wire;

use dlogs::Level;
use dlogs_record::Value;
use tracing_subscriber::layer::SubscriberExt;
use wire::{logger, records};

#[test]
fn events_carry_their_spans_fields_target_and_errors() {
    let (logger, kept) = logger(|builder| builder.level(Level::Debug));
    let subscriber = tracing_subscriber::registry()
        .with(dlogs::bridge::tracing::DlogsLayer::new(logger.clone()));
    tracing::subscriber::with_default(subscriber, || {
        let outer = tracing::info_span!("request", request_id = "r1", user = tracing::field::Empty);
        let _outer = outer.enter();
        outer.record("user", 7);
        let _inner = tracing::info_span!("query", table = "orders").entered();
        let error = std::io::Error::other("disk on fire");
        tracing::error!(target: "shop::db", error = &error as &(dyn std::error::Error + 'static), rows = 3_u64, "query failed");
        tracing::trace!("below the level");
        tracing::info!(target: "dlogs::sender", "our own");
        tracing::warn!(answer = 42);
    });
    let records = records(&logger, &kept);
    assert_eq!(records.len(), 2, "{records:?}");
    let first = &records[0];
    assert_eq!((first.level, first.message.as_str()), (Level::Error, "query failed"));
    let text = |value: &str| Value::Str(value.to_owned());
    assert_eq!(first.get("@logger"), Some(&text("shop::db")));
    assert_eq!(first.get("request_id"), Some(&text("r1")));
    assert_eq!(first.get("user"), Some(&Value::I64(7)));
    assert_eq!(first.get("table"), Some(&text("orders")));
    assert_eq!(first.get("rows"), Some(&Value::U64(3)));
    assert_eq!(first.get("@error.message"), Some(&text("disk on fire")));
    assert_eq!(
        (records[1].level, records[1].get("answer")),
        (Level::Warning, Some(&Value::I64(42)))
    );
}

#[test]
fn the_log_facade_and_panics_arrive() {
    let (logger, kept) = logger(|builder| builder);
    dlogs::bridge::log::install(&logger).unwrap();
    log::warn!(target: "app", user_id = 7, ok = true, name = "ann"; "slow {}", "query");
    log::debug!("below the level");
    log::info!(target: "dlogs", "our own");
    dlogs::bridge::panic::install(&logger);
    let thread = std::thread::Builder::new().name("worker".into());
    let panicked = thread.spawn(|| panic!("out of {}", "luck")).unwrap().join();
    assert!(panicked.is_err());
    let records = records(&logger, &kept);
    assert_eq!(records.len(), 2, "{records:?}");
    assert_eq!((records[0].level, records[0].message.as_str()), (Level::Warning, "slow query"));
    assert_eq!(records[0].get("user_id"), Some(&Value::I64(7)));
    assert_eq!(records[0].get("name"), Some(&Value::Str("ann".into())));
    assert_eq!((records[1].level, records[1].message.as_str()), (Level::Critical, "out of luck"));
    assert_eq!(records[1].get("@error.type"), Some(&Value::Str("panic".into())));
    assert_eq!(records[1].get("@thread"), Some(&Value::Str("worker".into())));
}

#[test]
fn a_flush_is_a_future_for_any_runtime() {
    let (logger, kept) = logger(|builder| builder);
    dlogs::info!(logger, "awaited");
    let left = wire::block_on(logger.flush_async(wire::PATIENCE));
    assert_eq!((left, kept.lock().unwrap().len()), (0, 1));
}

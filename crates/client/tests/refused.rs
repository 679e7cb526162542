//! What makes a logger impossible is said at once and clearly; what can be mended later is not an error.
#![allow(clippy::unwrap_used, reason = "the functions of a test are tests")]

mod server;

use dlogs::{Logger, Outcome, info};
use server::{Answer, PATIENCE, Server, eventually};

fn error(configure: impl FnOnce(dlogs::Builder) -> dlogs::Builder) -> String {
    configure(Logger::builder().option("journal", "memory")).build().unwrap_err().to_string()
}

#[test]
fn errors_say_what_is_wrong() {
    for (sentence, parts) in [
        (
            error(|b| b.option("ca_file", "/nowhere.pem")),
            ["ca_file = /nowhere.pem", "cannot be read"],
        ),
        (error(|b| b.option("ca_file", "Cargo.toml")), ["ca_file", "no certificate"]),
        (error(|b| b.api_key("line\nbreak")), ["api_key = …", "visible ASCII"]),
        (error(|b| b.endpoint("http://[broken/x")), ["endpoint", "no address"]),
        (
            error(|b| b.option("journal", "disk").journal_dir("/proc/nowhere")),
            ["journal_dir = /proc/nowhere", "cannot be used"],
        ),
    ] {
        assert!(parts.iter().all(|part| sentence.contains(part)), "{sentence}");
    }
}

#[test]
fn a_directory_that_cannot_be_used_means_memory_and_is_told() {
    let server = Server::start(|_| Answer::Ack);
    let logger =
        Logger::builder().endpoint(&server.endpoint).journal_dir("/proc/nowhere").build().unwrap();
    assert_eq!(logger.events().try_next().unwrap().name(), "alert");
    let stats = logger.stats();
    assert_eq!(stats.journal, "memory");
    assert!(stats.journal_trouble.unwrap().contains("in memory only"));
    info!(logger, "still");
    assert_eq!(logger.flush(PATIENCE), 0);
    assert_eq!(server.stored(), ["still"]);
}

#[test]
fn a_server_without_tls_is_a_failure_that_names_it() {
    let server = Server::start(|_| Answer::Ack);
    let logger = Logger::builder()
        .endpoint(&server.endpoint.replace("http:", "https:"))
        .option("journal", "memory")
        .option("request_timeout_ms", 500)
        .shutdown_timeout_ms(0)
        .build()
        .unwrap();
    assert!(matches!(info!(logger, "kept"), Outcome::Accepted(1)));
    let error = eventually("a failure", || logger.stats().last_error);
    assert!(error.contains("https://"), "{error}");
    assert_eq!(logger.close().waiting, 1);
}

#[test]
fn events_and_statistics_are_json_with_the_names_of_the_wire() {
    let event = dlogs::Event::ConnectionRestored { outage_ms: 7 };
    assert_eq!(event.to_json(), r#"{"name":"connection_restored","outage_ms":7}"#);
    let logger = Logger::builder().option("journal", "memory").build().unwrap();
    let stats: serde_json::Value = serde_json::from_str(&logger.stats().to_json()).unwrap();
    for name in ["accepted", "acked", "sent", "failed", "retried", "waiting", "refused", "lost"] {
        assert!(stats.get(name).is_some(), "{name}");
    }
    assert_eq!(stats["refused"]["journal_full"], 0);
    assert_eq!(stats["lost"]["set_aside"], 0);
}

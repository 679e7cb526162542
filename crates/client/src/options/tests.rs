//! Four sources, one order, and errors that say what is wrong, where it came from and what would be right.

use std::collections::BTreeMap;
use std::path::PathBuf;

use dlogs_record::Level;
use serde_json::{Map, Value, json};

use super::*;

fn sources(explicit: Value, environment: &[(&str, &str)], file: Option<&str>) -> Sources {
    let Value::Object(explicit) = explicit else { panic!("an object") };
    let environment: BTreeMap<String, String> =
        environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let file = file.map(|content| (PathBuf::from("/etc/dlogs.toml"), content.to_owned()));
    Sources { explicit, environment, file, sdk: Sdk::default() }
}

fn error(explicit: Value, environment: &[(&str, &str)], file: Option<&str>) -> String {
    resolve(&sources(explicit, environment, file)).unwrap_err().to_string()
}

#[test]
fn the_defaults_are_those_of_the_list() {
    let options = resolve(&Sources::default()).unwrap();
    assert_eq!(options.endpoint, "http://localhost:5000/api/logs");
    assert_eq!((options.batch_size, options.batch_interval_ms), (100, 5000));
    assert_eq!(
        (options.retry_initial_ms, options.retry_max_ms, options.failed_after),
        (1000, 30_000, 5)
    );
    assert_eq!((options.shutdown_timeout_ms, options.heartbeat_ms), (2000, 10_000));
    assert_eq!(options.journal_max_bytes, 256 << 20);
    assert_eq!(options.level, Level::Info);
    assert_eq!(options.journal, JournalChoice::Auto);
    assert!(!options.service_name.is_empty());
    assert!(options.journal_dir.is_none() && options.ca_file.is_none());
}

#[test]
fn explicit_wins_over_environment_over_file_over_default() {
    let file = Some("batch_size = 2\nbatch_interval_ms = 2\nbatch_max_bytes = 2000\n");
    let environment = [("DLOGS_BATCH_SIZE", "3"), ("DLOGS_BATCH_INTERVAL_MS", "3")];
    let options = resolve(&sources(json!({"batch_size": 4}), &environment, file)).unwrap();
    assert_eq!(
        (
            options.batch_size,
            options.batch_interval_ms,
            options.batch_max_bytes,
            options.failed_after
        ),
        (4, 3, 2000, 5)
    );
}

#[test]
fn an_empty_variable_and_an_explicit_null_count_as_not_given() {
    let environment = [("DLOGS_BATCH_SIZE", "")];
    let options = resolve(&sources(json!({"level": null}), &environment, None)).unwrap();
    assert_eq!((options.batch_size, options.level), (100, Level::Info));
}

#[test]
fn every_type_is_read_from_text() {
    let environment = [
        ("DLOGS_LEVEL", "Warn"),
        ("DLOGS_REDACT_KEYS", "password, token ,"),
        ("DLOGS_METADATA", "region=eu-1,build=42"),
        ("DLOGS_COMPRESSION", "GZIP"),
        ("DLOGS_JOURNAL_MAX_BYTES", "1_048_576"),
        ("DLOGS_JOURNAL_DIR", "/var/log/x"),
    ];
    let options = resolve(&sources(json!({}), &environment, None)).unwrap();
    assert_eq!(options.level, Level::Warning);
    assert_eq!(options.redact_keys, ["password", "token"]);
    assert_eq!(Value::Object(options.metadata), json!({"region": "eu-1", "build": "42"}));
    assert_eq!(options.compression, Compression::Gzip);
    assert_eq!(options.journal_max_bytes, 1_048_576);
    assert_eq!(options.journal_dir, Some(PathBuf::from("/var/log/x")));
}

#[test]
fn errors_name_option_value_source_and_what_is_allowed() {
    assert_eq!(
        error(json!({}), &[("DLOGS_BATCH_SIZE", "many")], None),
        "batch_size = \"many\" (from the environment variable DLOGS_BATCH_SIZE): \
         must be a whole number of records from 1 to 10000"
    );
    assert_eq!(
        error(json!({}), &[], Some("compression = 'lz4'")),
        "compression = \"lz4\" (from the file /etc/dlogs.toml): must be one of zstd, gzip, none"
    );
    for (bad, part) in [
        (json!({"batch_size": 0}), "given explicitly"),
        (json!({"batch_size": 1.5}), "1.5"),
        (json!({"endpoint": "localhost:5000"}), "http://"),
        (json!({"endpoint": "http://:80/x"}), "has a host"),
        (json!({"level": "loud"}), "a level"),
        (json!({"level": 9}), "0 to 5"),
        (json!({"metadata": [1]}), "a map"),
        (json!({"redact_keys": [1]}), "a list of texts"),
        (json!({"service_name": "x".repeat(200)}), "at most 128 bytes"),
        (json!({"batchSize": 3}), "did you mean `batch_size`?"),
        (json!({"nonsense": 3}), "unknown option `nonsense`"),
    ] {
        let sentence = error(bad.clone(), &[], None);
        assert!(sentence.contains(part), "{bad}: {sentence}");
    }
    assert!(error(json!({}), &[], Some("batch_size = ")).contains("is not valid TOML"));
    assert!(error(json!({}), &[], Some("colour = 1")).contains("unknown option `colour`"));
}

#[test]
fn a_secret_is_not_shown() {
    let sentence = error(json!({"api_key": "s3cret".repeat(200)}), &[], None);
    assert!(sentence.starts_with("api_key = …") && !sentence.contains("s3cret"), "{sentence}");
}

#[test]
fn the_sdk_travels_in_json() {
    let json = r#"{"sdk": {"language": "python", "version": "1.2", "runtime": "3.12"}}"#;
    let options = Options::from_json(json).unwrap();
    assert_eq!((options.sdk.language.as_str(), options.sdk.runtime.as_str()), ("python", "3.12"));
    assert!(Options::from_json("[]").is_err());
    let json = r#"{"sdk": {"language": "java", "program": "Billing"}, "service_name": ""}"#;
    assert_eq!(Options::from_json(json).unwrap().service_name, "Billing");
    assert!(Options::from_map(Map::new()).is_ok());
}

#[test]
fn every_option_has_its_own_name_and_variable() {
    for (at, spec) in OPTIONS.iter().enumerate() {
        assert_eq!(spec.env, format!("DLOGS_{}", spec.name.to_uppercase()));
        assert!(OPTIONS[..at].iter().all(|other| other.name != spec.name));
    }
}

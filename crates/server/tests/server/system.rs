//! The server about itself, its settings and the saved views, over real sockets.

use serde_json::{Value, json};

use crate::support::batch::{batch, stream};
use crate::support::http::{Answer, request};
use crate::support::server::Server;

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn ask(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    request(server.address, method, path, &[JSON], body.to_string().as_bytes()).unwrap()
}

#[test]
fn the_system_tells_its_numbers_and_what_it_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |config| config.seal_bytes = 0);
    let old = json!({"client": {"language": "cobol", "service": "shop"}, "logs": [
        {"message": "kept"}, {"message": "ancient", "timestamp": "1999-01-01T00:00:00Z"}, 7]});
    assert_eq!(server.json(&old.to_string()).status, 200);
    assert_eq!(server.json("{broken").status, 400);
    assert_eq!(server.post("text/plain", b"x").status, 415);
    assert_eq!(server.native(&batch(stream(1), 1..=2, 5)).status, 200);
    server.until("dlogs_queue_batches 0");
    let system = server.get("/api/system").json();
    assert_eq!((&system["role"], &system["trouble"]), (&json!("all"), &Value::Null));
    assert_eq!(system["version"], env!("CARGO_PKG_VERSION"));
    let number = |pointer: &str| system.pointer(pointer).and_then(Value::as_u64).unwrap();
    assert!(number("/now_ms") >= number("/started_ms"));
    assert_eq!(number("/parts/records"), 1);
    assert!(number("/parts/bytes") > number("/parts/index_bytes"));
    assert!(number("/parts/newest_ms") >= number("/parts/oldest_ms"));
    assert!(number("/disk/total_bytes") >= number("/disk/free_bytes"));
    assert!(number("/memory/resident_bytes") > 1 << 20);
    assert!(number("/viewers/max") > 0 && number("/queue/max_bytes") > 0);
    let limits = system["limits"].as_array().unwrap();
    assert!(
        limits
            .iter()
            .any(|limit| *limit
                == json!({"name": "record_bytes", "value": 262_144, "unit": "bytes"}))
    );
    assert_eq!(
        system["rejects"]["by_reason"],
        json!({"too_old": 3, "malformed": 1, "json": 1, "content_type": 1})
    );
    assert_eq!(number("/rejects/total"), 6);
    let samples = system["rejects"]["samples"].as_array().unwrap();
    let of = |reason: &str| -> Vec<&Value> {
        samples.iter().filter(|sample| sample["reason"] == reason).collect()
    };
    assert_eq!(of("malformed")[0]["excerpt"], "7");
    assert_eq!(of("json")[0]["excerpt"], "{broken");
    let ancient = of("too_old");
    assert_eq!(ancient.len(), 3, "newest first: {samples:?}");
    assert_eq!(ancient[0]["stream"], stream(1).to_string());
    let first = ancient[2];
    assert_eq!((&first["excerpt"], &first["language"]), (&json!("ancient"), &json!("cobol")));
    assert_eq!((&first["service"], &first["stream"]), (&json!("shop"), &Value::Null));
    assert!(first["error"].as_str().unwrap().contains("1999"), "{first}");
}

#[test]
fn a_sample_names_the_language_and_the_service_that_the_refused_record_named() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let told = |reason: &str| -> Vec<(String, String)> {
        let system = server.get("/api/system").json();
        let samples = system["rejects"]["samples"].as_array().unwrap().clone();
        let text = |sample: &Value, key: &str| sample[key].as_str().unwrap().to_owned();
        let of_reason = samples.iter().filter(|sample| sample["reason"] == reason);
        of_reason.map(|sample| (text(sample, "language"), text(sample, "service"))).collect()
    };
    let named = |language: &str, service: &str| (language.to_owned(), service.to_owned());
    let old = "1999-01-01T00:00:00Z";
    // Some of a batch: by its own word, by its envelope's, and by both.
    let some = json!({"client": {"language": "cobol", "service": "shop"}, "logs": [
        {"message": "kept", "language": "ada"},
        {"message": "late", "timestamp": old, "language": "python", "service": "billing"},
        {"message": "late", "timestamp": old, "service": "stock"},
        {"message": "late", "timestamp": old}]});
    assert_eq!(server.json(&some.to_string()).status, 200);
    let ancient = [named("cobol", "shop"), named("cobol", "stock"), named("python", "billing")];
    assert_eq!(told("too_old"), ancient);
    // What is no record still tells, as far as it is JSON; what is no text is no name.
    let lines = "{\"message\": \"kept\"}\n\
        {\"service\": \"billing\", \"language\": \"go\", \"timestamp\": \"never\", \"message\": \"x\"}\n\
        {\"language\": \"java\", \"service\": \"orders\", \"message\": nonsense}\n\
        {\"language\": 7, \"message\": nonsense, \"service\": \"too late\"}\n";
    assert_eq!(server.post("application/x-ndjson", lines.as_bytes()).status, 200);
    assert_eq!(told("timestamp"), [named("go", "billing")]);
    assert_eq!(told("malformed"), [named("http", ""), named("java", "orders")]);
    // All of it, and a body that breaks off.
    let one =
        json!({"message": "x", "timestamp": "never", "language": "rust", "service": "search"});
    assert_eq!(server.json(&one.to_string()).status, 400);
    assert_eq!(told("timestamp")[0], named("rust", "search"));
    assert_eq!(server.json("{\"language\": \"node\", \"service\": \"web\", \"mess").status, 400);
    assert_eq!(told("json")[0], named("node", "web"));
}

#[test]
fn retention_is_changed_while_the_server_runs_and_stays_so() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |config| {
        config.seal_bytes = 0;
        config.housekeeping_ms = 10;
    });
    let put = |wanted: Value| ask(&server, "PUT", "/api/settings", &wanted);
    for wrong in [
        json!([]),
        json!({}),
        json!({"retention": 1}),
        json!({"retention": {}, "other": 1}),
        json!({"retention": {"keep_days": 0}}),
    ] {
        let answer = put(wrong.clone());
        assert_eq!((answer.status, answer.reason().as_str()), (400, "setting"), "{wrong}");
    }
    let old = json!({"message": "old", "timestamp": "1 day ago"}).to_string();
    assert_eq!(server.json(&old.replace("1 day ago", &days_ago(10))).status, 200);
    assert_eq!(server.json("{\"message\": \"new\"}").status, 200);
    server.until("dlogs_part_records 2");
    let answer = put(json!({"retention": {"keep_days": 5}}));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["retention"]["keep_days"], json!({"value": 5, "set_by": "page"}));
    server.until("dlogs_records_expired_total 1");
    assert_eq!(server.messages(""), ["new"]);
    server.stop();
    let server = Server::start(dir.path());
    let shown = server.get("/api/settings").json();
    assert_eq!(shown["retention"]["keep_days"], json!({"value": 5, "set_by": "page"}));
}

fn days_ago(days: i64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    (now.as_secs() as i64 - days * 86_400).to_string()
}

#[test]
fn views_are_saved_listed_and_removed() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let path = "/api/views/Errors%20of%20caf%C3%A9%2F1";
    let saved = ask(&server, "PUT", path, &json!({"query": "q=level%3Aerror&from=1h"}));
    assert_eq!(saved.status, 200);
    let view = saved.json();
    assert_eq!(
        (&view["name"], &view["query"]),
        (&json!("Errors of café/1"), &json!("q=level%3Aerror&from=1h"))
    );
    assert_eq!(ask(&server, "PUT", path, &json!({"q": ""})).reason(), "json");
    server.stop();
    let server = Server::start(dir.path());
    assert_eq!(server.get("/api/views").json(), json!({"views": [view]}));
    assert_eq!(ask(&server, "DELETE", path, &Value::Null).status, 204);
    let gone = ask(&server, "DELETE", path, &Value::Null);
    assert_eq!((gone.status, gone.reason().as_str()), (404, "view"));
    assert_eq!(server.get("/api/views").json(), json!({"views": []}));
}

#[test]
fn the_chart_of_the_last_minutes_is_whole_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let sealed = Server::with(dir.path(), |config| config.seal_bytes = 0);
    for level in ["info", "error", "info"] {
        let record =
            json!({"message": "x", "level": level, "language": "cobol", "service": "shop"});
        assert_eq!(sealed.json(&record.to_string()).status, 200);
    }
    sealed.until("dlogs_queue_batches 0");
    sealed.stop();
    let server = Server::start(dir.path());
    server.until_json("/api/stats", |stats| {
        let delays = stats["delays"].as_array().unwrap();
        !stats["ingest_delay_ms"]["p99"].is_null() && !delays.is_empty()
    });
    assert_eq!(
        server.json("{\"message\": \"y\", \"language\": \"cobol\", \"service\": \"shop\"}").status,
        200
    );
    let (mut stored, mut charted) = (Value::Null, 0);
    // The second in which a record came is shown when it is over.
    server.until_json("/api/stats", |stats| {
        let seconds = stats["seconds"].as_array().unwrap();
        let counts = seconds.iter().flat_map(|second| second["counts"].as_array().unwrap());
        charted = counts
            .map(|count| {
                assert_eq!((&count[0], &count[1]), (&json!("cobol"), &json!("shop")));
                count[3].as_u64().unwrap()
            })
            .sum::<u64>();
        stored = stats["totals"]["stored"].clone();
        charted == 4
    });
    assert_eq!(stored, 4);
}

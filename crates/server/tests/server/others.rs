//! Senders of others over a real socket: what they are answered, what is stored, what comes again.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::support::http::{Answer, request};
use crate::support::server::Server;

const JSON: (&str, &str) = ("Content-Type", "application/json");
const BULK: (&str, &str) = ("Content-Type", "application/x-ndjson");

fn now_ns() -> i64 {
    dlogs_server::clock::now_ns()
}

fn post(server: &Server, path: &str, header: (&str, &str), body: &[u8]) -> Answer {
    request(server.address, "POST", path, &[header], body).unwrap()
}

fn otlp(records: Value) -> String {
    json!({"resourceLogs": [{
        "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
        "scopeLogs": [{"logRecords": records}]}]})
    .to_string()
}

#[test]
fn otlp_is_stored_once_however_often_it_comes() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let timed = json!([{"timeUnixNano": now_ns().to_string(), "severityNumber": 17, "body": {"stringValue": "one"}}]);
    for _ in 0..3 {
        let answer = post(&server, "/v1/logs", JSON, otlp(timed.clone()).as_bytes());
        assert_eq!((answer.status, answer.json()), (200, json!({})));
    }
    let rows = server.rows("");
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["service"], &rows[0]["level"]), (&json!("shop"), &json!("ERROR")));
    // Without times nobody can tell a repeat from a second event.
    let untimed = otlp(json!([{"body": {"stringValue": "two"}}]));
    post(&server, "/v1/logs", JSON, untimed.as_bytes());
    post(&server, "/v1/logs", JSON, untimed.as_bytes());
    assert_eq!(server.rows("q=two").len(), 2);
    server.stop();
    // The memory outlives the process.
    let server = Server::start(dir.path());
    post(&server, "/v1/logs", JSON, otlp(timed).as_bytes());
    assert_eq!(server.rows("q=one").len(), 1);
}

#[test]
fn what_came_lately_is_known_after_it_became_a_part_and_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let sealing = |config: &mut dlogs_server::Config| config.seal_bytes = 0;
    let timed =
        otlp(json!([{"timeUnixNano": now_ns().to_string(), "body": {"stringValue": "one"}}]));
    let bulk = "{\"index\":{\"_index\":\"i\",\"_id\":\"7\"}}\n{\"message\":\"two\"}\n";
    for _ in 0..3 {
        let server = Server::with(dir.path(), sealing);
        assert_eq!(post(&server, "/v1/logs", JSON, timed.as_bytes()).status, 200);
        assert_eq!(post(&server, "/_bulk", BULK, bulk.as_bytes()).status, 200);
        server.until("dlogs_queue_batches 0");
        let mut messages = server.messages("");
        messages.sort();
        assert_eq!(messages, ["one", "two"]);
        server.stop();
    }
}

#[test]
fn otlp_tells_what_it_rejects_in_the_senders_form() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let records = json!([{"timeUnixNano": "1"}, {"body": {"stringValue": "kept"}}]);
    let answer = post(&server, "/v1/logs", JSON, otlp(records).as_bytes());
    assert_eq!(answer.status, 200);
    let partial = &answer.json()["partialSuccess"];
    assert_eq!(partial["rejectedLogRecords"], "1");
    assert!(partial["errorMessage"].as_str().unwrap().contains("1970-01-01"), "{partial}");
    assert_eq!(server.messages(""), ["kept"]);
    let answer = post(&server, "/v1/logs", JSON, b"{\"resourceLogs\": 7}");
    let said = answer.json();
    assert_eq!((answer.status, &said["reason"], &said["code"]), (400, &json!("json"), &json!(3)));
    assert!(said["message"].is_string());
    let proto = ("Content-Type", "application/x-protobuf");
    let answer = post(&server, "/v1/logs", proto, b"\x0a\xff");
    assert_eq!(answer.status, 400);
    assert!(answer.head.contains("application/x-protobuf"), "{}", answer.head);
    // google.rpc.Status: code 3, then the message.
    assert_eq!(answer.body[..3], [0x08, 3, 0x12]);
    assert_eq!(post(&server, "/v1/logs", proto, b"").status, 200);
    assert_eq!(post(&server, "/v1/logs", ("Content-Type", "text/plain"), b"").status, 415);
}

#[test]
fn loki_answers_204_and_names_what_it_cannot_keep() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let push = |values: Value| {
        let body =
            json!({"streams": [{"stream": {"app": "shop", "level": "error"}, "values": values}]});
        post(&server, "/loki/api/v1/push", JSON, body.to_string().as_bytes())
    };
    let good = json!([[now_ns().to_string(), "kept"]]);
    assert_eq!((push(good.clone()).status, push(good).status), (204, 204));
    assert_eq!(server.messages("service=shop&level=error"), ["kept"]);
    let answer = push(json!([["1", "old"], [now_ns().to_string(), "new"]]));
    assert_eq!((answer.status, answer.reason()), (400, "too_old".to_owned()));
    assert!(answer.json()["error"].as_str().unwrap().starts_with("1 of 2 lines"));
    assert_eq!(server.messages("q=new"), ["new"]);
    let answer = post(
        &server,
        "/loki/api/v1/push",
        ("Content-Type", "application/x-protobuf"),
        b"\x04\xffxx",
    );
    assert_eq!((answer.status, answer.reason()), (400, "encoding".to_owned()));
    let announced = [0xff, 0xff, 0xff, 0xff, 0x0f];
    let answer =
        post(&server, "/loki/api/v1/push", ("Content-Type", "application/x-protobuf"), &announced);
    assert_eq!((answer.status, answer.reason()), (413, "decoded_too_large".to_owned()));
}

#[test]
fn bulk_answers_every_item() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let body = "{\"index\":{\"_id\":\"1\"}}\n{\"message\":\"a\",\"log\":{\"level\":\"warn\"},\"service\":{\"name\":\"shop\"}}\n\
        {\"create\":{\"_index\":\"other\",\"_id\":\"2\"}}\n{\"message\":\"b\"}\n\
        {\"create\":{\"_index\":\"other\",\"_id\":\"2\"}}\n{\"message\":\"b again\"}\n\
        {\"index\":{}}\n{\"@timestamp\":\"yesterday\",\"message\":\"c\"}\n\
        {\"index\":{}}\n[1]\n\
        {\"delete\":{\"_id\":\"1\"}}\n\
        {\"index\":{}}\n{\"message\":\"d\"}\n";
    let answer = post(&server, "/shop-logs/_bulk", BULK, body.as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert!(answer.head.to_ascii_lowercase().contains("x-elastic-product: elasticsearch"));
    let said = answer.json();
    assert_eq!(said["errors"], true);
    let items: Vec<(String, u64)> = said["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let (action, result) = item.as_object().unwrap().iter().next().unwrap();
            (action.clone(), result["status"].as_u64().unwrap())
        })
        .collect();
    let wanted = [
        ("index", 201),
        ("create", 201),
        ("create", 409),
        ("index", 400),
        ("index", 400),
        ("delete", 400),
        ("index", 201),
    ];
    assert_eq!(items, wanted.map(|(action, status)| (action.to_owned(), status)));
    let mut messages = server.messages("");
    messages.sort();
    assert_eq!(messages, ["a", "b", "d"]);
    let row = &server.rows("q=service:shop")[0];
    assert_eq!(row["level"], "WARNING");
    assert_eq!(row["metadata"], json!({"_index": "shop-logs", "_id": "1"}));
    // The id that was made for the last one is its row's.
    assert_eq!(said["items"][6]["index"]["_id"], server.rows("q=d")[0]["id"]);
    // An id is honoured across bodies, and across a restart.
    server.stop();
    let server = Server::start(dir.path());
    let again = "{\"index\":{\"_index\":\"shop-logs\",\"_id\":\"1\"}}\n{\"message\":\"a\"}\n{\"index\":{\"_index\":\"shop-logs\",\"_id\":\"9\"}}\n{\"message\":\"e\"}\n";
    let said = post(&server, "/_bulk", BULK, again.as_bytes()).json();
    assert_eq!(said["errors"], false);
    assert_eq!(
        (&said["items"][0]["index"]["result"], &said["items"][1]["index"]["result"]),
        (&json!("noop"), &json!("created"))
    );
    assert_eq!(server.all_rows().len(), 4);
}

#[test]
fn bulk_refuses_a_broken_body_in_elastics_words() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    for body in ["", "nonsense\n{}\n", "{\"index\":{}}\n"] {
        let answer = post(&server, "/_bulk", BULK, body.as_bytes());
        let said = answer.json();
        assert_eq!(
            (answer.status, &said["error"]["type"], &said["status"]),
            (400, &json!("bulk"), &json!(400))
        );
    }
    assert!(server.rows("").is_empty());
}

#[test]
fn the_root_is_a_page_for_people_and_a_product_for_clients() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let root = |method: &str, accept: &str| {
        request(server.address, method, "/", &[("Accept", accept)], b"").unwrap()
    };
    assert!(root("GET", "text/html,*/*").head.contains("text/html"));
    let asked = root("GET", "application/vnd.elasticsearch+json; compatible-with=9");
    assert_eq!(asked.json()["tagline"], "You Know, for Search");
    assert!(asked.head.contains("compatible-with=9"));
    let mut socket = TcpStream::connect(server.address).unwrap();
    socket.write_all(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n").unwrap();
    let mut head = String::new();
    socket.read_to_string(&mut head).unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.to_ascii_lowercase().contains("x-elastic-product"), "{head}");
}

#[test]
fn keys_are_shown_in_every_way_that_clients_know() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let made =
        post(&server, "/api/keys", JSON, b"{\"name\": \"all\", \"scopes\": [\"admin\"]}").json();
    let key = made["key"].as_str().unwrap();
    let packed =
        |text: String| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text);
    let body = b"{\"index\":{}}\n{\"message\":\"x\"}\n";
    let send = |path: &str, shown: &str| {
        let headers = [BULK, ("Authorization", shown)];
        request(server.address, "POST", path, &headers, body).unwrap().status
    };
    for shown in [
        format!("Bearer {key}"),
        format!("ApiKey {key}"),
        format!("ApiKey {}", packed(format!("id:{key}"))),
        format!("Basic {}", packed(format!("elastic:{key}"))),
    ] {
        assert_eq!(send("/_bulk", &shown), 200, "{shown}");
    }
    for shown in ["Bearer nonsense", "Basic !!", "Digest x", "ApiKey bm9uc2Vuc2U6eA=="] {
        assert_eq!(send("/_bulk", shown), 401, "{shown}");
    }
    for path in ["/_bulk", "/x/_bulk", "/v1/logs", "/loki/api/v1/push"] {
        assert_eq!(post(&server, path, BULK, body).status, 401, "{path}");
    }
}

#[test]
fn plain_json_with_times_is_recognised_too() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let timed = json!({"timestamp": now_ns(), "message": "once"}).to_string();
    for _ in 0..2 {
        assert_eq!(server.json(&timed).json()["accepted"], 1);
    }
    assert_eq!(server.messages(""), ["once"]);
}

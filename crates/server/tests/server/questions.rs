//! What can be asked beside the page of rows: histograms, facets, fields, one record, its context, an export.

use serde_json::{Value, json};

use crate::support::server::Server;

const SECOND: i64 = 1_000_000_000;

/// 40 records, one a second, in two batches; the first 20 may lie in a part by then.
fn filled(dir: &std::path::Path) -> (Server, i64) {
    let server = Server::start(dir);
    let start_ns = dlogs_server::clock::now_ns() / SECOND * SECOND - 60 * SECOND;
    for half in 0..2 {
        let records: Vec<Value> = (half * 20..half * 20 + 20)
            .map(|n: i64| {
                json!({"timestamp": start_ns + n * SECOND, "message": format!("record {n}"),
                    "level": if n % 4 == 0 { "error" } else { "info" },
                    "service": if n % 2 == 0 { "even" } else { "odd" },
                    "metadata": {"n": n, "user": {"name": "ann"}, "text": "x".repeat(200)}})
            })
            .collect();
        assert_eq!(server.json(&json!(records).to_string()).status, 200);
    }
    (server, start_ns)
}

fn get(server: &Server, path: &str) -> Value {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.json());
    answer.json()
}

#[test]
fn hits_count_everything_by_any_field() {
    let dir = tempfile::tempdir().unwrap();
    let (server, start_ns) = filled(dir.path());
    let range = format!("from={start_ns}&to={}", start_ns + 39 * SECOND);
    let hits = get(&server, &format!("/api/logs/hits?{range}&step=10s"));
    assert_eq!(
        (&hits["total"], &hits["step_ms"], &hits["other"]),
        (&json!(40), &json!(10_000), &Value::Null)
    );
    let sums: Vec<(&str, u64)> = hits["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| {
            (
                hit["value"].as_str().unwrap(),
                hit["counts"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).sum(),
            )
        })
        .collect();
    assert_eq!(sums, [("INFO", 30), ("ERROR", 10)]);
    let hits = get(&server, &format!("/api/logs/hits?{range}&field=service&q=level:error"));
    assert_eq!(hits["hits"][0]["value"], "even");
    assert_eq!((&hits["hits"][0]["total"], &hits["total"]), (&json!(10), &json!(10)));
    let hits = get(&server, "/api/logs/hits?field=n&limit=3&buckets=5");
    assert_eq!((hits["hits"].as_array().unwrap().len(), &hits["other"]["total"]), (3, &json!(37)));
    assert_eq!(get(&server, "/api/logs/hits?q=nothing_has_this")["total"], 0);
    for (bad, reason) in [
        ("step=1ns", "parameter"),
        ("limit=0", "parameter"),
        ("nonsense=1", "parameter"),
        ("q=%2F%5B%2F", "query"),
    ] {
        let answer = server.get(&format!("/api/logs/hits?{bad}"));
        assert_eq!((answer.status, answer.reason()), (400, reason.to_owned()), "{bad}");
    }
}

#[test]
fn facets_and_fields_name_what_there_is() {
    let dir = tempfile::tempdir().unwrap();
    let (server, _) = filled(dir.path());
    let facets = get(&server, "/api/logs/facets");
    let of = |name: &str| {
        facets["facets"].as_array().unwrap().iter().find(|facet| facet["field"] == name).cloned()
    };
    assert_eq!(
        of("service").unwrap()["values"],
        json!([{"value": "even", "count": 20}, {"value": "odd", "count": 20}])
    );
    assert_eq!(of("user.name").unwrap()["values"], json!([{"value": "ann", "count": 40}]));
    assert_eq!(of("n").unwrap()["more"], true);
    assert_eq!(of("text"), None, "a long text is no facet");
    let one = get(&server, "/api/logs/facets?fields=level&service=odd");
    assert_eq!(
        one["facets"],
        json!([{"field": "level", "records": 20, "more": false, "values": [{"value": "INFO", "count": 20}]}])
    );
    let fields = get(&server, "/api/logs/fields");
    let names: Vec<&str> = fields["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["field"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["language", "level", "n", "service", "text", "user.name"]);
}

#[test]
fn one_record_and_what_is_around_it() {
    let dir = tempfile::tempdir().unwrap();
    let (server, _) = filled(dir.path());
    let row = server.rows("q=n:20")[0].clone();
    let id = row["id"].as_str().unwrap();
    assert_eq!(get(&server, &format!("/api/logs/{id}")), row);
    let numbers = |list: &Value| -> Vec<i64> {
        list.as_array().unwrap().iter().map(|row| row["metadata"]["n"].as_i64().unwrap()).collect()
    };
    let context = get(&server, &format!("/api/logs/{id}/context?same=service&before=3&after=2"));
    assert_eq!(
        (numbers(&context["before"]), numbers(&context["after"])),
        (vec![18, 16, 14], vec![22, 24])
    );
    assert_eq!((&context["record"], &context["partial"]), (&row, &json!(false)));
    // Each JSON batch has a stream of its own.
    let context = get(&server, &format!("/api/logs/{id}/context"));
    assert_eq!((numbers(&context["before"]), numbers(&context["after"]).len()), (vec![], 10));
    let context = get(&server, &format!("/api/logs/{id}/context?same=all&before=1&after=1"));
    assert_eq!((numbers(&context["before"]), numbers(&context["after"])), (vec![19], vec![21]));
    let gone = id.replace("-1", "-9");
    assert_eq!(server.get("/api/logs/nonsense").reason(), "id");
    assert_eq!(server.get(&format!("/api/logs/{gone}999")).status, 404);
    assert_eq!(server.get(&format!("/api/logs/{id}/context?same=mood")).reason(), "parameter");
}

#[test]
fn an_export_has_every_match_once_and_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let now_ns = dlogs_server::clock::now_ns();
    for batch in 0..3 {
        let lines: Vec<String> = (0..4000)
            .map(|n| {
                json!({"timestamp": now_ns - n * 1_000, "message": format!("{batch}.{n}")})
                    .to_string()
            })
            .collect();
        assert_eq!(server.post("application/x-ndjson", lines.join("\n").as_bytes()).status, 200);
    }
    let export = server.get("/api/logs/export");
    assert!(export.head.contains("attachment; filename=\"dlogs-"), "{}", export.head);
    let text = chunked(&export.body);
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut keys: Vec<i64> =
        rows.iter().map(|row| row["time_ns"].as_str().unwrap().parse().unwrap()).collect();
    assert_eq!(rows.len(), 12_000);
    assert!(keys.is_sorted_by(|a, b| a >= b));
    keys.dedup();
    assert_eq!(keys.len(), 4000);
    let csv = chunked(&server.get("/api/logs/export?format=csv&limit=2").body);
    assert_eq!((csv.lines().count(), csv.starts_with("time,level,service")), (3, true));
    let txt = chunked(&server.get("/api/logs/export?format=txt&q=message:1.3999").body);
    assert!(txt.ends_with("INFO     1.3999\n"), "{txt}");
    assert_eq!(server.get("/api/logs/export?format=xml").reason(), "parameter");
    assert_eq!(server.get("/api/logs/export?q=%22").reason(), "query");
}

/// A body in chunks, put together.
fn chunked(mut body: &[u8]) -> String {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return String::from_utf8(whole).unwrap();
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
}

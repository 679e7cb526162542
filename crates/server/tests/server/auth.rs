//! Who may do what: keys and scopes on every route, hosts and origins, addresses.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::json;

use crate::support::http::request;
use crate::support::server::Server;

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn add_key(server: &Server, bearer: Option<&str>, scopes: &[&str]) -> (String, String) {
    let mut headers = vec![JSON];
    headers.extend(bearer.map(|bearer| ("Authorization", bearer)));
    let body = json!({"name": "test", "scopes": scopes}).to_string();
    let answer = request(server.address, "POST", "/api/keys", &headers, body.as_bytes()).unwrap();
    assert_eq!(answer.status, 201, "{}", answer.json());
    let text = answer.json()["key"].as_str().unwrap().to_owned();
    (format!("Bearer {text}"), answer.json()["id"].as_str().unwrap().to_owned())
}

#[test]
fn scopes_decide_on_every_route() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    assert_eq!(server.json("{}").status, 200, "open on loopback, as long as there is no key");
    let refused =
        request(server.address, "POST", "/api/keys", &[JSON], b"{\"scopes\": [\"read\"]}").unwrap();
    assert_eq!(
        (refused.status, refused.reason().as_str()),
        (400, "key"),
        "the first must be admin"
    );
    let (admin, _) = add_key(&server, None, &["admin"]);
    let (ingest, ingest_id) = add_key(&server, Some(&admin), &["ingest"]);
    let (read, _) = add_key(&server, Some(&admin), &["read"]);
    let wrong = format!("{}0", &ingest[..ingest.len() - 1]);
    let wrong = if wrong == ingest { format!("{}1", &ingest[..ingest.len() - 1]) } else { wrong };
    let routes = [
        ("POST", "/api/logs", "ingest"),
        ("GET", "/api/logs", "read"),
        ("GET", "/api/stats", "read"),
        ("GET", "/api/clients", "read"),
        ("GET", "/metrics", "read"),
        ("GET", "/api/keys", "admin"),
        ("GET", "/api/nothing", "read"),
        ("GET", "/api/system", "read"),
        ("GET", "/api/settings", "read"),
        ("PUT", "/api/settings", "admin"),
        ("GET", "/api/views", "read"),
        ("PUT", "/api/views/x", "read"),
        ("DELETE", "/api/views/x", "read"),
        ("GET", "/api/logs/tail", "read"),
        ("GET", "/api/ws", "read"),
    ];
    for (method, path, scope) in routes {
        let ask = |bearer: Option<&str>| {
            let mut headers = vec![JSON];
            headers.extend(bearer.map(|bearer| ("Authorization", bearer)));
            request(server.address, method, path, &headers, b"{}").unwrap()
        };
        let missing = ask(None);
        assert_eq!((missing.status, missing.reason().as_str()), (401, "key_missing"), "{path}");
        for bearer in [wrong.as_str(), "Bearer dlogs_x_y", "Bearer ", "Basic YTpi"] {
            assert_eq!(ask(Some(bearer)).status, 401, "{path} {bearer}");
        }
        for (bearer, name) in [(&ingest, "ingest"), (&read, "read")] {
            if name != scope {
                let answer = ask(Some(bearer));
                assert_eq!((answer.status, answer.reason().as_str()), (403, "scope"), "{path}");
            }
        }
        // The tail never ends, and a socket needs more than this.
        if !path.ends_with("tail") {
            let allowed = if scope == "ingest" { &ingest } else { &admin };
            assert!(![401, 403].contains(&ask(Some(allowed)).status), "{path}");
        }
    }
    for path in ["/health/live", "/health/ready"] {
        assert_eq!(server.get(path).status, 200, "{path} needs no key");
    }
    let shown =
        request(server.address, "GET", "/api/keys", &[("Authorization", &admin)], b"").unwrap();
    assert_eq!(shown.json()["keys"].as_array().unwrap().len(), 3);
    let secret = ingest.rsplit('_').next().unwrap();
    assert!(!String::from_utf8_lossy(&shown.body).contains(secret), "a key is shown once");
    let gone = format!("/api/keys/{ingest_id}");
    let admin_only = [("Authorization", admin.as_str())];
    assert_eq!(request(server.address, "DELETE", &gone, &admin_only, b"").unwrap().status, 204);
    assert_eq!(request(server.address, "DELETE", &gone, &admin_only, b"").unwrap().status, 404);
    let headers = [JSON, ("Authorization", ingest.as_str())];
    assert_eq!(server.post_with(&headers, b"{}").reason(), "key_unknown");
    server.stop();
    let server = Server::start(dir.path());
    assert_eq!(server.json("{}").status, 401, "keys outlive the server");
}

#[test]
fn the_page_logs_in_with_a_cookie() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let (admin, _) = add_key(&server, None, &["admin"]);
    let key = admin.strip_prefix("Bearer ").unwrap();
    let login = |key: &str| {
        let body = json!({"key": key}).to_string();
        request(server.address, "POST", "/api/session", &[JSON], body.as_bytes()).unwrap()
    };
    assert_eq!(login("dlogs_no").status, 401);
    let answer = login(key);
    assert_eq!(answer.status, 204);
    let cookie = answer.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    let answer = request(server.address, "GET", "/api/logs", &[("Cookie", cookie)], b"").unwrap();
    assert_eq!(answer.status, 200);
}

#[test]
fn strangers_pages_and_names_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::with(dir.path(), |config| {
        config.public_urls = vec!["https://logs.example.com".into()];
    });
    let address = server.address;
    let own = format!("http://{address}");
    let post = |headers: &[(&str, &str)]| {
        let all = [&[JSON], headers].concat();
        request(address, "POST", "/api/logs", &all, b"{}").unwrap()
    };
    for origin in [own.as_str(), "https://logs.example.com"] {
        assert_eq!(post(&[("Origin", origin)]).status, 200, "{origin}");
    }
    for origin in [
        "http://evil.example",
        "null",
        "http://localhost:1",
        "file://",
        "https://logs.example.com.evil",
    ] {
        let answer = post(&[("Origin", origin)]);
        assert_eq!((answer.status, answer.reason().as_str()), (403, "origin"), "{origin}");
        let socket = [("Origin", origin), ("Upgrade", "websocket"), ("Connection", "Upgrade")];
        assert_eq!(
            request(address, "GET", "/api/ws", &socket, b"").unwrap().status,
            403,
            "{origin}"
        );
    }
    for host in ["localhost:5000", "127.0.0.1", "[::1]:9", "server:5000", "logs.example.com"] {
        assert_eq!(post(&[("Host", host)]).status, 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example:5000", "", "127.0.0.1.nip.io"] {
        let answer = post(&[("Host", host)]);
        assert_eq!((answer.status, answer.reason().as_str()), (403, "host"), "{host}");
    }
    let (admin, _) = add_key(&server, None, &["admin"]);
    let keyed = [("Host", "logs.internal.example"), ("Authorization", admin.as_str())];
    assert_eq!(post(&keyed).status, 200, "who has a key is no rebound page");
}

#[test]
fn every_answer_carries_the_guards_headers() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    for path in ["/", "/api/logs", "/api/nothing", "/health/live"] {
        let head = server.get(path).head;
        assert!(head.contains("x-content-type-options: nosniff"), "{path}: {head}");
        assert!(head.contains("content-security-policy: default-src 'none'"), "{path}: {head}");
        assert!(!head.contains("access-control-allow"), "{path}: {head}");
    }
}

#[test]
fn other_machines_need_a_key() {
    let dir = tempfile::tempdir().unwrap();
    let all = |no_auth: bool| {
        let mut config = dlogs_server::Config::at(dir.path());
        config.host = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        config.port = 0;
        config.no_auth = no_auth;
        config.min_free_bytes = 0;
        config
    };
    let error = Server::on(all(false)).err().unwrap();
    assert!(error.contains("dlogs keys add") && error.contains("--no-auth"), "{error}");
    let mut server = Server::on(all(true)).unwrap();
    server.address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    assert_eq!(server.json("{}").status, 200);
}

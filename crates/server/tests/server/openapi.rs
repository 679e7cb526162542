//! spec/openapi.json against the router: every route is in the one and in the other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::http::request;
use crate::support::server::Server;

#[test]
fn the_document_has_every_route_and_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let document = server.get("/api/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut routes = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut routes);
    let paths = document["paths"].as_object().unwrap();
    let documented: BTreeSet<String> = paths.keys().cloned().collect();
    assert_eq!(routes, documented);
    let mut names = BTreeSet::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(names.insert(operation["operationId"].as_str().unwrap()), "{operation}");
            check_parameters(&document, path, operation);
            if path == "/api/logs/tail" || path == "/api/ws" {
                continue;
            }
            let real = path
                .replace("{id}", "1-00000000000000000000000000000000.0-1")
                .replace("{index}", "x")
                .replace("{name}", "x");
            let answer = request(server.address, &method.to_uppercase(), &real, &[], b"").unwrap();
            let said = answer.status.to_string();
            assert!(operation["responses"].get(&said).is_some(), "{method} {path} answers {said}");
            assert!(!["route", "method"].contains(&answer.reason().as_str()), "{method} {path}");
        }
    }
}

/// Every parameter that is in the path is told, and every reference leads somewhere.
fn check_parameters(document: &Value, path: &str, operation: &Value) {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let names: Vec<&str> = parameters
        .map(|parameter| match parameter["$ref"].as_str() {
            Some(name) => document.pointer(name.trim_start_matches('#')).unwrap(),
            None => parameter,
        })
        .filter(|parameter| parameter["in"] == "path")
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect();
    let wanted: Vec<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
    assert_eq!(names, wanted, "{path}");
}

/// The paths of all `.route("…"` in the sources.
fn collect(folder: &Path, routes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, routes);
        } else if path.file_name().unwrap() != "tests.rs"
            && !path.components().any(|part| part.as_os_str() == "tests")
        {
            let text = fs::read_to_string(&path).unwrap();
            let found = text.split(".route(").skip(1).filter_map(|rest| rest.split('"').nth(1));
            routes.extend(found.filter(|path| path.starts_with('/')).map(str::to_owned));
        }
    }
}

#[test]
fn the_page_reads_without_script_or_style() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let page = server.get("/api/docs");
    let text = String::from_utf8(page.body).unwrap();
    assert_eq!(
        (page.status, text.contains("<script"), text.contains("<style")),
        (200, false, false)
    );
    assert!(text.contains("GET /api/logs/hits") && text.contains("Not before: RFC 3339"));
}

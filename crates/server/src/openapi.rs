//! The document of the whole HTTP API (spec/openapi.json), as it is and as a page. Never says what the router does not do.

use std::fmt::Write;
use std::sync::OnceLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

const DOCUMENT: &str = include_str!("../../../spec/openapi.json");

/// `GET /api/openapi.json`.
pub(crate) async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT).into_response()
}

/// `GET /api/docs`.
pub(crate) async fn page() -> Response {
    static PAGE: OnceLock<String> = OnceLock::new();
    let page = PAGE.get_or_init(|| html(&serde_json::from_str(DOCUMENT).unwrap_or_default()));
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.as_str()).into_response()
}

/// Plain HTML: headings, tables, no script and no style, so that it reads anywhere.
fn html(document: &Value) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>DistributedLogs: the HTTP API</title>\n<h1>The HTTP API</h1>\n",
    );
    let mut put = |text: String| out.push_str(&text);
    put(format!("<p>{}</p>\n", escaped(&document["info"]["description"])));
    put("<p>For machines: <a href=\"openapi.json\">openapi.json</a>.</p>\n".into());
    for tag in list(&document["tags"]) {
        put(format!(
            "<h2>{}</h2>\n<p>{}</p>\n",
            escaped(&tag["name"]),
            escaped(&tag["description"])
        ));
        for (path, methods) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                if list(&operation["tags"]).any(|own| *own == tag["name"]) {
                    put(section(document, path, method, operation));
                }
            }
        }
    }
    out
}

fn section(document: &Value, path: &str, method: &str, operation: &Value) -> String {
    let path = escaped(&Value::from(path));
    let mut out = format!("<h3><code>{} {path}</code></h3>\n", method.to_uppercase());
    let _ = writeln!(
        out,
        "<p>{}. {}</p>",
        escaped(&operation["summary"]),
        escaped(&operation["description"])
    );
    let parameters: Vec<String> = list(&operation["parameters"])
        .map(|parameter| {
            let parameter = resolved(document, parameter);
            let (schema, name) = (&parameter["schema"], escaped(&parameter["name"]));
            let default = match &schema["default"] {
                Value::Null => String::new(),
                default => format!("default {}", escaped(default)),
            };
            format!(
                "<tr><td><code>{name}</code><td>{}<td>{default}\n",
                escaped(&parameter["description"])
            )
        })
        .collect();
    if !parameters.is_empty() {
        let _ = write!(out, "<table>\n{}</table>\n", parameters.concat());
    }
    for (kind, _) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
        let _ = writeln!(out, "<p>Body: <code>{}</code></p>", escaped(&Value::from(kind.as_str())));
    }
    out.push_str("<ul>\n");
    for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
        let _ = writeln!(out, "<li>{status}: {}", escaped(&answer["description"]));
    }
    out.push_str("</ul>\n");
    out
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// What a `$ref` points at.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"].as_str().and_then(|name| name.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

/// A text, as HTML shows it; nothing where there is none.
fn escaped(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

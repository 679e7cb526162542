//! The page: built files that the binary carries, or a word on how to build them. It never shows data.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::auth::POLICY;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A file of the built page.
pub(super) struct Asset {
    /// Below dashboard/dist, with slashes.
    path: &'static str,
    /// Quoted, of the plain bytes.
    etag: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
}

/// What is shown when the page was not built.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>DistributedLogs</title>\n\
    <h1>DistributedLogs</h1>\n<p>The server runs, but this binary was built without its page.</p>\n\
    <p>To build it: <code>cd dashboard &amp;&amp; npm ci &amp;&amp; npm run build</code>, then build the server again, \
    or run <code>./build.sh</code>, which does both.</p>\n\
    <p>Meanwhile: <code>dlogs tail</code>, <code>dlogs query</code>, <a href=\"/api/logs\">/api/logs</a>, \
    <a href=\"/api/stats\">/api/stats</a>, <a href=\"/api/clients\">/api/clients</a>, <a href=\"/metrics\">/metrics</a>.</p>\n\
    </html>\n";

/// Everything that no other route took: a file of the page, the page itself for its own paths, or a 404 in JSON.
pub(crate) async fn answer(request: Request) -> Response {
    let path = request.uri().path();
    let api = ["/api/", "/v1/", "/health/", "/loki/", "/metrics/"];
    if !matches!(*request.method(), Method::GET | Method::HEAD)
        || api.iter().any(|prefix| path.starts_with(prefix))
    {
        return no_route(path);
    }
    let found = find(path.trim_start_matches('/'));
    // The page draws its own paths. A path with a dot is a file that is not there.
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    match found.or_else(|| if is_file { None } else { find("index.html") }) {
        Some(asset) => send(asset, request.headers()),
        None if is_file => no_route(path),
        None => ([(header::CACHE_CONTROL, "no-store")], guarded(html(NOT_BUILT))).into_response(),
    }
}

fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

fn send(asset: &'static Asset, asked: &HeaderMap) -> Response {
    // Names below assets/ carry a hash of their content (Vite), so they never change.
    let immutable = asset.path.starts_with("assets/");
    let cache = if immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let head = [
        (header::CONTENT_TYPE, content_type(asset.path)),
        (header::CACHE_CONTROL, cache),
        (header::ETAG, asset.etag),
        (header::VARY, "Accept-Encoding"),
    ];
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    if known.is_some_and(|tags| names(tags, asset.etag)) {
        return guarded((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let packed = asked.get(header::ACCEPT_ENCODING).is_some_and(accepts_gzip);
    if packed && asset.gzip.len() < asset.plain.len() {
        return guarded((head, [(header::CONTENT_ENCODING, "gzip")], asset.gzip).into_response());
    }
    guarded((head, asset.plain).into_response())
}

/// Whether a list of `If-None-Match` names the tag; weak or strong makes no difference here (RFC 9110, 13.1.2).
fn names(tags: &str, etag: &str) -> bool {
    tags.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

fn accepts_gzip(value: &HeaderValue) -> bool {
    let Ok(value) = value.to_str() else {
        return false;
    };
    value.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        is_gzip && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn html(text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}

/// The headers that keep a browser from doing with the page what it was not made for.
fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn no_route(path: &str) -> Response {
    let error = format!("Nothing is at {path}; spec/api.md lists what is.");
    let answer = json!({"dlogs": 1, "reason": "route", "error": error});
    (StatusCode::NOT_FOUND, axum::Json(answer)).into_response()
}

#[cfg(test)]
mod tests;

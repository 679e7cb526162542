//! In front of every route: who asks, from which page, under which name of ours.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::key::Scope;
use crate::app::App;
use crate::refusal::Refusal;

/// The cookie that the page's login sets.
pub(super) const COOKIE: &str = "dlogs_key";

/// Nothing but our own files, no inline script or style, nobody's frame, and no text ever becomes markup: `dlogs-template` is
/// what the page's compiled templates go through. `connect-src 'self'` covers the live socket.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types dlogs-template";

/// Longer than any sentence of the framework.
const SENTENCE_MAX_BYTES: usize = 4096;

/// The key that a request came with; its id keeps two callers' `Idempotency-Key`s apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Caller {
    pub(crate) key_id: String,
}

/// Lets a request through, or says why not.
pub(crate) async fn guard(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let ingest = needed(request.method(), request.uri().path()) == Some(Scope::Ingest);
    let mut response = match admit(&app, &request) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            let (method, path) = (request.method().clone(), request.uri().path().to_owned());
            spell_out(next.run(request).await, &method, &path).await
        }
        Err(refusal) => refusal.into_response(),
    };
    if ingest {
        app.rejects.note_answer(&response, app.now_ms());
    }
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::REFERRER_POLICY, "no-referrer");
    if api {
        set(header::CACHE_CONTROL, "no-store");
    }
    response
}

/// The framework's own refusals are empty or plain text: they get the form that all others have.
async fn spell_out(response: Response, method: &Method, path: &str) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let foreign = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !response.status().is_client_error() || !foreign {
        return response;
    }
    let (parts, body) = response.into_parts();
    let said = to_bytes(body, SENTENCE_MAX_BYTES).await.unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let refusal = match parts.status {
        StatusCode::NOT_FOUND if said.is_empty() => Refusal::new(
            StatusCode::NOT_FOUND,
            "route",
            format!("There is nothing at {path}; batches go to POST /api/logs."),
        ),
        StatusCode::METHOD_NOT_ALLOWED => Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            format!("{path} does not take {method}; batches go to POST /api/logs."),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            let error = format!("The body is larger than {path} takes; send less.");
            Refusal::new(parts.status, "body_too_large", error)
        }
        status => Refusal::new(status, "request", format!("{method} {path} is malformed: {said}.")),
    };
    let mut spelled = refusal.into_response();
    if let Some(allow) = parts.headers.get(header::ALLOW) {
        spelled.headers_mut().insert(header::ALLOW, allow.clone());
    }
    spelled
}

fn admit(app: &App, request: &Request) -> Result<Caller, Refusal> {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    check_origin(headers, host, &app.config.public_urls)?;
    let text = presented(headers);
    let key = text.as_deref().and_then(|text| app.keyring.find(text));
    // A page that reached us under a stranger's name (DNS rebinding) has no key to show.
    if key.is_none() && !is_our_name(host, &app.config.public_urls) {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "host",
            format!(
                "This server does not answer to the name {host:?}; start it with --public-url http://{host}."
            ),
        ));
    }
    let caller = Caller { key_id: key.as_ref().map(|key| key.id.clone()).unwrap_or_default() };
    let Some(scope) = needed(request.method(), request.uri().path()) else { return Ok(caller) };
    if !app.needs_key() {
        return Ok(caller);
    }
    match (key, text) {
        (Some(key), _) if key.may(scope) => Ok(caller),
        (Some(_), _) => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "scope",
            format!(
                "This key lacks the scope {scope:?}; make one that has it with dlogs keys add."
            ),
        )),
        (None, Some(_)) => Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "key_unknown",
            "The API key is not known here; it may have been removed. Make one with dlogs keys add.",
        )),
        (None, None) => Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "key_missing",
            "This server asks for an API key: send Authorization: Bearer <key>.",
        )),
    }
}

/// The scope that a request needs. Everything under `/api` that is not named here needs one.
fn needed(method: &Method, path: &str) -> Option<Scope> {
    match path {
        "/api/session" => None,
        "/api/logs" if method == Method::POST => Some(Scope::Ingest),
        "/v1/logs" | "/loki/api/v1/push" => Some(Scope::Ingest),
        path if path.ends_with("/_bulk") => Some(Scope::Ingest),
        path if path == "/api/keys" || path.starts_with("/api/keys/") => Some(Scope::Admin),
        "/api/settings" if method != Method::GET && method != Method::HEAD => Some(Scope::Admin),
        path if path.starts_with("/api") || path == "/metrics" => Some(Scope::Read),
        _ => None,
    }
}

/// The key that a request shows: as `Bearer`, as the password of `Basic`, as Elasticsearch's `ApiKey` (as it is, or
/// base64 of `id:key`), or in the page's cookie.
fn presented(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (scheme, shown) = value.to_str().ok()?.split_once(' ')?;
        let shown = shown.trim();
        return match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Some(Cow::Borrowed(shown)),
            "basic" => password(shown).map(Cow::Owned),
            "apikey" => Some(password(shown).map_or(Cow::Borrowed(shown), Cow::Owned)),
            _ => None,
        };
    }
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let mut cookies = cookies.split(';');
    cookies.find_map(|one| one.trim().strip_prefix(COOKIE)?.strip_prefix('=')).map(Cow::Borrowed)
}

/// What follows the colon of a name and a password in base64.
fn password(packed: &str) -> Option<String> {
    let plain = STANDARD.decode(packed).ok()?;
    let plain = String::from_utf8(plain).ok()?;
    plain.split_once(':').map(|(_, password)| password.to_owned())
}

/// Browsers name the page that a request comes from. Only our own pages may ask.
fn check_origin(headers: &HeaderMap, host: &str, public_urls: &[String]) -> Result<(), Refusal> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or("null");
    let own = origin.split_once("://").is_some_and(|(scheme, authority)| {
        matches!(scheme, "http" | "https") && !host.is_empty() && authority == host
    });
    if own || public_urls.iter().any(|url| url.trim_end_matches('/') == origin) {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::FORBIDDEN,
        "origin",
        format!(
            "Pages of {origin} may not use this server; allow them with --public-url {origin}."
        ),
    ))
}

/// Names that no stranger's DNS can point at us: addresses, localhost, names without a dot
/// (compose services), and what `--public-url` says.
fn is_our_name(host: &str, public_urls: &[String]) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => return address.parse::<Ipv6Addr>().is_ok(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let plain = !name.is_empty() && !name.contains('.');
    let named = public_urls.iter().any(|url| {
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        authority == host
            || authority.rsplit_once(':').is_some_and(|(only, _)| only == name)
            || authority == name
    });
    plain || named || name.parse::<Ipv4Addr>().is_ok() || name.ends_with(".localhost")
}

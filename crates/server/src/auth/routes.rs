//! `/api/keys`: makes, lists and removes keys. `/api/session`: the page's login.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::guard::COOKIE;
use super::key::{NewKey, Scope, StoredKey};
use crate::app::App;
use crate::catalog::CatalogTrouble;
use crate::json_body;
use crate::refusal::Refusal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    name: String,
    scopes: Vec<Scope>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    key: String,
}

impl From<CatalogTrouble> for Refusal {
    fn from(trouble: CatalogTrouble) -> Self {
        Refusal::unavailable("disk", trouble.to_string(), 5)
    }
}

fn shown(key: &StoredKey) -> serde_json::Value {
    let created = dlogs_record::time::to_rfc3339(key.created_ns);
    json!({"id": key.id, "name": key.name, "scopes": key.scopes, "last4": key.last4, "created": created})
}

pub(crate) async fn list_keys(State(app): State<Arc<App>>) -> Response {
    let keys: Vec<_> = app.keyring.keys().iter().map(shown).collect();
    Json(json!({"keys": keys})).into_response()
}

pub(crate) async fn add_key(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let wanted: Wanted = json_body::read(&headers, &body)?;
    if wanted.scopes.is_empty() || wanted.name.len() > 100 {
        return Err(Refusal::bad(
            "key",
            "A key needs scopes, some of ingest, read, admin, and a name of at most 100 bytes.",
        ));
    }
    if app.keyring.keys().is_empty() && !wanted.scopes.contains(&Scope::Admin) {
        return Err(Refusal::bad(
            "key",
            "The first key must have the scope admin: from then on every request needs a key.",
        ));
    }
    let key = NewKey::make(&wanted.name, wanted.scopes, app.now_ns())
        .map_err(|error| Refusal::unavailable("disk", error, 5))?;
    app.keyring.add(&key.stored)?;
    let mut answer = shown(&key.stored);
    answer["key"] = key.text.into();
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

pub(crate) async fn remove_key(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    match app.keyring.remove(&id)? {
        true => Ok(StatusCode::NO_CONTENT.into_response()),
        false => {
            Err(Refusal::new(StatusCode::NOT_FOUND, "key", format!("There is no key {id:?}.")))
        }
    }
}

pub(crate) async fn login(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let Login { key } = json_body::read(&headers, &body)?;
    if app.keyring.find(&key).is_none() {
        return Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "key_unknown",
            "The API key is not known here.",
        ));
    }
    Ok(with_cookie(&format!("{COOKIE}={key}; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000")))
}

pub(crate) async fn logout() -> Response {
    with_cookie(&format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"))
}

fn with_cookie(cookie: &str) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

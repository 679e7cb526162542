use axum::body::{Body, to_bytes};
use axum::http::Request;

use super::*;

async fn get(path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = answer(request.body(Body::empty()).unwrap()).await;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn the_root_is_a_page_built_or_not() {
    for path in ["/", "/clients", "/live/anything"] {
        let (status, headers, body) = get(path, &[]).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(body.contains("<html") || body.contains("<!doctype"), "{path}: {body}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_json_for_programs() {
    for path in
        ["/api/nothing", "/health/nothing", "/v1/traces", "/favicon.gone", "/assets/gone.js"]
    {
        let (status, _, body) = get(path, &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(body.contains("\"reason\":\"route\""), "{body}");
    }
    let post = Request::post("/").body(Body::empty()).unwrap();
    assert_eq!(answer(post).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_built_file_is_cached_packed_and_tagged() {
    // With a built page every file is checked, without one there is none.
    for asset in ASSETS {
        let path = format!("/{}", asset.path);
        let (status, headers, body) = get(&path, &[]).await;
        assert_eq!((status, body.is_empty()), (StatusCode::OK, asset.plain.is_empty()), "{path}");
        assert_eq!(headers["etag"], asset.etag);
        let (status, _, body) = get(&path, &[("if-none-match", asset.etag)]).await;
        assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        let (_, headers, _) = get(&path, &[("accept-encoding", "gzip, br")]).await;
        let packed = headers.get("content-encoding").is_some();
        assert_eq!(packed, asset.gzip.len() < asset.plain.len(), "{path}");
    }
}

#[test]
fn tags_and_codings_are_read_as_the_rfc_says() {
    assert!(names("\"a\", W/\"b\"", "\"b\"") && names("*", "\"b\"") && !names("\"a\"", "\"b\""));
    let accepts = |value| accepts_gzip(&HeaderValue::from_static(value));
    assert!(accepts("gzip") && accepts("br;q=1, GZIP;q=0.5"));
    assert!(!accepts("br") && !accepts("gzip;q=0"));
}

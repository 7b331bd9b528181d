//! The public view of a case, for who has no socket: a snapshot that any proxy may keep for some seconds.

use std::collections::BTreeMap;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use pingyi_core::views::Audience;
use sha2::{Digest, Sha256};

use super::request::Case;
use crate::protocol::Problem;
use crate::secrecy::encoding::to_hex;

/// What everybody may see of a case, by key. The tag names the content, so that who has it gets 304.
#[utoipa::path(get, path = "/api/public/{id}", tag = "case", params(("id" = String, Path)), responses(
    (status = 200, description = "a map from key to value"),
    (status = 304, description = "the content that `if-none-match` names"),
    (status = 404, body = Problem, description = "not_found"),
))]
pub async fn view(Case(case): Case, headers: HeaderMap) -> Response {
    let view: BTreeMap<String, serde_json::Value> = case.view(Audience::Public);
    let body = serde_json::to_vec(&view).unwrap_or_default();
    let tag = format!("\"{}\"", to_hex(&Sha256::digest(&body)[..16]));
    let known = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|named| named.trim().trim_start_matches("W/") == tag);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, "application/json")], body).into_response()
    };
    let out = response.headers_mut();
    out.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=5"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(ETAG, tag);
    }
    response
}

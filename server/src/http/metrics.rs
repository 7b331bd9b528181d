//! The program's figures for whoever runs it, on this machine only: they are nobody else's in the hall.

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, FORWARDED};
use axum::response::{IntoResponse as _, Response};

use super::request::Peer;
use crate::meters;
use crate::protocol::Problem;

/// Counters since the start, in the text format of Prometheus, for this machine alone.
#[utoipa::path(get, path = "/metrics", tag = "doors", responses(
    (status = 200, description = "text/plain"),
    (status = 403, body = Problem, description = "not_allowed: asked from another machine, or through a proxy"),
))]
pub async fn metrics(Peer(peer): Peer, headers: HeaderMap) -> Response {
    let proxied = headers.contains_key(FORWARDED) || headers.contains_key("x-forwarded-for");
    if !peer.is_loopback() || proxied {
        return Problem::NotAllowed {}.into_response();
    }
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        meters::text(),
    )
        .into_response()
}

//! What holds for every call: other sites' pages are refused, and answers are neither sniffed nor
//! referred, nor cached unless they are for everybody.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::state::AppState;
use crate::doors::origin::{Spoken, is_ours};
use crate::protocol::Problem;

pub async fn guard(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = if reads || speaks_for_us(&app, request.headers()) {
        next.run(request).await
    } else {
        Problem::NotAllowed {}.into_response()
    };
    let headers = response.headers_mut();
    // What may be kept says so itself.
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn speaks_for_us(app: &AppState, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let spoken = Spoken {
        origin: text(ORIGIN.as_str()),
        host: text(HOST.as_str()),
        sec_fetch_site: text("sec-fetch-site"),
    };
    is_ours(spoken, || app.public_address())
}

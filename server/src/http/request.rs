//! What handlers take from a request: who asks, from where, which case, a bounded body. Each refuses with a problem.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use pingyi_core::stamp::Actor;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::state::AppState;
use super::status::{bad_request, fault, too_large};
use crate::conductor::CaseHandle;
use crate::doors::Session;
use crate::limits::{BODY_WITHIN_MS, DRAINED_BYTES_MAX, JSON_BODY_BYTES_MAX};
use crate::protocol::Problem;
use crate::protocol::call::Role;

/// Which address asks.
pub struct Peer(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip())))
    }
}

/// The bearer as sent, whatever it opens.
pub struct Bearer(pub String);

impl<S: Sync> FromRequestParts<S> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let sent = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = sent.and_then(|value| {
            let (scheme, bearer) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| bearer.trim().to_owned())
        });
        bearer.map(Self).ok_or(Problem::SignInRequired {})
    }
}

/// Somebody who is signed in.
pub struct AnySession(pub Session);

impl FromRequestParts<AppState> for AnySession {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Problem> {
        let Bearer(bearer) = Bearer::from_request_parts(parts, app).await?;
        app.session(&bearer).await?.map(Self).ok_or(Problem::SignInRequired {})
    }
}

/// The general office.
pub struct DeskSession {
    pub account: u32,
}

impl DeskSession {
    pub fn actor(&self) -> Actor {
        Actor::Desk { account: self.account }
    }
}

impl FromRequestParts<AppState> for DeskSession {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Problem> {
        let AnySession(session) = AnySession::from_request_parts(parts, app).await?;
        match (session.role, session.account) {
            (Role::Desk, Some(account)) => Ok(Self { account }),
            _ => Err(Problem::NotAllowed {}),
        }
    }
}

/// The case named `{id}` in the path.
pub struct Case(pub CaseHandle);

impl FromRequestParts<AppState> for Case {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Problem> {
        let params = RawPathParams::from_request_parts(parts, app)
            .await
            .map_err(bad_request)?;
        let id = params
            .iter()
            .find(|(name, _)| *name == "id")
            .and_then(|(_, id)| id.parse::<Uuid>().ok());
        id.and_then(|id| app.registry.get(id))
            .map(Self)
            .ok_or(Problem::NotFound {})
    }
}

/// `?file_name=…` beside a raw body.
#[derive(Deserialize)]
pub struct FileName {
    #[serde(default)]
    pub file_name: String,
}

/// A form. Only JSON is taken: a form of another site's page cannot send that unasked.
pub struct JsonBody<T, const BYTES_MAX: usize = JSON_BODY_BYTES_MAX>(pub T);

impl<S: Sync, T: DeserializeOwned, const BYTES_MAX: usize> FromRequest<S> for JsonBody<T, BYTES_MAX> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let is_json = kind
            .split(';')
            .next()
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        let body = read_body(request.into_body(), BYTES_MAX).await?;
        if !is_json {
            return Err(bad_request("Content-Type must be application/json"));
        }
        serde_json::from_slice(&body).map(Self).map_err(bad_request)
    }
}

/// The whole body. Of one that is too large the rest is read and thrown away up to a bound, for a browser that is
/// still sending would only see its connection reset.
pub async fn read_body(body: Body, bytes_max: usize) -> Result<Bytes, Problem> {
    let within = Duration::from_millis(BODY_WITHIN_MS);
    let read = tokio::time::timeout(within, read_slowly(body, bytes_max)).await;
    read.unwrap_or_else(|_| Err(bad_request("the body took too long")))
}

async fn read_slowly(mut body: Body, bytes_max: usize) -> Result<Bytes, Problem> {
    let mut kept = Vec::new();
    let mut seen: usize = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(bad_request)?.into_data() else {
            continue;
        };
        seen = seen.saturating_add(data.len());
        if seen <= bytes_max {
            kept.extend_from_slice(&data);
        } else if seen > bytes_max.saturating_add(DRAINED_BYTES_MAX) {
            break;
        } else {
            kept = Vec::new();
        }
    }
    if seen > bytes_max {
        Err(too_large(bytes_max))
    } else {
        Ok(kept.into())
    }
}

/// Disk and slow work, off the async threads.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(fault)
}

/// Several steps that belong together: carried to the end even if the page hangs up in between.
pub async fn to_the_end<T: Send + 'static>(
    steps: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    tokio::spawn(steps).await.map_err(fault)?
}

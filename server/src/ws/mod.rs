//! The sockets' edge: from upgrade to close. Understands messages, holds a conductor's handle, never touches a case.

mod framing;
mod handshake;
mod socket;
mod strangers;
mod wire;

use self::strangers::Strangers;
use crate::blobs::Blobs;
use crate::body::BodyHandle;
use crate::conductor::Registry;
use crate::doors::Doors;
use crate::doors::origin::{Spoken, is_ours};
use crate::hub::Carrier;
use crate::limits::{SOCKETS_MAX, SOCKETS_OF_STRANGERS_MAX};
use crate::meters;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What sockets need of the program.
#[derive(Clone)]
pub struct Sockets {
    pub registry: Registry,
    pub body: BodyHandle,
    pub doors: Arc<Doors>,
    pub blobs: Arc<Blobs>,
    open: Arc<AtomicUsize>,
    strangers: Arc<Strangers>,
    carrier: Arc<Carrier>,
}

impl Sockets {
    pub fn new(registry: Registry, body: BodyHandle, doors: Arc<Doors>, blobs: Arc<Blobs>) -> Sockets {
        Sockets {
            registry,
            body,
            doors,
            blobs,
            open: Arc::default(),
            strangers: Arc::new(Strangers::new(SOCKETS_OF_STRANGERS_MAX)),
            carrier: Arc::default(),
        }
    }
}

/// One open socket, counted until dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Option<Place> {
        if open.fetch_add(1, Ordering::AcqRel) >= SOCKETS_MAX {
            open.fetch_sub(1, Ordering::AcqRel);
            return None;
        }
        meters::SOCKETS.add(1);
        Some(Place(open.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
        meters::SOCKETS.take(1);
    }
}

/// `GET /ws`. A page of another site is refused: the browser would carry its user's place in the hall's network.
pub async fn upgrade(State(sockets): State<Sockets>, mut request: Request) -> Response {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|v| v.to_str().ok());
    let spoken = Spoken {
        origin: text(header::ORIGIN),
        host: text(header::HOST),
        sec_fetch_site: None,
    };
    let own_address = || {
        sockets
            .body
            .look(|body| sockets.doors.address.base(body.address.as_deref()))
    };
    if !is_ours(spoken, own_address) {
        return (StatusCode::FORBIDDEN, "wrong_origin").into_response();
    }
    let upgrade = match handshake::read(&mut request) {
        Ok(upgrade) => upgrade,
        Err(why) => return why.into_response(),
    };
    let Some(place) = Place::take(&sockets.open) else {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::RETRY_AFTER, "5")],
            "too_busy",
        )
            .into_response();
    };
    upgrade.accept(move |connection| async move {
        let _place = place;
        socket::run(connection, sockets).await;
    })
}

//! From a request to the bare connection (RFC 6455, section 4): the server's HTTP lets go of it, and nothing stands between
//! the socket and the system any more.

use super::wire::Connection;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// The one version there is.
const VERSION: HeaderValue = HeaderValue::from_static("13");

/// A request that wants to become a socket.
pub(super) struct Upgrade {
    accept_key: String,
    on_upgrade: OnUpgrade,
}

/// Why a request cannot become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoSocket {
    NotAsked,
    WrongVersion,
}

impl IntoResponse for NoSocket {
    fn into_response(self) -> Response {
        match self {
            NoSocket::NotAsked => (StatusCode::BAD_REQUEST, "no_socket").into_response(),
            NoSocket::WrongVersion => {
                let version = [(header::SEC_WEBSOCKET_VERSION, VERSION)];
                (StatusCode::UPGRADE_REQUIRED, version, "wrong_version").into_response()
            }
        }
    }
}

pub(super) fn read(request: &mut Request) -> Result<Upgrade, NoSocket> {
    let headers = request.headers();
    let asks = request.method() == Method::GET
        && names(headers, header::CONNECTION, "upgrade")
        && names(headers, header::UPGRADE, "websocket");
    let key = headers.get(header::SEC_WEBSOCKET_KEY).filter(|key| key.len() == 24);
    let key = key.filter(|_| asks).ok_or(NoSocket::NotAsked)?;
    if headers.get(header::SEC_WEBSOCKET_VERSION) != Some(&VERSION) {
        return Err(NoSocket::WrongVersion);
    }
    let accept_key = derive_accept_key(key.as_bytes());
    let on_upgrade = request.extensions_mut().remove::<OnUpgrade>();
    Ok(Upgrade {
        accept_key,
        on_upgrade: on_upgrade.ok_or(NoSocket::NotAsked)?,
    })
}

impl Upgrade {
    /// Answers, and runs `socket` with the connection as soon as the answer is written.
    pub fn accept<F, Run>(self, socket: F) -> Response
    where
        F: FnOnce(Connection) -> Run + Send + 'static,
        Run: Future<Output = ()> + Send + 'static,
    {
        let on_upgrade = self.on_upgrade;
        tokio::spawn(async move {
            // A page that hangs up in between is no fault.
            let Ok(upgraded) = on_upgrade.await else { return };
            match connection(upgraded) {
                // In a task of its own size: what waited for the upgrade is let go.
                Some(connection) => drop(tokio::spawn(socket(connection))),
                None => tracing::error!("a socket came over what is no plain connection"),
            }
        });
        let head = Response::builder()
            .status(StatusCode::SWITCHING_PROTOCOLS)
            .header(header::CONNECTION, "upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::SEC_WEBSOCKET_ACCEPT, self.accept_key);
        head.body(Body::empty())
            .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }
}

/// Whichever of the two servers of HTTP held it.
fn connection(upgraded: Upgraded) -> Option<Connection> {
    match upgraded.downcast::<TokioIo<TcpStream>>() {
        Ok(parts) => Some(Connection {
            stream: parts.io.into_inner(),
            came: parts.read_buf.into(),
        }),
        Err(upgraded) => {
            let parts = auto::upgrade::downcast::<TokioIo<TcpStream>>(upgraded).ok()?;
            Some(Connection {
                stream: parts.io.into_inner(),
                came: parts.read_buf.into(),
            })
        }
    }
}

/// Whether a list of words has this one.
fn names(headers: &HeaderMap, name: header::HeaderName, word: &str) -> bool {
    let lists = headers.get_all(name).into_iter().filter_map(|list| list.to_str().ok());
    lists
        .flat_map(|list| list.split(','))
        .any(|w| w.trim().eq_ignore_ascii_case(word))
}

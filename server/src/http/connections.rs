//! The port's connections: each is served until it ends or the program stops. Who sends no request in time is let go:
//! connections that only wait would use up what the machine has for phones.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use crate::limits::{CONNECTIONS_MAX, HEAD_WITHIN_MS};

/// After the system had nothing to give: no files, no memory.
const ACCEPT_AGAIN: Duration = Duration::from_millis(200);

/// Serves until `stop` resolves, then waits for the answers under way.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    serve_within(listener, router, stop, Duration::from_millis(HEAD_WITHIN_MS)).await;
}

async fn serve_within(listener: TcpListener, router: Router, stop: impl Future<Output = ()>, head_within: Duration) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_within);
    let (stopping, stopped) = watch::channel(false);
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut stop = pin!(stop);
    loop {
        // Whoever comes beyond the bound waits in the system's queue.
        let Ok(place) = places.clone().acquire_owned().await else {
            break;
        };
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut stop => break,
        };
        // A receipt must not wait for the next packet.
        let _ = stream.set_nodelay(true);
        let calls = TowerToHyperService::new(router.clone());
        // Not as a layer of the router: that would build all of its routes anew for each phone.
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            calls.call(request)
        });
        let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
        let (mut stopped, under_way) = (stopped.clone(), stopped.clone());
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let stop = async { drop(stopped.wait_for(|stopped| *stopped).await) };
            // A page that hangs up is no fault.
            tokio::select! {
                _ = &mut connection => {}
                () = stop => {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                }
            }
            drop((place, under_way));
        });
    }
    drop((listener, stopped));
    let _ = stopping.send(true);
    stopping.closed().await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken; trying again");
                tokio::time::sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Extension;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    async fn answer(at: SocketAddr, parts: &[&str]) -> String {
        let mut stream = TcpStream::connect(at).await.unwrap();
        for part in parts {
            stream.write_all(part.as_bytes()).await.unwrap();
        }
        let mut heard = String::new();
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_string(&mut heard));
        read.await.expect("the connection is let go").unwrap();
        heard
    }

    #[tokio::test]
    async fn who_sends_no_request_is_let_go_and_others_are_served() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let peer =
            |Extension(ConnectInfo(peer)): Extension<ConnectInfo<SocketAddr>>| async move { peer.ip().to_string() };
        let router = Router::new().route("/", get(peer));
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let stop_at = async { drop(stopped.await) };
        let serving = tokio::spawn(serve_within(listener, router, stop_at, Duration::from_millis(300)));
        let whole = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let (nothing, half, whole) = ([], ["GET / HTTP/1.1\r\n", "Host: x\r\nA:"], [whole]);
        let (silent, slow, served) = tokio::join!(answer(at, &nothing), answer(at, &half), answer(at, &whole));
        assert!(served.ends_with("127.0.0.1"), "{served}");
        assert!(
            !silent.contains("200 OK") && !slow.contains("200 OK"),
            "{silent} {slow}"
        );
        drop(stop);
        serving.await.unwrap();
    }
}

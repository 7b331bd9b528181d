//! The bare limit: sockets, one encoded message for all, votes in SQLite by group commit, and a call that checks a
//! secret cast. No rules, no record, no sign-in: what a program with rules is measured against.

mod hub;
mod secret;
mod store;

use hub::{Hub, Outbox};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::accept_async_with_config;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// As in the program: the default turns a hall away for seconds.
const LISTEN_BACKLOG: u32 = 4096;

/// `bench-limit PORT STORE`: serves until killed.
#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let wrong = || std::io::Error::other("bench-limit PORT STORE");
    let port: u16 = arguments.next().and_then(|p| p.parse().ok()).ok_or_else(wrong)?;
    let store = PathBuf::from(arguments.next().ok_or_else(wrong)?);
    pingyi::app::allow_many_connections();
    let hub = Hub::new(&store)?;
    let at = SocketAddr::from(([127, 0, 0, 1], port));
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(at)?;
    let listener = socket.listen(LISTEN_BACKLOG)?;
    let secret = Arc::new(secret::Calls::new(&store)?);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (hub, secret) = (hub.clone(), secret.clone());
        tokio::spawn(async move {
            // The first byte tells a socket's upgrade from a call.
            let mut first = [0; 1];
            match stream.peek(&mut first).await {
                Ok(1) if first[0] == b'G' => talk(stream, hub).await,
                Ok(1) => secret.serve(stream).await,
                _ => {}
            }
        });
    }
}

async fn talk(stream: TcpStream, hub: Arc<Hub>) {
    let config = WebSocketConfig::default()
        .read_buffer_size(1024)
        .write_buffer_size(4096);
    let Ok(mut socket) = accept_async_with_config(stream, Some(config)).await else {
        return;
    };
    let outbox = Arc::new(Outbox::default());
    let number = hub.join(outbox.clone());
    hub::carry(&mut socket, &hub, &outbox, number).await;
    hub.leave(number);
}

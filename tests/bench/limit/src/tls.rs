//! Speaks TLS for the phones of `pingyi bench`: `bench-tls certificate FOLDER` makes an ECDSA certificate for this machine,
//! `bench-tls tunnel LISTEN TO CERTIFICATE` carries each plain connection over a TLS connection of its own.

use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::Resumption;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Of each direction of a connection.
const BUFFER_BYTES: usize = 2 * 1024;
const NAME: &str = "localhost";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["certificate", folder] => certificate(Path::new(folder)),
        ["tunnel", listen, to, certificate] => tunnel(listen.parse()?, to.parse()?, Path::new(certificate)).await,
        _ => Err("bench-tls certificate FOLDER | bench-tls tunnel LISTEN TO CERTIFICATE".into()),
    }
}

fn certificate(folder: &Path) -> Result<(), Box<dyn Error>> {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()])?;
    std::fs::write(folder.join("certificate.pem"), made.cert.pem())?;
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem())?;
    Ok(())
}

async fn tunnel(listen: SocketAddr, to: SocketAddr, certificate: &Path) -> Result<(), Box<dyn Error>> {
    pingyi::app::allow_many_connections();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate)?)?;
    let mut config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    // Each phone is another one: none has been here before.
    config.resumption = Resumption::disabled();
    let tls = TlsConnector::from(Arc::new(config));
    let listener = listener(listen)?;
    loop {
        let (phone, _) = listener.accept().await?;
        let tls = tls.clone();
        tokio::spawn(async move {
            // The phone notices that its connection is gone.
            let _ = carry(phone, to, tls).await;
        });
    }
}

fn listener(at: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(at)?;
    socket.listen(4096)
}

async fn carry(mut phone: TcpStream, to: SocketAddr, tls: TlsConnector) -> std::io::Result<()> {
    phone.set_nodelay(true)?;
    let server = TcpStream::connect(to).await?;
    server.set_nodelay(true)?;
    let name = ServerName::try_from(NAME).map_err(std::io::Error::other)?;
    let mut server = tls.connect(name, server).await?;
    tokio::io::copy_bidirectional_with_sizes(&mut phone, &mut server, BUFFER_BYTES, BUFFER_BYTES).await?;
    Ok(())
}

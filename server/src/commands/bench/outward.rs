//! A crowd's connections to a server on this machine. One address has some 28,000 ports, and a port that was hung up rests
//! for a minute: a large crowd comes from several addresses of loopback.

use mio::net::TcpStream;
use std::io;
use std::net::SocketAddr;

/// Crowds up to this come from one address, as on every system.
const FROM_ONE_ADDRESS: usize = 4_000;
/// 127.0.0.2 and so many after it.
#[cfg(target_os = "linux")]
const ADDRESSES: usize = 32;

/// Begins the connection of the crowd's phone `n`.
pub(super) fn connect(at: SocketAddr, n: usize, crowd: usize) -> io::Result<TcpStream> {
    if crowd <= FROM_ONE_ADDRESS || !at.ip().is_loopback() {
        return TcpStream::connect(at);
    }
    connect_from_many(at, n)
}

#[cfg(target_os = "linux")]
fn connect_from_many(at: SocketAddr, n: usize) -> io::Result<TcpStream> {
    use socket2::{Domain, Protocol, Socket, Type};
    let host = u8::try_from(2 + n % ADDRESSES).unwrap_or(2);
    let from: SocketAddr = ([127, 0, 0, host], 0).into();
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    socket.bind(&from.into())?;
    match socket.connect(&at.into()) {
        Err(e) if e.raw_os_error() != Some(rustix::io::Errno::INPROGRESS.raw_os_error()) => Err(e),
        Ok(()) | Err(_) => Ok(TcpStream::from_std(socket.into())),
    }
}

/// Elsewhere loopback has one address: there a large crowd has to go slowly.
#[cfg(not(target_os = "linux"))]
fn connect_from_many(at: SocketAddr, _n: usize) -> io::Result<TcpStream> {
    TcpStream::connect(at)
}

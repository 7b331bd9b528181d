//! One phone of a crowd, and what all of them have heard.

use super::BenchError;
use mio::net::TcpStream;
use std::io::{ErrorKind, Write};
use std::time::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Away,
    Connecting,
    Upgrading,
    Greeted,
    Joined,
}

#[derive(Debug)]
pub(super) struct Phone {
    pub hello: Vec<u8>,
    pub stream: Option<TcpStream>,
    pub state: State,
    /// Bytes of a frame that is not whole yet.
    pub part: Vec<u8>,
    /// What the system did not take at once.
    pub unsent: Vec<u8>,
    pub since: Instant,
    pub stalled: bool,
    pub changes: u32,
}

impl Phone {
    pub(super) fn new(hello: Vec<u8>) -> Phone {
        Phone {
            hello,
            stream: None,
            state: State::Away,
            part: Vec::new(),
            unsent: Vec::new(),
            since: Instant::now(),
            stalled: false,
            changes: 0,
        }
    }
}

/// What all phones heard since the last `forget`.
#[derive(Debug)]
pub(super) struct Heards {
    pub joined: usize,
    pub receipts: usize,
    pub refused: usize,
    pub first_refusal: String,
    /// Phones that have heard at least one change.
    pub reached: usize,
    pub frames: u64,
    pub bytes: u64,
    pub lost: usize,
    /// Joined with the state that was expected.
    pub as_expected: usize,
    pub waits_us: Vec<u64>,
    /// From the tap to each phone that heard of it.
    pub taps_us: Vec<u64>,
    pub last_at: Instant,
}

impl Heards {
    pub(super) fn new() -> Heards {
        Heards {
            joined: 0,
            receipts: 0,
            refused: 0,
            first_refusal: String::new(),
            reached: 0,
            frames: 0,
            bytes: 0,
            lost: 0,
            as_expected: 0,
            waits_us: Vec::new(),
            taps_us: Vec::new(),
            last_at: Instant::now(),
        }
    }
}

/// Sends what the system takes now.
pub(super) fn flush(phone: &mut Phone) -> Result<(), BenchError> {
    let Some(stream) = phone.stream.as_mut() else {
        return Ok(());
    };
    let mut sent = 0;
    while sent < phone.unsent.len() {
        match stream.write(&phone.unsent[sent..]) {
            Ok(n) => sent += n,
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::NotConnected) => break,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            // The reading side notices and counts it.
            Err(_) => break,
        }
    }
    if sent == phone.unsent.len() {
        phone.unsent = Vec::new();
    } else {
        phone.unsent.drain(..sent);
    }
    Ok(())
}

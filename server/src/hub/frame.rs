//! One message as it goes over the wire: a WebSocket frame (RFC 6455) with its head, made once and shared by all the
//! sockets it goes to. A server's frames are whole and not masked.

use std::fmt;
use std::sync::Arc;

/// What a frame is, by its number on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opcode {
    Text = 0x1,
    Close = 0x8,
    Pong = 0xA,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    wire: Arc<[u8]>,
    head: u8,
}

const LAST_OF_ITS_MESSAGE: u8 = 0x80;
const LENGTH_IN_16_BITS: u8 = 126;
const LENGTH_IN_64_BITS: u8 = 127;

impl Frame {
    pub fn new(opcode: Opcode, payload: &[u8]) -> Frame {
        let mut wire = Vec::with_capacity(payload.len() + 10);
        wire.push(LAST_OF_ITS_MESSAGE | opcode as u8);
        match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
            (Ok(length), _) if length < LENGTH_IN_16_BITS => wire.push(length),
            (_, Ok(length)) => {
                wire.push(LENGTH_IN_16_BITS);
                wire.extend(length.to_be_bytes());
            }
            _ => {
                wire.push(LENGTH_IN_64_BITS);
                wire.extend((payload.len() as u64).to_be_bytes());
            }
        }
        let head = u8::try_from(wire.len()).unwrap_or_default();
        wire.extend_from_slice(payload);
        Frame {
            wire: wire.into(),
            head,
        }
    }

    /// As it is written.
    pub fn wire(&self) -> &[u8] {
        &self.wire
    }

    /// Bytes of the message, without its head.
    pub fn len(&self) -> usize {
        self.wire.len() - usize::from(self.head)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<&str> for Frame {
    fn from(text: &str) -> Frame {
        Frame::new(Opcode::Text, text.as_bytes())
    }
}

impl From<String> for Frame {
    fn from(text: String) -> Frame {
        Frame::from(text.as_str())
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.wire[usize::from(self.head)..]))
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

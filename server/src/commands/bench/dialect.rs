//! What the contenders speak, so that one loop drives them all: this program's protocol, the plain frames of the bare
//! limit and of Node's ws, and Socket.IO's.

use super::wire::find;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Pingyi,
    Plain,
    SocketIo,
}

/// What a frame means to the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Must be answered with this text at once.
    Answer(&'static str),
    /// What everybody sees is there; a member's own part follows.
    Snapshot,
    /// The whole state is there.
    Joined,
    /// A change that goes to everybody.
    Change,
    /// Something given was taken.
    Receipt,
    /// Something given was not taken.
    Refused,
    Other,
}

impl Dialect {
    pub(super) fn path(self) -> &'static str {
        match self {
            Dialect::Pingyi | Dialect::Plain => "/ws",
            Dialect::SocketIo => "/socket.io/?EIO=4&transport=websocket",
        }
    }

    pub(super) fn hear(self, frame: &[u8]) -> Heard {
        match self {
            Dialect::Pingyi => pingyi(frame),
            Dialect::Plain => match frame.get(6) {
                Some(b's') => Heard::Joined,
                Some(b'b' | b'y') => Heard::Change,
                Some(b'a') => Heard::Receipt,
                _ => Heard::Other,
            },
            Dialect::SocketIo => socket_io(frame),
        }
    }

    /// A vote of the baselines; this program's are signed and made elsewhere.
    pub(super) fn vote(self, round: usize) -> String {
        match self {
            Dialect::SocketIo => format!("42{round}[\"v\",{{\"q\":{round},\"c\":1}}]"),
            Dialect::Pingyi | Dialect::Plain => format!("{{\"t\":\"v\",\"q\":{round},\"c\":1}}"),
        }
    }

    /// Asks a baseline to tell everybody something.
    pub(super) fn tap(self) -> &'static str {
        match self {
            Dialect::SocketIo => "42[\"B\"]",
            Dialect::Pingyi | Dialect::Plain => "{\"t\":\"B\"}",
        }
    }
}

fn pingyi(frame: &[u8]) -> Heard {
    const KIND_AT: usize = "{\"type\":\"".len();
    let Some(kind) = frame.get(KIND_AT..) else {
        return Heard::Other;
    };
    if kind.starts_with(b"difference") {
        Heard::Change
    } else if kind.starts_with(b"receipt") {
        match find(kind, b"\"accepted\"") {
            Some(_) => Heard::Receipt,
            None => Heard::Refused,
        }
    } else if kind.starts_with(b"snapshot") {
        Heard::Snapshot
    } else if kind.starts_with(b"mine") {
        Heard::Joined
    } else if kind.starts_with(b"busy") {
        Heard::Refused
    } else {
        Heard::Other
    }
}

fn socket_io(frame: &[u8]) -> Heard {
    match frame {
        b"2" => Heard::Answer("3"),
        [b'0', ..] => Heard::Answer("40"),
        [b'4', b'3', ..] => Heard::Receipt,
        _ if frame.starts_with(b"42[\"s\"") => Heard::Joined,
        _ if frame.starts_with(b"42[\"b\"") || frame.starts_with(b"42[\"y\"") => Heard::Change,
        _ => Heard::Other,
    }
}

//! What phones send, by RFC 6455: frames out of the bytes of a connection, unmasked where they lie. Strict: what the
//! standard forbids a client ends the connection. Knows no message's meaning, and holds no more than one message.

/// What a frame said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    Text(&'a str),
    /// To be answered with the same bytes.
    Ping(&'a [u8]),
    Pong,
    /// More of a message that is not whole yet.
    Part,
    Close,
}

/// Why nothing more is read from a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bad {
    /// Not as the standard wants it, or no text.
    Frame,
    TooLarge,
}

/// Whether to go on reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    GoOn,
    /// What follows is kept for the next call.
    Pause,
}

const LAST: u8 = 0x80;
const RESERVED: u8 = 0x70;
const MASKED: u8 = 0x80;
const CONTROL_BYTES_MAX: usize = 125;

/// Of one connection. Empty, and without memory of its own, between messages.
#[derive(Debug)]
pub(super) struct Reader {
    message_bytes_max: usize,
    /// A frame that has not come whole, as it came.
    frame: Vec<u8>,
    /// A message of several frames as far as they came; none outside of one.
    message: Option<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Continued,
    Text,
    Close,
    Ping,
    Pong,
}

struct Head {
    kind: Kind,
    last: bool,
    mask: [u8; 4],
    begins: usize,
    ends: usize,
}

impl Reader {
    pub fn new(message_bytes_max: usize) -> Reader {
        Reader {
            message_bytes_max,
            frame: Vec::new(),
            message: None,
        }
    }

    /// Takes what came and tells `hear` each frame of it; an error of `hear` is the end.
    pub fn take<E: From<Bad>>(
        &mut self,
        came: &mut [u8],
        mut hear: impl FnMut(Said<'_>) -> Result<Flow, E>,
    ) -> Result<(), E> {
        let mut kept = std::mem::take(&mut self.frame);
        let begun = !kept.is_empty();
        if begun {
            kept.extend_from_slice(came);
        }
        let bytes = if begun { &mut kept[..] } else { came };
        let mut at = 0;
        loop {
            let rest = &mut bytes[at..];
            let head = match head(rest, self.message_bytes_max)? {
                Some(head) if head.ends <= rest.len() => head,
                _ => break,
            };
            at += head.ends;
            let payload = &mut rest[head.begins..head.ends];
            unmask(payload, head.mask);
            if self.hear(&head, payload, &mut hear)? == Flow::Pause {
                break;
            }
        }
        // A frame that trickles in is not copied again for each piece of it.
        self.frame = if begun && at == 0 { kept } else { bytes[at..].to_vec() };
        Ok(())
    }

    fn hear<E: From<Bad>>(
        &mut self,
        head: &Head,
        payload: &[u8],
        hear: &mut impl FnMut(Said<'_>) -> Result<Flow, E>,
    ) -> Result<Flow, E> {
        match (head.kind, self.message.take()) {
            (Kind::Text, None) if head.last => hear(Said::Text(text(payload)?)),
            (Kind::Text, None) => {
                self.message = Some(payload.to_vec());
                hear(Said::Part)
            }
            (Kind::Continued, Some(mut message)) => {
                if message.len() + payload.len() > self.message_bytes_max {
                    return Err(Bad::TooLarge.into());
                }
                message.extend_from_slice(payload);
                if head.last {
                    return hear(Said::Text(text(&message)?));
                }
                self.message = Some(message);
                hear(Said::Part)
            }
            (Kind::Text, Some(_)) | (Kind::Continued, None) => Err(Bad::Frame.into()),
            (control, message) => {
                self.message = message;
                match control {
                    Kind::Ping => hear(Said::Ping(payload)),
                    Kind::Pong => hear(Said::Pong),
                    _ if is_close(payload) => hear(Said::Close),
                    _ => Err(Bad::Frame.into()),
                }
            }
        }
    }
}

/// The head of the first frame. None while it has not come whole.
fn head(bytes: &[u8], message_bytes_max: usize) -> Result<Option<Head>, Bad> {
    let &[first, second, ref more @ ..] = bytes else {
        return Ok(None);
    };
    let kind = match first & 0xF {
        0x0 => Kind::Continued,
        0x1 => Kind::Text,
        0x8 => Kind::Close,
        0x9 => Kind::Ping,
        0xA => Kind::Pong,
        _ => return Err(Bad::Frame),
    };
    let (last, short) = (first & LAST != 0, usize::from(second & !MASKED));
    let control = matches!(kind, Kind::Close | Kind::Ping | Kind::Pong);
    if first & RESERVED != 0 || second & MASKED == 0 || (control && (!last || short > CONTROL_BYTES_MAX)) {
        return Err(Bad::Frame);
    }
    let (length, after) = match (short, more) {
        (126, &[a, b, ..]) => (u64::from(u16::from_be_bytes([a, b])), 2),
        (127, &[a, b, c, d, e, f, g, h, ..]) => (u64::from_be_bytes([a, b, c, d, e, f, g, h]), 8),
        (126 | 127, _) => return Ok(None),
        (short, _) => (short as u64, 0),
    };
    // The shortest form is the only one.
    if (after == 2 && length < 126) || (after == 8 && (length <= u64::from(u16::MAX) || length >> 63 != 0)) {
        return Err(Bad::Frame);
    }
    let length = usize::try_from(length).map_err(|_| Bad::TooLarge)?;
    if length > message_bytes_max {
        return Err(Bad::TooLarge);
    }
    let Some(&[a, b, c, d, ..]) = more.get(after..) else {
        return Ok(None);
    };
    let begins = 2 + after + 4;
    Ok(Some(Head {
        kind,
        last,
        mask: [a, b, c, d],
        begins,
        ends: begins + length,
    }))
}

fn unmask(payload: &mut [u8], mask: [u8; 4]) {
    let mut words = payload.chunks_exact_mut(4);
    for word in &mut words {
        word.iter_mut().zip(mask).for_each(|(byte, key)| *byte ^= key);
    }
    let rest = words.into_remainder();
    rest.iter_mut().zip(mask).for_each(|(byte, key)| *byte ^= key);
}

fn text(bytes: &[u8]) -> Result<&str, Bad> {
    std::str::from_utf8(bytes).map_err(|_| Bad::Frame)
}

/// Nothing, or a code that may be sent and a reason.
fn is_close(payload: &[u8]) -> bool {
    match payload {
        [] => true,
        &[a, b, ref reason @ ..] => {
            let code = u16::from_be_bytes([a, b]);
            matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999) && std::str::from_utf8(reason).is_ok()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;

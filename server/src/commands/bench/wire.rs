//! WebSocket frames as a phone sends and hears them. No library: the generator shares the machine with what it
//! measures, so that each frame must cost it next to nothing. Masks with a key of zeros, which is still a mask.

/// A text frame of a client.
pub(super) fn text(payload: &str) -> Vec<u8> {
    let bytes = payload.as_bytes();
    let mut frame = Vec::with_capacity(bytes.len() + 14);
    frame.push(0x81);
    match (u8::try_from(bytes.len()), u16::try_from(bytes.len())) {
        (Ok(short @ 0..=125), _) => frame.push(0x80 | short),
        (_, Ok(medium)) => {
            frame.push(0x80 | 126);
            frame.extend_from_slice(&medium.to_be_bytes());
        }
        _ => {
            frame.push(0x80 | 127);
            frame.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(&[0; 4]);
    frame.extend_from_slice(bytes);
    frame
}

/// The request that makes a connection a socket.
pub(super) fn upgrade(path: &str, host: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    .into_bytes()
}

/// A `POST` of JSON over a connection of its own.
pub(super) fn post(path: &str, host: &str, bearer: Option<&str>, body: &str) -> Vec<u8> {
    let login = bearer.map_or_else(String::new, |b| format!("Authorization: Bearer {b}\r\n"));
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\n{login}Content-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A `GET` whose connection stays; with a tag it asks only whether that content still holds.
pub(super) fn get(path: &str, host: &str, tag: Option<&str>) -> Vec<u8> {
    let known = tag.map_or_else(String::new, |tag| format!("If-None-Match: {tag}\r\n"));
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{known}\r\n").into_bytes()
}

/// An HTTP answer's status and where it ends, if it is whole.
pub(super) fn answer(bytes: &[u8]) -> Option<(u16, usize)> {
    let body = find(bytes, b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..body]).ok()?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    let length = header(head, "content-length").and_then(|length| length.parse().ok());
    let end = body + length.filter(|_| status != 304).unwrap_or(0);
    (bytes.len() >= end).then_some((status, end))
}

/// The value of a header in the head of an answer.
pub(super) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let line = |line: &'a str| {
        let (named, value) = line.split_once(':')?;
        named.eq_ignore_ascii_case(name).then_some(value.trim())
    };
    head.lines().find_map(line)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Close,
    Other,
}

/// The first whole frame of `bytes`: its kind, its payload, and where it ends. Servers do not mask.
pub(super) fn first(bytes: &[u8]) -> Option<(Kind, &[u8], usize)> {
    let (kind, short) = (bytes.first()? & 0x0f, bytes.get(1)? & 0x7f);
    let (head, len) = match short {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => {
            let len = u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?);
            (10, usize::try_from(len).ok()?)
        }
        len => (2, usize::from(len)),
    };
    let end = head + len;
    let kind = match kind {
        1 => Kind::Text,
        8 => Kind::Close,
        _ => Kind::Other,
    };
    Some((kind, bytes.get(head..end)?, end))
}

/// Where `needle` begins in `hay`.
pub(super) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = hay.get(from..)?.iter().position(|b| *b == first) {
        if hay[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_every_length_are_found_whole_or_not_at_all() {
        for len in [0usize, 5, 125, 126, 70_000] {
            let mut frame = vec![0x81];
            match len {
                0..=125 => frame.push(u8::try_from(len).unwrap()),
                126..=65_535 => {
                    frame.push(126);
                    frame.extend(u16::try_from(len).unwrap().to_be_bytes());
                }
                _ => {
                    frame.push(127);
                    frame.extend((len as u64).to_be_bytes());
                }
            }
            frame.extend(vec![b'x'; len]);
            let (kind, payload, end) = first(&frame).unwrap();
            assert_eq!((kind, payload.len(), end), (Kind::Text, len, frame.len()));
            assert!(first(&frame[..frame.len() - 1]).is_none());
        }
    }

    #[test]
    fn an_answer_is_whole_with_its_last_byte() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nETag: \"a\"\r\n\r\nabc";
        assert_eq!(answer(whole), Some((200, whole.len())));
        assert_eq!(answer(&whole[..whole.len() - 1]), None);
        let unchanged = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n";
        assert_eq!(answer(unchanged), Some((304, unchanged.len())));
        assert_eq!(header("HTTP/1.1 200 OK\r\netag: \"a\"", "ETag"), Some("\"a\""));
    }

    #[test]
    fn a_text_is_found_where_it_is() {
        assert_eq!(find(b"aab", b"ab"), Some(1));
        assert_eq!(find(b"aaa", b"ab"), None);
        assert_eq!(find(b"", b"a"), None);
    }
}

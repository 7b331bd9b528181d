//! The reader against tungstenite as the phone, however the network cuts the bytes; and what the standard forbids.

use super::*;
use proptest::prelude::*;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocket};

const MAX: usize = 70_000;

/// Hears everything, cut into pieces of these sizes over and over.
fn heard(wire: &[u8], pieces: &[usize], max: usize) -> (Vec<String>, Option<Bad>) {
    let (mut reader, mut told, mut at) = (Reader::new(max), Vec::new(), 0);
    for size in pieces.iter().cycle() {
        let end = (at + size.max(&1)).min(wire.len());
        let mut piece = wire[at..end].to_vec();
        let taken = reader.take(&mut piece, |said| {
            match said {
                Said::Text(text) => told.push(format!("text {text}")),
                Said::Ping(bytes) => told.push(format!("ping {bytes:?}")),
                Said::Pong => told.push("pong".into()),
                Said::Close => told.push("close".into()),
                Said::Part => {}
            }
            Ok::<_, Bad>(Flow::GoOn)
        });
        at = end;
        if taken.is_err() || at == wire.len() {
            return (told, taken.err());
        }
    }
    (told, None)
}

/// What a phone's library puts on the wire.
fn sent(messages: Vec<Message>) -> Vec<u8> {
    let mut phone = WebSocket::from_raw_socket(std::io::Cursor::new(Vec::new()), Role::Client, None);
    messages.into_iter().for_each(|message| phone.send(message).unwrap());
    std::mem::take(phone.get_mut().get_mut())
}

fn told_of(message: &Message) -> Option<String> {
    match message {
        Message::Text(text) => Some(format!("text {text}")),
        Message::Ping(bytes) => Some(format!("ping {:?}", &bytes[..])),
        Message::Pong(_) => Some("pong".into()),
        _ => None,
    }
}

fn message() -> impl Strategy<Value = Message> {
    prop_oneof![
        4 => "\\PC{0,300}".prop_map(Message::text),
        1 => (0_usize..MAX / 3).prop_map(|n| Message::text("评".repeat(n))),
        1 => prop::collection::vec(any::<u8>(), 0..125).prop_map(|b| Message::Ping(b.into())),
        1 => prop::collection::vec(any::<u8>(), 0..125).prop_map(|b| Message::Pong(b.into())),
    ]
}

proptest! {
    #[test]
    fn what_a_phone_says_is_heard_however_the_network_cuts_it(
        messages in prop::collection::vec(message(), 1..6),
        pieces in prop::collection::vec(1_usize..5_000, 1..8),
    ) {
        let told: Vec<_> = messages.iter().filter_map(told_of).collect();
        prop_assert_eq!(heard(&sent(messages), &pieces, MAX), (told, None));
    }

    #[test]
    fn a_message_in_parts_is_one_message_with_pings_between(
        text in "\\PC{1,400}",
        cuts in prop::collection::vec(0_usize..400, 1..6),
        pieces in prop::collection::vec(1_usize..50, 1..4),
    ) {
        let bytes = text.as_bytes();
        let mut cuts: Vec<_> = cuts.into_iter().map(|c| c.min(bytes.len())).chain([0, bytes.len()]).collect();
        cuts.sort_unstable();
        let parts: Vec<_> = cuts.windows(2).map(|w| bytes[w[0]..w[1]].to_vec()).collect();
        let (mut frames, mut told) = (Vec::new(), Vec::new());
        let last = parts.len() - 1;
        for (n, part) in parts.into_iter().enumerate() {
            let kind = if n == 0 { Data::Text } else { Data::Continue };
            frames.push(Message::Frame(Frame::message(part, OpCode::Data(kind), n == last)));
            if n < last {
                frames.push(Message::Ping(vec![1, 2].into()));
                told.push("ping [1, 2]".to_owned());
            }
        }
        told.push(format!("text {text}"));
        prop_assert_eq!(heard(&sent(frames), &pieces, MAX), (told, None));
    }

    #[test]
    fn noise_neither_breaks_the_reader_nor_fills_it(
        noise in prop::collection::vec(any::<u8>(), 0..2_000),
        pieces in prop::collection::vec(1_usize..300, 1..4),
    ) {
        let whole = heard(&noise, &[noise.len()], 100);
        prop_assert_eq!(heard(&noise, &pieces, 100), whole);
    }
}

/// A frame with the mask 0, of which the payload is as written.
fn raw(first: u8, second: u8, more: &[u8]) -> Vec<u8> {
    [&[first, second], more].concat()
}

#[test]
fn what_the_standard_forbids_ends_the_connection() {
    let frame = |first: u8, payload: &[u8]| {
        let length = u8::try_from(payload.len()).unwrap();
        raw(first, MASKED | length, &[&[0; 4], payload].concat())
    };
    let long = |marker: u8, length: &[u8]| raw(0x81, MASKED | marker, &[length, &[0; 4]].concat());
    let forbidden = [
        ("not masked", raw(0x81, 1, b"x")),
        ("a reserved bit", frame(0xC1, b"x")),
        ("binary", frame(0x82, b"x")),
        ("a kind that is not there", frame(0x83, b"x")),
        ("a control kind that is not there", frame(0x8B, b"x")),
        ("a control frame in parts", frame(0x09, b"x")),
        ("a long control frame", raw(0x89, MASKED | 126, &[0, 200, 0, 0, 0, 0])),
        ("a part of nothing", frame(0x80, b"x")),
        (
            "a message within a message",
            [frame(0x01, b"x"), frame(0x81, b"y")].concat(),
        ),
        ("no text", frame(0x81, &[0xFF])),
        ("half a letter", frame(0x81, &"评".as_bytes()[..2])),
        ("a length longer than need be", long(126, &[0, 5])),
        (
            "a length much longer than need be",
            long(127, &[0, 0, 0, 0, 0, 0, 1, 0]),
        ),
        ("half a close code", frame(0x88, &[3])),
        ("a close code that is never sent", frame(0x88, &1005_u16.to_be_bytes())),
        ("a reason that is no text", frame(0x88, &[3, 232, 0xFF])),
    ];
    for (what, wire) in forbidden {
        assert_eq!(heard(&wire, &[1], MAX).1, Some(Bad::Frame), "{what}");
    }
    let too_large = [
        ("one frame", long(127, &[0, 0, 0, 0, 0, 1, 0x11, 0x71])),
        ("a frame of half the world", long(127, &[0x7F, 0, 0, 0, 0, 0, 0, 0])),
    ];
    for (what, wire) in too_large {
        assert_eq!(heard(&wire, &[wire.len()], MAX).1, Some(Bad::TooLarge), "{what}");
    }
    let parts = [frame(0x01, &[b'x'; 60]), frame(0x80, &[b'x'; 60])].concat();
    assert_eq!(heard(&parts, &[7], 119).1, Some(Bad::TooLarge));
    assert_eq!(
        heard(&parts, &[7], 120),
        (vec![format!("text {}", "x".repeat(120))], None)
    );
    assert_eq!(heard(&frame(0x88, &[]), &[9], MAX), (vec!["close".into()], None));
}

#[test]
fn what_comes_behind_a_pause_is_heard_afterwards() {
    let mut wire = sent(vec![
        Message::text("hello"),
        Message::text("and more"),
        Message::text("end"),
    ]);
    let (mut reader, mut told) = (Reader::new(MAX), Vec::new());
    for came in [wire.as_mut_slice(), &mut []] {
        let taken = reader.take(came, |said| {
            if let Said::Text(text) = said {
                told.push(text.to_owned());
            }
            Ok::<_, Bad>(if told.len() == 1 { Flow::Pause } else { Flow::GoOn })
        });
        taken.unwrap();
        assert!(told.len() == 1 || told == ["hello", "and more", "end"], "{told:?}");
    }
    assert_eq!(told.len(), 3);
}

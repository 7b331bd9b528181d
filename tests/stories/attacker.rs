//! What a script in the hall can do: noise on a socket, floods, silence. The others go on.

use pingyi::protocol::CloseCode;
use pingyi::rehearsal::{Hello, Memory, Phone, PhoneError};
use pingyi_core::command::Command;
use pingyi_core::views::{AttendanceView, Audience};
use pingyi_tests::Hall;
use pingyi_tests::hall::done;
use std::fmt::Write as _;

/// A small generator of its own, so that a failing course can be run again.
struct Noise(u64);

impl Noise {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).expect("below n")
    }

    /// One of the good messages with some bytes cut, doubled, swapped or replaced.
    fn spoil(&mut self, good: &str) -> String {
        let mut bytes = good.as_bytes().to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let to = self.below(bytes.len());
            match self.below(6) {
                0 => bytes[at] = b"{}[]\",:0-9eE.\\ntf\x7f\x00"[self.below(19)],
                1 => bytes.truncate(at.max(1)),
                2 => bytes.swap(at, to),
                3 => bytes = [&bytes[..at], &bytes[to..], b" "].concat(),
                4 => bytes = [&bytes[..at], b"-99999999999999999999", &bytes[at..]].concat(),
                _ => bytes = [&bytes[..at], b"[[[[[[[[", &bytes[at..]].concat(),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[tokio::test]
async fn noise_stops_nobody_but_who_makes_it() {
    let hall = Hall::open().await;
    let mut neighbour = hall.member(1).await;
    let attacker = hall.member(2).await.signed_in;
    let id = "00000000-0000-7000-8000-00000000000";
    let good: Vec<String> = [
        r#"{"type":"attendance.check_in/1","body":{}}"#,
        r#"{"type":"question.ask/1","body":{"subject":1,"visibility":"without_name","text":"为什么？"}}"#,
        r#"{"type":"vote.cast/1","body":{"ballot":1,"round":1,"choice":0,"signature":"00"}}"#,
        r#"{"type":"roster.import/1","body":{"people":[{"name":"甲","kind":"member","title":"","group":"","seat":""}]}}"#,
        r#"{"type":"ballot.result/1","body":{"ballot":1,"round":1,"result":{"due":1,"present":1,"issued":1,"returned":1,"valid":1,"invalid":0,"counts":[],"grade":"","grade_label":"","majority":1}}}"#,
    ]
    .iter()
    .enumerate()
    .map(|(n, command)| format!(r#"{{"type":"command","id":"{id}{n}","command":{command},"expects":{{"ballot":1,"round":1,"state":"open"}}}}"#))
    .chain([r#"{"type":"ping","nonce":1}"#.to_owned(), "[".repeat(60_000), "\u{202e}".repeat(300)])
    .collect();
    let (mut noise, mut closed) = (Noise(0x9E37_79B9_7F4A_7C15), 0);
    let mut phone = hall.join(&attacker, Memory::default()).await.unwrap();
    for n in 0..400_u32 {
        let source = noise.below(good.len());
        let text = noise.spoil(&good[source]);
        // The pong behind it tells that the socket has outlived the message.
        let alive = async {
            phone.say_text(text.clone()).await?;
            phone.ping(n).await?;
            loop {
                if matches!(phone.hear().await?, pingyi::protocol::ServerMessage::Pong { nonce, .. } if nonce == n) {
                    return Ok::<_, PhoneError>(());
                }
            }
        };
        if let Err(error) = alive.await {
            closed += 1;
            let told = matches!(
                error,
                PhoneError::Closed { .. } | PhoneError::Gone | PhoneError::Io(_) | PhoneError::Socket(_)
            );
            assert!(told, "{text:.200}: {error:?}");
            phone = hall.join(&attacker, Memory::default()).await.unwrap();
        }
    }
    assert!(closed > 100, "only {closed} of 400 messages were bad");
    neighbour.check_in().await;
    neighbour
        .phone
        .until(|p| p.view::<AttendanceView>("attendance").is_some_and(|a| a.present >= 1))
        .await
        .unwrap();
    let case = hall.app.outer.registry.get(hall.demo.appraisal).unwrap();
    assert!(!case.is_stopped());
    assert_eq!(case.look(|c| c.roster.due()), 28, "a member's roster is no roster");
}

#[tokio::test]
async fn a_hello_may_be_noise_too() {
    let hall = Hall::open().await;
    let mut neighbour = hall.member(1).await;
    let good = format!(
        r#"{{"type":"hello","protocol":1,"appraisal":"{}","audience":"member","bearer":"{}","position":{{"epoch":"x","seq":18446744073709551615}}}}"#,
        hall.demo.appraisal, neighbour.signed_in.bearer
    );
    let mut noise = Noise(7);
    for _ in 0..60 {
        let text = noise.spoil(&good);
        let stream = tokio::net::TcpStream::connect(&hall.host).await.unwrap();
        let (mut socket, _) = tokio_tungstenite::client_async(format!("ws://{}/ws", hall.host), stream)
            .await
            .unwrap();
        use futures_util::{SinkExt as _, StreamExt as _};
        socket
            .send(tokio_tungstenite::tungstenite::Message::text(text))
            .await
            .unwrap();
        let _ = socket.next().await;
    }
    neighbour.check_in().await;
}

#[tokio::test]
async fn a_flood_of_messages_ends_its_own_socket() {
    let hall = Hall::open().await;
    let mut neighbour = hall.member(1).await;
    let hello = Hello {
        appraisal: hall.demo.appraisal,
        audience: Audience::Public,
        bearer: None,
    };
    let mut script = Phone::join(&hall.host, hello, Memory::default()).await.unwrap();
    let flood = async {
        for nonce in 0..20_000 {
            script.ping(nonce).await?;
            if nonce % 10 == 9 {
                script.hear().await?;
            }
        }
        Ok::<_, PhoneError>(())
    };
    let ended = match flood.await {
        Err(PhoneError::Closed { code, .. }) => code,
        // The rest of the flood met a closed door before the reason was read.
        Err(_) => match script.until(|_| false).await {
            Err(PhoneError::Closed { code, .. }) => code,
            _ => CloseCode::TooBusy.number(),
        },
        Ok(()) => panic!("20,000 messages were read as fast as they came"),
    };
    assert_eq!(ended, CloseCode::TooBusy.number());
    done(&mut neighbour.phone, Command::CheckIn {}).await;
}

/// Guards the texts above against a change of the wire that would make all of them noise.
#[tokio::test]
async fn the_unspoilt_messages_are_understood() {
    let hall = Hall::open().await;
    let mut member = hall.member(3).await;
    let mut text = String::new();
    write!(text, r#"{{"type":"command","id":"{}","command":{{"type":"attendance.check_in/1","body":{{}}}},"expects":{{"ballot":1,"round":1,"state":"open"}}}}"#, uuid::Uuid::new_v4()).unwrap();
    member.phone.say_text(text).await.unwrap();
    member
        .phone
        .until(|p| {
            p.own::<pingyi_core::views::MeView>("me")
                .is_some_and(|m| m.attendance == pingyi_core::roster::Attendance::Present)
        })
        .await
        .unwrap();
}

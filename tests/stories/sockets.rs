//! The socket's manners: resume, repeats, bad messages, rates, restart.

use pingyi::protocol::{CloseCode, PROTOCOL, ServerMessage, Verdict};
use pingyi::rehearsal::{Hello, Memory, Phone, PhoneError};
use pingyi_core::command::Command;
use pingyi_core::inquiry::Visibility;
use pingyi_core::views::{AttendanceView, Audience};
use pingyi_core::{Refusal, Reply};
use pingyi_tests::Hall;
use pingyi_tests::hall::{position, refused};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use uuid::Uuid;

fn close_code<T>(result: Result<T, PhoneError>) -> u16 {
    match result {
        Err(PhoneError::Closed { code, .. }) => code,
        Err(other) => panic!("not closed but {other:?}"),
        Ok(_) => panic!("not closed"),
    }
}

#[tokio::test]
async fn who_was_away_gets_what_was_missed_and_no_snapshot() {
    let hall = Hall::open().await;
    let away = hall.member(1).await;
    let memory = away.phone.memory();
    let stood_at = position(&away.phone);
    drop(away.phone);
    let mut stays = hall.member(2).await;
    stays.check_in().await;
    stays
        .phone
        .until(|p| p.view::<AttendanceView>("attendance").is_some_and(|a| a.present == 1))
        .await
        .unwrap();
    let back = hall.join(&away.signed_in, memory).await.unwrap();
    // A joined phone has read its own stream, which comes after what was missed.
    assert_eq!(back.views, stays.phone.views);
    assert_eq!(position(&back).epoch, stood_at.epoch);
    assert!(position(&back).seq > stood_at.seq);
}

#[tokio::test]
async fn a_command_counts_once_however_often_it_is_sent_and_nobody_burns_anothers_id() {
    let hall = Hall::open().await;
    let (mut one, mut two) = (hall.member(1).await, hall.member(2).await);
    let id = Uuid::new_v4();
    let ask = |text: &str| Command::AskQuestion {
        subject: None,
        visibility: Visibility::Named,
        text: text.into(),
    };
    one.phone.give(id, ask("一"), None).await.unwrap();
    one.phone.give(id, ask("一"), None).await.unwrap();
    let first = one.phone.receipt(id).await.unwrap();
    assert!(matches!(
        first,
        Verdict::Accepted {
            reply: Reply::QuestionAsked { .. }
        }
    ));
    let again = one.phone.command(ask("二"), None).await.unwrap();
    assert!(matches!(again, Verdict::Accepted { .. }));
    one.phone.give(id, ask("一"), None).await.unwrap();
    assert_eq!(one.phone.receipt(id).await.unwrap(), first);
    two.phone.give(id, ask("三"), None).await.unwrap();
    assert_eq!(
        two.phone.receipt(id).await.unwrap(),
        Verdict::Refused {
            refusal: Refusal::NotAllowed {}
        }
    );
    let questions = hall
        .app
        .outer
        .registry
        .get(hall.demo.appraisal)
        .unwrap()
        .look(|c| c.inquiry.questions.len());
    assert_eq!(questions, 2);
}

#[tokio::test]
async fn a_member_may_not_conduct_and_a_projector_may_nothing() {
    let hall = Hall::open().await;
    let mut member = hall.member(1).await;
    assert_eq!(
        refused(&mut member.phone, Command::CloseSitting {}).await,
        Refusal::NotAllowed {}
    );
    let mut projector = hall.projector().await;
    assert_eq!(
        close_code(projector.command(Command::OpenSitting {}, None).await),
        CloseCode::SignInRequired.number()
    );
}

#[tokio::test]
async fn what_is_not_understood_is_told_with_a_code() {
    let hall = Hall::open().await;
    let hello = |audience, bearer: Option<String>, appraisal| Hello {
        appraisal,
        audience,
        bearer,
    };
    let id = hall.demo.appraisal;
    let member = hall.member(1).await.signed_in.bearer;
    let join = async |h: Hello| close_code(Phone::join(&hall.host, h, Memory::default()).await);
    assert_eq!(
        join(hello(Audience::Member, None, id)).await,
        CloseCode::SignInRequired.number()
    );
    assert_eq!(
        join(hello(Audience::Member, Some("x".repeat(43)), id)).await,
        CloseCode::SignInRequired.number()
    );
    assert_eq!(
        join(hello(Audience::Chair, Some(member), id)).await,
        CloseCode::SignInRequired.number(),
        "a member's bearer opens no console"
    );
    assert_eq!(
        join(hello(Audience::Public, None, Uuid::new_v4())).await,
        CloseCode::NoSuchAppraisal.number()
    );
    for (text, code) in [
        ("{".to_owned(), CloseCode::BadMessage),
        (r#"{"type":"command","id":"00000000-0000-4000-8000-000000000000","command":{"type":"vote.cast/9","body":{}}}"#.into(), CloseCode::BadMessage),
        (r#"{"type":"ping","nonce":1,"more":1}"#.into(), CloseCode::BadMessage),
        (format!(r#"{{"type":"ping","nonce":1,"x":"{}"}}"#, "长".repeat(40_000)), CloseCode::TooLarge),
    ] {
        let mut phone = hall.member(2).await.phone;
        phone.say_text(text).await.unwrap();
        assert_eq!(close_code(phone.until(|_| false).await), code.number());
    }
    let mut public = Phone::join(&hall.host, hello(Audience::Public, None, id), Memory::default())
        .await
        .unwrap();
    public
        .say_text(format!(
            r#"{{"type":"hello","protocol":{PROTOCOL},"appraisal":"{id}","audience":"desk"}}"#
        ))
        .await
        .unwrap();
    assert_eq!(
        close_code(public.until(|_| false).await),
        CloseCode::BadMessage.number(),
        "one hello a socket"
    );
}

#[tokio::test]
async fn a_script_is_told_to_wait_and_loses_nothing() {
    let hall = Hall::open().await;
    let mut member = hall.member(1).await;
    let ids: Vec<_> = (0..60).map(|_| Uuid::new_v4()).collect();
    for id in &ids {
        member.phone.give(*id, Command::CheckIn {}, None).await.unwrap();
    }
    let mut told = 0;
    let mut answered = 0;
    while told + answered < ids.len() {
        match member.phone.hear().await.unwrap() {
            ServerMessage::Busy { retry_after_ms, .. } => {
                assert!(retry_after_ms > 0);
                told += 1;
            }
            ServerMessage::Receipt { .. } => answered += 1,
            _ => {}
        }
    }
    assert!(told > 0 && answered > 0, "{told} told to wait, {answered} answered");
}

#[tokio::test]
async fn a_stopping_server_says_come_back() {
    let hall = Hall::open().await;
    let mut member = hall.member(1).await;
    let listening = tokio::spawn(async move { close_code(member.phone.until(|_| false).await) });
    hall.close().await;
    assert_eq!(listening.await.unwrap(), CloseCode::GoingAway.number());
}

#[tokio::test]
async fn a_page_of_another_site_opens_no_socket() {
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    let hall = Hall::open().await;
    let mut request = format!("ws://{}/ws", hall.host).into_client_request().unwrap();
    request
        .headers_mut()
        .insert("origin", "http://evil.example".parse().unwrap());
    let stream = tokio::net::TcpStream::connect(&hall.host).await.unwrap();
    let refused = tokio_tungstenite::client_async(request, stream).await.unwrap_err();
    assert!(refused.to_string().contains("403"), "{refused}");
}

/// Bytes that nobody reads would be answered by the system with a reset, which takes the reason with it on its way.
#[tokio::test]
async fn who_says_too_much_is_heard_out_and_reads_why() {
    let hall = Hall::open().await;
    let mut line = TcpStream::connect(&hall.host).await.unwrap();
    let host = &hall.host;
    let asks = format!(
        "GET /ws HTTP/1.1\r\nhost: {host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    line.write_all(asks.as_bytes()).await.unwrap();
    // One whole text of 8 MiB, masked with zeros: more than the system keeps on the way.
    line.write_all(&[0x81, 0xFF, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0])
        .await
        .unwrap();
    let mut heard = Vec::new();
    let code = CloseCode::TooLarge.number().to_be_bytes();
    while !heard.windows(2).any(|two| two == code) {
        assert_ne!(line.read_buf(&mut heard).await.unwrap(), 0, "the reason comes first");
    }
    for _ in 0..8 {
        line.write_all(&vec![b'x'; 1 << 20]).await.expect("the server reads on");
    }
    line.shutdown().await.unwrap();
    assert_eq!(line.read_to_end(&mut heard).await.expect("no reset"), 0);
}

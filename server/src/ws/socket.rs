//! One socket from its hello to its close.

use super::Sockets;
use super::strangers::Stranger;
use crate::conductor::{CaseHandle, Device, Joining, NotTaken, Watcher, Wish, encode_message};
use crate::doors::{Hold, Session};
use crate::hub::{Frame, Outbox};
use crate::limits::{HEARTBEAT_MS, HELLO_WITHIN_MS, MESSAGES_BURST, MESSAGES_PER_S, SILENT_AFTER_MS, WRITE_WITHIN_MS};
use crate::protocol::{ClientMessage, CloseCode, PROTOCOL, Position, ServerMessage};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::SinkExt as _;
use pingyi_core::stamp::Actor;
use pingyi_core::views::Audience;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};
use uuid::Uuid;

/// A socket that has said who it is.
struct Joined {
    case: CaseHandle,
    session: Option<Held>,
    outbox: Arc<Outbox>,
    _joining: Joining,
    /// The public's sockets stay strangers, and go first.
    stranger: Option<Stranger>,
}

/// A session, and word of its end.
struct Held {
    session: Session,
    hold: Hold,
}

pub(super) async fn run(mut socket: WebSocket, sockets: Sockets) {
    let code = match greet(&mut socket, &sockets, sockets.strangers.enter()).await {
        Ok(joined) => converse(&mut socket, &joined).await,
        Err(code) => code,
    };
    if let Some(code) = code {
        let frame = CloseFrame {
            code: code.number(),
            reason: code.reason().into(),
        };
        let _ = timeout(
            Duration::from_millis(WRITE_WITHIN_MS),
            socket.send(Message::Close(Some(frame))),
        )
        .await;
    }
}

/// Waits for the hello and joins the stream. The error is why the socket is closed; `None` if the page left by itself.
async fn greet(socket: &mut WebSocket, sockets: &Sockets, stranger: Stranger) -> Result<Joined, Option<CloseCode>> {
    let first = tokio::select! {
        first = timeout(Duration::from_millis(HELLO_WITHIN_MS), socket.recv()) => first.map_err(|_| CloseCode::Silent)?,
        () = stranger.sent_away() => return Err(Some(CloseCode::TooBusy)),
    };
    let text = match first {
        Some(Ok(Message::Text(text))) => text,
        Some(Ok(_)) => return Err(Some(CloseCode::BadMessage)),
        Some(Err(error)) => return Err(Some(too_large_or_bad(&error))),
        None => return Err(None),
    };
    let Ok(ClientMessage::Hello {
        protocol,
        appraisal,
        audience,
        bearer,
        position,
    }) = serde_json::from_str(&text)
    else {
        return Err(Some(CloseCode::BadMessage));
    };
    if protocol != PROTOCOL {
        return Err(Some(CloseCode::WrongVersion));
    }
    let session = match bearer {
        Some(bearer) => Some(open_session(sockets, &bearer, appraisal, audience).await?),
        None if audience == Audience::Public => None,
        None => return Err(Some(CloseCode::SignInRequired)),
    };
    let case = sockets.registry.get(appraisal).ok_or(CloseCode::NoSuchAppraisal)?;
    let stranger = session.is_none().then_some(stranger);
    Ok(join(case, session, audience, position.as_ref(), stranger)?)
}

/// The session is held before it is looked at a second time: who is signed out in between would find no socket to end.
async fn open_session(sockets: &Sockets, bearer: &str, appraisal: Uuid, audience: Audience) -> Result<Held, CloseCode> {
    let session = known(sockets, bearer).await?;
    let hold = sockets.doors.sessions.hold(bearer, session);
    let stands = known(sockets, bearer).await? == session && sockets.body.look(|body| session.stands_in(body));
    if stands && session.opens(appraisal) && session.may_watch(audience) {
        Ok(Held { session, hold })
    } else {
        Err(CloseCode::SignInRequired)
    }
}

async fn known(sockets: &Sockets, bearer: &str) -> Result<Session, CloseCode> {
    match sockets.doors.sessions.recall(bearer) {
        Some(session) => Ok(session),
        None => look_up(sockets, bearer.to_owned()).await,
    }
}

/// The vault lies on the disk: not on a thread that serves sockets.
async fn look_up(sockets: &Sockets, bearer: String) -> Result<Session, CloseCode> {
    let doors = sockets.doors.clone();
    let opened = tokio::task::spawn_blocking(move || doors.sessions.open(&bearer)).await;
    match opened {
        Ok(Ok(session)) => session.ok_or(CloseCode::SignInRequired),
        Ok(Err(error)) => {
            tracing::error!(%error, "the vault cannot be read");
            Err(CloseCode::Fault)
        }
        Err(_) => Err(CloseCode::Fault),
    }
}

fn join(
    case: CaseHandle,
    held: Option<Held>,
    audience: Audience,
    position: Option<&Position>,
    stranger: Option<Stranger>,
) -> Result<Joined, CloseCode> {
    let outbox = Arc::new(Outbox::default());
    outbox.push(encode_message(&ServerMessage::Welcome {
        protocol: PROTOCOL,
        epoch: case.epoch(),
        now_ms: case.now_ms(),
        heartbeat_ms: HEARTBEAT_MS,
    }));
    let session = held.as_ref().map(|h| h.session);
    let who = Watcher {
        audience,
        actor: session.as_ref().and_then(Session::actor),
        generation: session.map_or(0, |s| s.generation),
    };
    let joining = case.join(who, position, outbox.clone())?;
    Ok(Joined {
        case,
        session: held,
        outbox,
        _joining: joining,
        stranger,
    })
}

/// Reads and writes until one side ends. The answer is the close code to send, if any.
async fn converse(socket: &mut WebSocket, joined: &Joined) -> Option<CloseCode> {
    let silence = Duration::from_millis(SILENT_AFTER_MS);
    let mut silent_at = Instant::now() + silence;
    let mut pace = Pace::new();
    loop {
        tokio::select! {
            queued = joined.outbox.next() => match queued {
                Ok(frames) => send(socket, frames).await?,
                Err(code) => return Some(code),
            },
            message = socket.recv() => {
                silent_at = Instant::now() + silence;
                if !pace.allows(Instant::now()) {
                    return Some(CloseCode::TooBusy);
                }
                match message {
                    Some(Ok(Message::Text(text))) => {
                        if let Err(code) = take(joined, &text) {
                            return Some(code);
                        }
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Binary(_))) => return Some(CloseCode::BadMessage),
                    Some(Ok(Message::Close(_))) | None => return None,
                    Some(Err(error)) => return Some(too_large_or_bad(&error)),
                }
            }
            () = sleep_until(silent_at) => return Some(CloseCode::Silent),
            () = signed_off(joined.session.as_ref()) => return Some(CloseCode::SignInRequired),
            () = sent_away(joined.stranger.as_ref()) => return Some(CloseCode::TooBusy),
        }
    }
}

async fn signed_off(held: Option<&Held>) {
    match held {
        Some(held) => held.hold.ended().await,
        None => std::future::pending().await,
    }
}

/// Writes frames that came together together. Nothing if the phone is gone.
async fn send(socket: &mut WebSocket, frames: Vec<Frame>) -> Option<()> {
    let within = Duration::from_millis(WRITE_WITHIN_MS);
    for frame in frames {
        timeout(within, socket.feed(Message::Text(frame))).await.ok()?.ok()?;
    }
    timeout(within, socket.flush()).await.ok()?.ok()
}

async fn sent_away(stranger: Option<&Stranger>) {
    match stranger {
        Some(stranger) => stranger.sent_away().await,
        None => std::future::pending().await,
    }
}

/// How many messages this socket may still send. Reading and refusing costs too.
struct Pace {
    level: f64,
    at: Instant,
}

impl Pace {
    fn new() -> Pace {
        Pace {
            level: f64::from(MESSAGES_BURST),
            at: Instant::now(),
        }
    }

    fn allows(&mut self, now: Instant) -> bool {
        let gained = now.duration_since(self.at).as_secs_f64() * f64::from(MESSAGES_PER_S);
        self.level = (self.level + gained).min(f64::from(MESSAGES_BURST)) - 1.0;
        self.at = now;
        self.level >= 0.0
    }
}

fn take(joined: &Joined, text: &str) -> Result<(), CloseCode> {
    match serde_json::from_str(text).map_err(|_| CloseCode::BadMessage)? {
        ClientMessage::Ping { nonce } => {
            joined.outbox.push(encode_message(&ServerMessage::Pong {
                nonce,
                now_ms: joined.case.now_ms(),
            }));
            Ok(())
        }
        ClientMessage::Command { id, command, expects } => {
            // The command may be read before the word of the end.
            let held = joined.session.as_ref().filter(|held| !held.hold.is_ended());
            let session = held.ok_or(CloseCode::SignInRequired)?.session;
            let actor = session.actor().ok_or(CloseCode::SignInRequired)?;
            let device = session.device_key.map(|key| Device::new(session.generation, key));
            let wish = Wish {
                id,
                actor,
                command,
                expects,
                device,
            };
            match joined.case.give_for_socket(wish, &joined.outbox) {
                Ok(()) => Ok(()),
                Err(NotTaken::Busy { retry_after_ms }) => {
                    joined
                        .outbox
                        .push(encode_message(&ServerMessage::Busy { id, retry_after_ms }));
                    Ok(())
                }
                Err(NotTaken::TooLarge) => Err(CloseCode::TooLarge),
                Err(NotTaken::Exhausted) => Err(CloseCode::TooBusy),
                Err(NotTaken::SignedOut) => Err(signed_out(joined, actor)),
                Err(NotTaken::BadSignature | NotTaken::BadElement | NotTaken::ReservedId) => Err(CloseCode::BadMessage),
                Err(NotTaken::Stopped) => Err(CloseCode::Fault),
            }
        }
        ClientMessage::Hello { .. } => Err(CloseCode::BadMessage),
    }
}

/// The person's device is out: by another device, or by the desk.
fn signed_out(joined: &Joined, actor: Actor) -> CloseCode {
    let Actor::Person { person } = actor else {
        return CloseCode::SignInRequired;
    };
    joined.case.look(|case| match case.roster.people.get(&person) {
        Some(p) if p.device_key.is_empty() => CloseCode::CredentialReissued,
        Some(_) => CloseCode::MovedToOtherDevice,
        None => CloseCode::SignInRequired,
    })
}

fn too_large_or_bad(error: &axum::Error) -> CloseCode {
    let text = error.to_string();
    if text.contains("too long") || text.contains("too large") || text.contains("Space limit") {
        CloseCode::TooLarge
    } else {
        CloseCode::BadMessage
    }
}

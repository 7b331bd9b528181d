//! One socket from its hello to its close.

use super::Sockets;
use super::framing::Flow;
use super::strangers::Stranger;
use super::wire::{Connection, Ended, Heard, Patience, Wire};
use crate::blobs::{BlobDigest, Blobs};
use crate::conductor::{CaseHandle, Device, Joining, NotTaken, Watcher, Wish, encode_message};
use crate::doors::{Hold, Session};
use crate::hub::Outbox;
use crate::limits::{HEARTBEAT_MS, HELLO_WITHIN_MS, MESSAGES_BURST, MESSAGES_PER_S, SILENT_AFTER_MS};
use crate::protocol::{ClientMessage, CloseCode, PROTOCOL, Position, ServerMessage};
use pingyi_core::appraisal::named_by;
use pingyi_core::stamp::Actor;
use pingyi_core::views::Audience;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

const HELLO: Patience = Patience::InAll(Duration::from_millis(HELLO_WITHIN_MS));
const SILENCE: Patience = Patience::Silence(Duration::from_millis(SILENT_AFTER_MS));

/// A socket that has said who it is.
struct Joined {
    case: CaseHandle,
    session: Option<Held>,
    blobs: Arc<Blobs>,
    outbox: Arc<Outbox>,
    _joining: Joining,
    /// The public's sockets stay strangers, and go first.
    _stranger: Option<Stranger>,
}

/// A session, what gives its commands, and word of its end.
struct Held {
    session: Session,
    device: Option<Device>,
    hold: Hold,
}

pub(super) async fn run(connection: Connection, sockets: Sockets) {
    let mut wire = Wire::new(connection, &sockets.carrier);
    let stranger = sockets.strangers.enter(&wire.outbox);
    // In a box of its own: what a greeting needs is not kept for the hours of a sitting.
    let ended = match Box::pin(greet(&mut wire, sockets, stranger)).await {
        Ok(joined) => converse(&mut wire, &joined).await,
        Err(ended) => ended,
    };
    if let Some(code) = ended {
        Box::pin(wire.end(code)).await;
    }
}

/// Waits for the hello and joins the stream. The error is why the socket is closed; `None` if the page left by itself.
async fn greet(wire: &mut Wire, sockets: Sockets, stranger: Stranger) -> Result<Joined, Ended> {
    let mut hello = None;
    let hearing = wire.carry(HELLO, |heard| match heard {
        Heard::Text(text) => {
            hello = Some(serde_json::from_str(text).map_err(|_| Some(CloseCode::BadMessage))?);
            Ok(Flow::Pause)
        }
        Heard::Other => Err(Some(CloseCode::BadMessage)),
    });
    hearing.await?;
    let Some(ClientMessage::Hello {
        protocol,
        appraisal,
        audience,
        bearer,
        position,
    }) = hello
    else {
        return Err(Some(CloseCode::BadMessage));
    };
    if protocol != PROTOCOL {
        return Err(Some(CloseCode::WrongVersion));
    }
    let session = match bearer {
        Some(bearer) => Some(open_session(&sockets, &bearer, appraisal, audience, &wire.outbox).await?),
        None if audience == Audience::Public => None,
        None => return Err(Some(CloseCode::SignInRequired)),
    };
    let case = sockets.registry.get(appraisal).ok_or(CloseCode::NoSuchAppraisal)?;
    let stranger = session.is_none().then_some(stranger);
    Ok(join(
        case,
        session,
        audience,
        position.as_ref(),
        stranger,
        sockets.blobs.clone(),
        &wire.outbox,
    )?)
}

/// The session is held before it is looked at a second time: who is signed out in between would find no socket to end.
async fn open_session(
    sockets: &Sockets,
    bearer: &str,
    appraisal: Uuid,
    audience: Audience,
    outbox: &Arc<Outbox>,
) -> Result<Held, CloseCode> {
    let (session, ended) = (known(sockets, bearer).await?, outbox.clone());
    let tell = move || ended.close(CloseCode::SignInRequired);
    let hold = sockets.doors.sessions.hold(bearer, session, tell);
    let stands = known(sockets, bearer).await? == session && sockets.body.look(|body| session.stands_in(body));
    if stands && session.opens(appraisal) && session.may_watch(audience) {
        let device = session.device_key.map(|key| Device::new(session.generation, key));
        Ok(Held { session, device, hold })
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
    blobs: Arc<Blobs>,
    outbox: &Arc<Outbox>,
) -> Result<Joined, CloseCode> {
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
        blobs,
        outbox: outbox.clone(),
        _joining: joining,
        _stranger: stranger,
    })
}

/// Reads and writes until one side ends. The answer is the close code to send, if any.
async fn converse(wire: &mut Wire, joined: &Joined) -> Ended {
    let mut pace = Pace::new();
    let talk = wire.carry(SILENCE, |heard| {
        if !pace.allows(Instant::now()) {
            return Err(Some(CloseCode::TooBusy));
        }
        if let Heard::Text(text) = heard {
            take(joined, text)?;
        }
        Ok(Flow::GoOn)
    });
    // It never pauses.
    talk.await.err().flatten()
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
            let held = held.ok_or(CloseCode::SignInRequired)?;
            let actor = held.session.actor().ok_or(CloseCode::SignInRequired)?;
            let device = held.device.clone();
            let wish = Wish {
                id,
                actor,
                command,
                expects,
                device,
            };
            let named = named_by(&wish.command).map(|(digest, bytes)| (digest.parse(), bytes));
            match named {
                None => give(&joined.case, wish, &joined.outbox),
                Some((digest, bytes)) => {
                    give_once_stored(joined, wish, digest.map_err(|_| CloseCode::BadMessage)?, bytes.into());
                    Ok(())
                }
            }
        }
        ClientMessage::Hello { .. } => Err(CloseCode::BadMessage),
    }
}

fn give(case: &CaseHandle, wish: Wish, outbox: &Arc<Outbox>) -> Result<(), CloseCode> {
    let (id, actor) = (wish.id, wish.actor);
    match case.give_for_socket(wish, outbox) {
        Ok(()) => Ok(()),
        Err(NotTaken::Busy { retry_after_ms }) => {
            outbox.push(encode_message(&ServerMessage::Busy { id, retry_after_ms }));
            Ok(())
        }
        Err(NotTaken::TooLarge) => Err(CloseCode::TooLarge),
        Err(NotTaken::Exhausted) => Err(CloseCode::TooBusy),
        Err(NotTaken::SignedOut) => Err(signed_out(case, actor)),
        Err(NotTaken::BadSignature | NotTaken::BadElement | NotTaken::ReservedId) => Err(CloseCode::BadMessage),
        Err(NotTaken::Stopped) => Err(CloseCode::Fault),
    }
}

/// A page names a document that it has stored. One that is not there would be missing from the archive for ever. The bytes
/// lie on the disk: not looked up on a thread that serves sockets.
fn give_once_stored(joined: &Joined, wish: Wish, digest: BlobDigest, bytes: u64) {
    let (case, blobs, outbox) = (joined.case.clone(), joined.blobs.clone(), joined.outbox.clone());
    tokio::spawn(async move {
        let stored = tokio::task::spawn_blocking(move || blobs.size(digest)).await;
        let given = match stored {
            Ok(Ok(Some(stored))) if stored == bytes => give(&case, wish, &outbox),
            Ok(Ok(_)) => Err(CloseCode::BadMessage),
            Ok(Err(error)) => {
                tracing::error!(%error, "stored documents cannot be looked up");
                Err(CloseCode::Fault)
            }
            Err(_) => Err(CloseCode::Fault),
        };
        if let Err(code) = given {
            outbox.close(code);
        }
    });
}

/// The person's device is out: by another device, or by the desk.
fn signed_out(case: &CaseHandle, actor: Actor) -> CloseCode {
    let Actor::Person { person } = actor else {
        return CloseCode::SignInRequired;
    };
    case.look(|case| match case.roster.people.get(&person) {
        Some(p) if p.device_key.is_empty() => CloseCode::CredentialReissued,
        Some(_) => CloseCode::MovedToOtherDevice,
        None => CloseCode::SignInRequired,
    })
}

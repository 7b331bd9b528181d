//! Ways in: desk account, seat card, hall code with name and PIN, a station's link; and the way out.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use pingyi_core::ids::PersonId;
use pingyi_core::stamp::Actor;
use pingyi_core::{Command, Reply};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::names::person_named;
use super::request::{Bearer, JsonBody, Peer, blocking};
use super::state::AppState;
use super::status::{bad_request, fault};
use crate::conductor::{CaseHandle, Wish};
use crate::doors::links::role;
use crate::doors::{Opens, Session, Source, Target, Try};
use crate::protocol::call::{Role, SignInAccount, SignInCard, SignInHall, SignInLink, SignedIn, TakeOver};
use crate::protocol::{Problem, Verdict};
use crate::vault::PinCheck;

/// The office, by account and password.
#[utoipa::path(post, path = "/api/sign-in/account", tag = "doors", request_body = SignInAccount, responses(
    (status = 200, body = SignedIn),
    (status = 403, body = Problem, description = "wrong_password: for an unknown account too"),
    (status = 429, body = Problem, description = "wait"),
))]
pub async fn account(
    State(app): State<AppState>,
    Peer(peer): Peer,
    JsonBody(form): JsonBody<SignInAccount>,
) -> Result<Json<SignedIn>, Problem> {
    let target = Target::Account {
        name_hash: name_hash(form.account.trim()),
    };
    let source = Source::at(peer);
    let slow_ms = match app.doors.guesses.take(target, source, app.clock.now_ms()) {
        Try::Wait { retry_after_s } => return Err(Problem::Wait { retry_after_s }),
        Try::Allowed { slow_ms, .. } => slow_ms,
    };
    let known = app
        .body
        .look(|b| b.account_named(&form.account).map(|(id, a)| (id, a.generation)));
    let right = match known {
        None => false,
        Some((account, _)) => {
            let _turn = app.doors.hashing_turn().await.ok_or(Problem::Fault {})?;
            let vault = app.vault.clone();
            blocking(move || vault.check_password(account, &form.password)).await?? == PinCheck::Right
        }
    };
    match known {
        Some((account, generation)) if right => {
            app.doors.guesses.was_right(target, source, app.clock.now_ms());
            signed_in(&app, desk_session(account, generation)).await.map(Json)
        }
        _ => {
            tokio::time::sleep(Duration::from_millis(slow_ms)).await;
            Err(Problem::WrongPassword {})
        }
    }
}

/// A person, by seat card. A right card is never kept waiting.
#[utoipa::path(post, path = "/api/sign-in/card", tag = "doors", request_body = SignInCard, responses(
    (status = 200, body = SignedIn),
    (status = 404, body = Problem, description = "unknown_card"),
    (status = 409, body = Problem, description = "on_another_device"),
    (status = 429, body = Problem, description = "wait"),
))]
pub async fn card(
    State(app): State<AppState>,
    Peer(peer): Peer,
    JsonBody(form): JsonBody<SignInCard>,
) -> Result<Json<SignedIn>, Problem> {
    let key = DeviceKey::read(&form.device_key)?;
    let holder = app.doors.cards.holder(&form.code, app.as_ref());
    let found = holder.and_then(|holder| app.registry.get(holder.appraisal).map(|case| (case, holder.person)));
    let Some((case, person)) = found else {
        return Err(match app.doors.guesses.wrong_card(peer, app.clock.now_ms()) {
            Some(retry_after_s) => Problem::Wait { retry_after_s },
            None => Problem::UnknownCard {},
        });
    };
    bind(&app, &case, person, key, form.take_over).await.map(Json)
}

/// A person, by the code on the hall's screen, name and PIN.
#[utoipa::path(post, path = "/api/sign-in/hall", tag = "doors", request_body = SignInHall, responses(
    (status = 200, body = SignedIn),
    (status = 403, body = Problem, description = "wrong_pin"),
    (status = 404, body = Problem, description = "unknown_name"),
    (status = 409, body = Problem, description = "no_pin, on_another_device"),
    (status = 410, body = Problem, description = "hall_code_expired"),
    (status = 429, body = Problem, description = "wait"),
))]
pub async fn hall(
    State(app): State<AppState>,
    Peer(peer): Peer,
    JsonBody(form): JsonBody<SignInHall>,
) -> Result<Json<SignedIn>, Problem> {
    let key = DeviceKey::read(&form.device_key)?;
    let appraisal = app.doors.hall_codes.check(&form.hall_code, app.clock.now_ms());
    let case = appraisal
        .and_then(|id| app.registry.get(id))
        .ok_or(Problem::HallCodeExpired {})?;
    let found = case.look(|c| {
        let (id, person) = person_named(&c.roster, &form.name)?;
        Some((id, person.device_key == key.hex))
    });
    let (person, own_device) = found.ok_or(Problem::UnknownName {})?;
    let source = if own_device {
        Source::OwnDevice
    } else {
        Source::at(peer)
    };
    check_pin(&app, &case, person, form.pin, source).await?;
    bind(&app, &case, person, key, form.take_over).await.map(Json)
}

/// A console seat or a projector, by its link.
#[utoipa::path(post, path = "/api/sign-in/link", tag = "doors", request_body = SignInLink, responses(
    (status = 200, body = SignedIn),
    (status = 404, body = Problem, description = "not_found: no station has this link"),
))]
pub async fn link(
    State(app): State<AppState>,
    JsonBody(form): JsonBody<SignInLink>,
) -> Result<Json<SignedIn>, Problem> {
    let opened = app.doors.links.opens(&form.secret, app.as_ref());
    let session = match opened.ok_or(Problem::NotFound {})? {
        Opens::Station {
            appraisal,
            station,
            generation,
        } => Session {
            appraisal: Some(appraisal),
            role: role(station),
            person: None,
            account: None,
            generation,
            device_key: None,
        },
        Opens::Desk { account } => {
            let generation = app.body.look(|b| b.accounts.get(&account).map(|a| a.generation));
            desk_session(account, generation.ok_or(Problem::NotFound {})?)
        }
    };
    signed_in(&app, session).await.map(Json)
}

/// Ends this bearer, and its open sockets at once. One that is out already is none the worse.
#[utoipa::path(post, path = "/api/sign-out", tag = "doors", security(("bearer" = [])), responses(
    (status = 200, description = "an empty object"),
    (status = 401, body = Problem, description = "sign_in_required: no bearer was sent"),
))]
pub async fn sign_out(State(app): State<AppState>, Bearer(bearer): Bearer) -> Result<Json<Value>, Problem> {
    blocking(move || app.doors.sessions.end(&bearer)).await??;
    Ok(Json(json!({})))
}

/// An Ed25519 public key that votes can be checked with, and its one spelling.
struct DeviceKey {
    bytes: [u8; 32],
    hex: String,
}

impl DeviceKey {
    fn read(text: &str) -> Result<Self, Problem> {
        let wrong = || bad_request("device_key must be 64 hex digits of an Ed25519 public key");
        let hex = text.trim().to_ascii_lowercase();
        if hex.len() != 64 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (n, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).map_err(|_| wrong())?;
        }
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes).map_err(|_| wrong())?;
        if key.is_weak() {
            Err(wrong())
        } else {
            Ok(Self { bytes, hex })
        }
    }
}

async fn check_pin(
    app: &AppState,
    case: &CaseHandle,
    person: PersonId,
    pin: String,
    source: Source,
) -> Result<(), Problem> {
    let appraisal = case.id();
    let target = Target::Pin { appraisal, person };
    let (tries_left, slow_ms) = match app.doors.guesses.take(target, source, app.clock.now_ms()) {
        Try::Wait { retry_after_s } => return Err(Problem::Wait { retry_after_s }),
        Try::Allowed { tries_left, slow_ms } => (tries_left, slow_ms),
    };
    let checked = {
        let _turn = app.doors.hashing_turn().await.ok_or(Problem::Fault {})?;
        let vault = app.vault.clone();
        blocking(move || vault.check_pin(appraisal, person.0, pin.trim())).await??
    };
    match checked {
        PinCheck::Wrong => {
            tokio::time::sleep(Duration::from_millis(slow_ms)).await;
            Err(Problem::WrongPin { tries_left })
        }
        PinCheck::Right => {
            app.doors.guesses.was_right(target, source, app.clock.now_ms());
            Ok(())
        }
        PinCheck::None => {
            app.doors.guesses.was_right(target, source, app.clock.now_ms());
            Err(Problem::NoPin {})
        }
    }
}

/// Makes this phone the person's one device. The same phone again is let in without asking.
async fn bind(
    app: &AppState,
    case: &CaseHandle,
    person: PersonId,
    key: DeviceKey,
    take_over: TakeOver,
) -> Result<SignedIn, Problem> {
    let _turn = app.doors.binding_turn(person).await;
    let now = case.look(|c| {
        c.roster
            .people
            .get(&person)
            .map(|p| (p.name.clone(), p.device_key.clone()))
    });
    let (name, bound) = now.ok_or(Problem::UnknownCard {})?;
    if !bound.is_empty() && bound != key.hex && take_over == TakeOver::Ask {
        return Err(Problem::OnAnotherDevice { name });
    }
    let command = Command::BindDevice {
        person,
        device_key: key.hex,
    };
    let generation = match case.submit(Wish::fresh(Actor::Door {}, command)).await? {
        Verdict::Accepted {
            reply: Reply::DeviceBound { generation, .. },
        } => generation,
        Verdict::Accepted { reply } => {
            return Err(fault(format!("a device was bound with {reply:?}")));
        }
        Verdict::Refused { refusal } => return Err(refusal.into()),
    };
    let session = Session {
        appraisal: Some(case.id()),
        role: Role::Person,
        person: Some(person),
        account: None,
        generation,
        device_key: Some(key.bytes),
    };
    signed_in(app, session).await
}

pub(super) fn desk_session(account: u32, generation: u32) -> Session {
    Session {
        appraisal: None,
        role: Role::Desk,
        person: None,
        account: Some(account),
        generation,
        device_key: None,
    }
}

/// Hands out a bearer.
pub(super) async fn signed_in(app: &AppState, session: Session) -> Result<SignedIn, Problem> {
    let (doors, now_ms) = (app.doors.clone(), app.clock.now_ms());
    let bearer = blocking(move || doors.sessions.start(&session, now_ms)).await??;
    let name = app.name_of(&session);
    Ok(SignedIn {
        bearer,
        role: session.role,
        appraisal: session.appraisal,
        person: session.person,
        name,
    })
}

fn name_hash(name: &str) -> u64 {
    let digest = Sha256::digest(name.as_bytes());
    digest.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

//! The secret ballot's calls: a token for a signed-in member, a cast from nobody in particular, the released board.
//! The cast's route takes no session, keeps no address, and logs nothing of who called or what was chosen.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use axum::response::{IntoResponse as _, Response};
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::ids::BallotId;
use pingyi_core::rules::profile::ChangeRule;
use uuid::Uuid;

use super::request::{AnySession, Case, JsonBody};
use super::state::AppState;
use super::status::{bad_request, fault};
use crate::ballot_office::{CastRefused, OfficeFault};
use crate::conductor::{CaseHandle, Device, Wish};
use crate::protocol::call::{CastReceipt, CastRefusal, SecretCast, TakeToken, Token};
use crate::protocol::{Problem, Verdict};
use crate::secrecy::encoding::{from_b64, to_b64};
use crate::secrecy::{CastFault, CastText, Header};

/// A token for a secret round: once a member and round; the same element again gives the same token.
#[utoipa::path(post, path = "/api/appraisals/{id}/ballots/{ballot}/token", tag = "ballot",
    params(("id" = String, Path), ("ballot" = u32, Path)), request_body = TakeToken, responses(
    (status = 200, body = Token),
    (status = 401, body = Problem, description = "sign_in_required"),
    (status = 409, body = Problem, description = "refused: token_taken, not_checked_in, key_not_ready, other_round, ballot_not_open"),
))]
pub async fn token(
    State(app): State<AppState>,
    AnySession(session): AnySession,
    Path((id, ballot)): Path<(Uuid, u32)>,
    JsonBody(ask): JsonBody<TakeToken>,
) -> Result<Json<Token>, Problem> {
    let case = app
        .registry
        .get(id)
        .filter(|_| session.opens(id))
        .ok_or(Problem::NotFound {})?;
    let actor = session.actor().ok_or(Problem::NotAllowed {})?;
    let ballot = BallotId(ballot);
    let blinded: [u8; 32] =
        from_b64(&ask.blinded).ok_or_else(|| bad_request("blinded is not 32 bytes in base64url"))?;
    let device = session.device_key.map(|key| Device::new(session.generation, key));
    let command = Command::TakeToken {
        ballot,
        round: ask.round,
        blinded: ask.blinded,
        signature: ask.signature,
    };
    let taken = case
        .submit(Wish {
            id: ask.id,
            actor,
            command,
            expects: None,
            device,
        })
        .await?;
    if let Verdict::Refused { refusal } = taken {
        return Err(Problem::Refused { refusal });
    }
    let header = header_of(&case, ballot, ask.round).ok_or(Problem::NotFound {})?;
    let text = header.text().to_owned();
    let issued = app.office.issue(header, blinded).await.map_err(|error| match error {
        OfficeFault::BadElement => bad_request("blinded is not an element"),
        OfficeFault::NoKey | OfficeFault::Failed(_) => fault(error),
    })?;
    Ok(Json(Token {
        evaluated: to_b64(&issued.evaluated),
        proof: to_b64(&issued.proof),
        header: text,
    }))
}

/// A secret vote. Refuses a call that says who it is.
#[utoipa::path(post, path = "/api/cast", tag = "ballot", request_body = SecretCast, responses(
    (status = 200, body = CastReceipt, description = "the vote is durable in the box"),
    (status = 409, body = Problem, description = "cast_refused"),
))]
pub async fn cast(
    State(app): State<AppState>,
    headers: HeaderMap,
    JsonBody(cast): JsonBody<SecretCast>,
) -> Result<Json<CastReceipt>, Problem> {
    if headers.contains_key(AUTHORIZATION) || headers.contains_key(COOKIE) {
        return Err(refused(CastRefusal::LoginWithCast));
    }
    let case = app.registry.get(cast.appraisal).ok_or(Problem::NotFound {})?;
    let (header, change) = open_header(&case, BallotId(cast.ballot), cast.round).map_err(refused)?;
    let text = CastText {
        vote_pk: &cast.vote_pk,
        token: &cast.token,
        seq: cast.seq,
        choices: &cast.choices,
        sig: &cast.sig,
    };
    let receipt = app.office.cast(header, text, change).await.map_err(|why| match why {
        CastRefused::Wrong(CastFault::NoSuchOption | CastFault::ChoicesCount) => refused(CastRefusal::NoSuchOption),
        CastRefused::Wrong(CastFault::Malformed { .. } | CastFault::NoSequence) => refused(CastRefusal::Malformed),
        CastRefused::Wrong(CastFault::Token) => refused(CastRefusal::Token),
        CastRefused::Wrong(CastFault::Signature) => refused(CastRefusal::Signature),
        CastRefused::Older => refused(CastRefusal::Older),
        CastRefused::Taken => refused(CastRefusal::Taken),
        CastRefused::OtherContent => refused(CastRefusal::OtherContent),
        CastRefused::Closed => refused(CastRefusal::Closed),
        CastRefused::Busy => refused(CastRefusal::Busy),
        CastRefused::Fault => Problem::Fault {},
    })?;
    Ok(Json(CastReceipt {
        receipt: to_b64(&receipt),
    }))
}

/// The board of a released round, seed and all; whole, so that nobody asks for one line.
#[utoipa::path(get, path = "/api/public/{id}/boards/{ballot}", tag = "ballot",
    params(("id" = String, Path), ("ballot" = u32, Path)), responses(
    (status = 200, description = "the board's text"),
    (status = 404, body = Problem, description = "not_found: nothing is released yet"),
))]
pub async fn board(
    State(app): State<AppState>,
    Case(case): Case,
    Path((_, ballot)): Path<(Uuid, u32)>,
) -> Result<Response, Problem> {
    let released = case.look(|c| c.ballots.get(&BallotId(ballot))?.casts.secret()?.released.clone());
    let digest = released.and_then(|d| d.parse().ok()).ok_or(Problem::NotFound {})?;
    let blobs = app.blobs.clone();
    let text = tokio::task::spawn_blocking(move || blobs.get(digest))
        .await
        .map_err(fault)?
        .map_err(fault)?;
    let text = text.ok_or(Problem::NotFound {})?;
    Ok(([(CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
}

const fn refused(reason: CastRefusal) -> Problem {
    Problem::CastRefused { reason }
}

fn header_of(case: &CaseHandle, ballot: BallotId, round: u32) -> Option<Header> {
    let text = case.look(|c| {
        let b = c.ballots.get(&ballot).filter(|b| b.round == round)?;
        Some(b.casts.secret()?.header.clone())
    });
    Header::parse(&text?).ok()
}

/// The header of a round that takes casts now.
fn open_header(case: &CaseHandle, ballot: BallotId, round: u32) -> Result<(Header, ChangeRule), CastRefusal> {
    let state = case.look(|c| c.ballots.get(&ballot).map(|b| (b.round, b.state, b.rule.change)));
    match state {
        Some((now, ..)) if now != round => Err(CastRefusal::OtherRound),
        Some((_, BallotState::Open | BallotState::Closing, change)) => {
            let header = header_of(case, ballot, round).ok_or(CastRefusal::NotOpen)?;
            Ok((header, change))
        }
        Some((_, BallotState::Sealed | BallotState::Announced, _)) => Err(CastRefusal::Closed),
        Some((_, BallotState::Prepared | BallotState::Presented | BallotState::Paused, _)) | None => {
            Err(CastRefusal::NotOpen)
        }
    }
}

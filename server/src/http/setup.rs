//! The first start: whoever has the set-up link makes the body and its first desk account.

use axum::Json;
use axum::extract::State;
use pingyi_core::body::{Body, BodyCommand, BodyReply, BodyStamped};
use pingyi_core::stamp::Actor;
use uuid::Uuid;

use super::request::{JsonBody, blocking, to_the_end};
use super::sign_in::{desk_session, signed_in};
use super::state::AppState;
use super::status::{fault, too_large};
use crate::body::BodyWish;
use crate::limits::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
use crate::protocol::Problem;
use crate::protocol::call::{Setup, SignedIn};

/// Makes the body and its first account.
#[utoipa::path(post, path = "/api/setup", tag = "doors", request_body = Setup, responses(
    (status = 200, body = SignedIn),
    (status = 403, body = Problem, description = "not_allowed: not the secret of the set-up link"),
    (status = 409, body = Problem, description = "setup_done, refused"),
    (status = 422, body = Problem, description = "password_too_short"),
))]
pub async fn setup(State(app): State<AppState>, JsonBody(form): JsonBody<Setup>) -> Result<Json<SignedIn>, Problem> {
    to_the_end(run(app, form)).await.map(Json)
}

async fn run(app: AppState, form: Setup) -> Result<SignedIn, Problem> {
    if app.body.look(|b| !b.accounts.is_empty()) {
        return Err(Problem::SetupDone {});
    }
    check_password(&form.password)?;
    let account = tried(&app, &form)?;
    let taking = (app.clone(), form.secret.clone());
    let taken = blocking(move || taking.0.doors.links.take_setup(&taking.1)).await??;
    if !taken {
        let asking = app.clone();
        let open = blocking(move || asking.vault.setup_open()).await??;
        return Err(if open {
            Problem::NotAllowed {}
        } else {
            Problem::SetupDone {}
        });
    }
    let secret = form.secret.clone();
    let made = make(&app, form, account).await;
    if made.is_err() && app.body.look(|b| b.accounts.is_empty()) {
        let giving = app.clone();
        blocking(move || giving.doors.links.give_setup_back(&secret)).await??;
    }
    made
}

/// The password comes first: an account that nobody can open would shut the door for good.
async fn make(app: &AppState, form: Setup, account: u32) -> Result<SignedIn, Problem> {
    let Setup {
        body_name,
        account: name,
        password,
        ..
    } = form;
    set_password(app, account, password).await?;
    submit(app, BodyCommand::NameBody { name: body_name }).await?;
    match submit(app, BodyCommand::AddAccount { name }).await? {
        BodyReply::AccountAdded {
            account: given,
            generation,
        } if given == account => signed_in(app, desk_session(account, generation)).await,
        other => Err(fault(format!("the first account is another than was tried: {other:?}"))),
    }
}

/// What the body would say, found out on a copy before the secret is used up. Gives the account's number.
fn tried(app: &AppState, form: &Setup) -> Result<u32, Problem> {
    let mut copy = app.body.look(Body::clone);
    let mut apply = |command| {
        copy.apply(&BodyStamped {
            id: Uuid::new_v4(),
            actor: Actor::System {},
            at: app.clock.now_ms(),
            command,
        })
    };
    apply(BodyCommand::NameBody {
        name: form.body_name.clone(),
    })?;
    match apply(BodyCommand::AddAccount {
        name: form.account.clone(),
    })? {
        BodyReply::AccountAdded { account, .. } => Ok(account),
        BodyReply::Done {} => Err(fault("an account was added without a number")),
    }
}

async fn submit(app: &AppState, command: BodyCommand) -> Result<BodyReply, Problem> {
    let wish = BodyWish {
        id: Uuid::new_v4(),
        actor: Actor::System {},
        command,
    };
    Ok(app.body.submit(wish, app.clock.now_ms()).await??)
}

pub(super) async fn set_password(app: &AppState, account: u32, password: String) -> Result<(), Problem> {
    let _turn = app.doors.hashing_turn().await.ok_or(Problem::Fault {})?;
    let vault = app.vault.clone();
    Ok(blocking(move || vault.set_password(account, &password)).await??)
}

pub(super) fn check_password(password: &str) -> Result<(), Problem> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(too_large(PASSWORD_BYTES_MAX));
    }
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(Problem::PasswordTooShort {
            chars_min: u32::try_from(PASSWORD_CHARS_MIN).unwrap_or(u32::MAX),
        });
    }
    Ok(())
}

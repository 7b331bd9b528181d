//! The accounts of the general office: every clerk with a name of their own. All may do the same.

use axum::Json;
use axum::extract::{Path, State};
use pingyi_core::body::{Body, BodyCommand, BodyReply, BodyStamped};
use serde_json::{Value, json};
use uuid::Uuid;

use super::request::{DeskSession, JsonBody, blocking, to_the_end};
use super::setup::{check_password, set_password};
use super::state::AppState;
use super::status::fault;
use crate::body::BodyWish;
use crate::protocol::Problem;
use crate::protocol::call::{AccountView, Accounts, RenameAccount, RenewPassword, SignInAccount};

/// All accounts, in the order they were made.
#[utoipa::path(get, path = "/api/accounts", tag = "desk", security(("bearer" = [])), responses(
    (status = 200, body = Accounts),
    (status = 401, body = Problem, description = "sign_in_required"),
))]
pub async fn list(State(app): State<AppState>, desk: DeskSession) -> Json<Accounts> {
    let accounts = app.body.look(|b| {
        let view = |(account, a): (&u32, &pingyi_core::body::Account)| AccountView {
            account: *account,
            name: a.name.clone(),
            own: *account == desk.account,
        };
        b.accounts.iter().map(view).collect()
    });
    Json(Accounts { accounts })
}

/// Makes one more account of the office.
#[utoipa::path(post, path = "/api/accounts", tag = "desk", request_body = SignInAccount, responses(
    (status = 200, description = "the account may sign in"),
    (status = 401, body = Problem, description = "sign_in_required"),
    (status = 409, body = Problem, description = "refused: name_taken, text_missing, text_too_long, text_hidden"),
    (status = 422, body = Problem, description = "password_too_short"),
))]
pub async fn add(
    State(app): State<AppState>,
    desk: DeskSession,
    JsonBody(form): JsonBody<SignInAccount>,
) -> Result<Json<Value>, Problem> {
    check_password(&form.password)?;
    to_the_end(run(app, desk, form)).await.map(Json)
}

async fn run(app: AppState, desk: DeskSession, form: SignInAccount) -> Result<Value, Problem> {
    // One at a time: the password is kept under the number the account will have.
    let _turn = app.importing.lock().await;
    let command = BodyCommand::AddAccount { name: form.account };
    let (id, actor) = (Uuid::new_v4(), desk.actor());
    let stamped = BodyStamped {
        id,
        actor,
        at: app.clock.now_ms(),
        command: command.clone(),
    };
    let BodyReply::AccountAdded { account, .. } = app.body.look(Body::clone).apply(&stamped)? else {
        return Err(fault("an account was added without a number"));
    };
    // The password comes first: an account that nobody can open would be of no use.
    set_password(&app, account, form.password).await?;
    app.body
        .submit(BodyWish { id, actor, command }, app.clock.now_ms())
        .await??;
    Ok(json!({}))
}

/// Gives an account another name. Who is signed in stays so.
#[utoipa::path(post, path = "/api/accounts/{account}/rename", tag = "desk", security(("bearer" = [])),
    params(("account" = u32, Path)), request_body = RenameAccount, responses(
        (status = 200, description = "an empty object"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 409, body = Problem, description = "refused: name_taken, text_missing, text_too_long, text_hidden"),
    ))]
pub async fn rename(
    State(app): State<AppState>,
    desk: DeskSession,
    Path(account): Path<u32>,
    JsonBody(form): JsonBody<RenameAccount>,
) -> Result<Json<Value>, Problem> {
    let name = form.name;
    submit(&app, &desk, BodyCommand::RenameAccount { account, name }).await?;
    Ok(Json(json!({})))
}

/// Sets another password. Whoever is signed in to the account is out at once.
#[utoipa::path(post, path = "/api/accounts/{account}/password", tag = "desk", security(("bearer" = [])),
    params(("account" = u32, Path)), request_body = RenewPassword, responses(
        (status = 200, description = "an empty object"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 422, body = Problem, description = "password_too_short"),
    ))]
pub async fn renew_password(
    State(app): State<AppState>,
    desk: DeskSession,
    Path(account): Path<u32>,
    JsonBody(form): JsonBody<RenewPassword>,
) -> Result<Json<Value>, Problem> {
    check_password(&form.password)?;
    to_the_end(async move {
        // Nor may an account be removed in between: a password would be left that opens nothing.
        let _turn = app.importing.lock().await;
        if !app.body.look(|b| b.accounts.contains_key(&account)) {
            return Err(Problem::NotFound {});
        }
        // The password comes first: else somebody could sign in with the old one after the sessions were ended.
        set_password(&app, account, form.password).await?;
        submit(&app, &desk, BodyCommand::RenewAccount { account }).await?;
        let doors = app.doors.clone();
        blocking(move || doors.sessions.end_account(account)).await??;
        Ok(Json(json!({})))
    })
    .await
}

/// Takes an account away, and signs it out at once. The last one stays.
#[utoipa::path(post, path = "/api/accounts/{account}/remove", tag = "desk", security(("bearer" = [])),
    params(("account" = u32, Path)), responses(
        (status = 200, description = "an empty object"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 409, body = Problem, description = "last_account"),
    ))]
pub async fn remove(
    State(app): State<AppState>,
    desk: DeskSession,
    Path(account): Path<u32>,
) -> Result<Json<Value>, Problem> {
    to_the_end(async move {
        let _turn = app.importing.lock().await;
        submit(&app, &desk, BodyCommand::RemoveAccount { account }).await?;
        let (doors, vault) = (app.doors.clone(), app.vault.clone());
        blocking(move || {
            doors.sessions.end_account(account)?;
            vault.drop_password(account)
        })
        .await??;
        Ok(Json(json!({})))
    })
    .await
}

pub(super) async fn submit(app: &AppState, desk: &DeskSession, command: BodyCommand) -> Result<BodyReply, Problem> {
    let (id, actor) = (Uuid::new_v4(), desk.actor());
    let wish = BodyWish { id, actor, command };
    Ok(app.body.submit(wish, app.clock.now_ms()).await??)
}

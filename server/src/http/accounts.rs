//! Further accounts of the general office: every clerk with a name of their own.

use axum::Json;
use axum::extract::State;
use pingyi_core::body::{Body, BodyCommand, BodyReply, BodyStamped};
use serde_json::{Value, json};
use uuid::Uuid;

use super::request::{DeskSession, JsonBody, to_the_end};
use super::setup::{check_password, set_password};
use super::state::AppState;
use super::status::fault;
use crate::body::BodyWish;
use crate::protocol::Problem;
use crate::protocol::call::SignInAccount;

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

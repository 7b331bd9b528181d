//! Where phones reach this program, seen and set at the desk.

use axum::Json;
use axum::extract::State;
use pingyi_core::body::BodyCommand;
use uuid::Uuid;

use super::request::{DeskSession, JsonBody};
use super::state::AppState;
use crate::body::BodyWish;
use crate::doors::address::checked;
use crate::protocol::Problem;
use crate::protocol::call::{AddressView, SetAddress};

/// The address in use and what could be used.
#[utoipa::path(get, path = "/api/address", tag = "desk", security(("bearer" = [])), responses(
    (status = 200, body = AddressView),
    (status = 401, body = Problem, description = "sign_in_required"),
    (status = 403, body = Problem, description = "not_allowed"),
))]
pub async fn view(State(app): State<AppState>, _: DeskSession) -> Json<AddressView> {
    Json(present(&app))
}

/// Sets it for all QR codes from now on; empty means: guess again.
#[utoipa::path(post, path = "/api/address", tag = "desk", security(("bearer" = [])), request_body = SetAddress,
    responses(
        (status = 200, body = AddressView),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 422, body = Problem, description = "bad_address"),
    ))]
pub async fn set(
    State(app): State<AppState>,
    desk: DeskSession,
    JsonBody(form): JsonBody<SetAddress>,
) -> Result<Json<AddressView>, Problem> {
    let address = match form.address.trim() {
        "" => String::new(),
        typed => checked(typed).map_err(|_| Problem::BadAddress {})?,
    };
    let command = BodyCommand::SetAddress { address };
    let wish = BodyWish {
        id: Uuid::new_v4(),
        actor: desk.actor(),
        command,
    };
    app.body.submit(wish, app.clock.now_ms()).await??;
    Ok(Json(present(&app)))
}

fn present(app: &AppState) -> AddressView {
    app.doors.address.view(app.body.look(|b| b.address.clone()).as_deref())
}

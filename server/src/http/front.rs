//! What pages ask before and after signing in: whether there is a body, which sitting a code opens, who I am.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::request::AnySession;
use super::state::AppState;
use crate::protocol::Problem;
use crate::protocol::call::{DoorInfo, Front, WhoAmI};

/// The state of the program for a page that is not signed in.
#[utoipa::path(get, path = "/api/front", tag = "doors", responses((status = 200, body = Front)))]
pub async fn front(State(app): State<AppState>) -> Json<Front> {
    Json(app.body.look(|b| Front {
        set_up: !b.accounts.is_empty(),
        body_name: b.name.clone(),
    }))
}

/// What the bearer opens.
#[utoipa::path(get, path = "/api/whoami", tag = "doors", security(("bearer" = [])), responses(
    (status = 200, body = WhoAmI),
    (status = 401, body = Problem, description = "sign_in_required"),
))]
pub async fn whoami(State(app): State<AppState>, AnySession(session): AnySession) -> Json<WhoAmI> {
    let name = app.name_of(&session);
    Json(WhoAmI {
        role: session.role,
        appraisal: session.appraisal,
        person: session.person,
        name,
    })
}

#[derive(Deserialize)]
pub struct HallCodeQuery {
    #[serde(default)]
    hall_code: String,
}

/// Which sitting a hall code opens.
#[utoipa::path(get, path = "/api/door", tag = "doors",
    params(("hall_code" = String, Query, description = "six digits from the hall's screen")),
    responses(
        (status = 200, body = DoorInfo),
        (status = 410, body = Problem, description = "hall_code_expired"),
    ))]
pub async fn door(State(app): State<AppState>, Query(query): Query<HallCodeQuery>) -> Result<Json<DoorInfo>, Problem> {
    let appraisal = app.doors.hall_codes.check(&query.hall_code, app.clock.now_ms());
    let case = appraisal
        .and_then(|id| app.registry.get(id))
        .ok_or(Problem::HallCodeExpired {})?;
    Ok(Json(case.look(|c| DoorInfo {
        appraisal: c.id,
        title: c.names.title.clone(),
        body_name: c.names.body_name.clone(),
        session_name: c.names.session_name.clone(),
    })))
}

/// For whoever watches the program.
#[utoipa::path(get, path = "/health", tag = "doors", responses((status = 200, description = "ok, and how many cases run")))]
pub async fn health(State(app): State<AppState>) -> Json<Value> {
    Json(json!({ "ok": true, "appraisals": app.registry.all().len() }))
}

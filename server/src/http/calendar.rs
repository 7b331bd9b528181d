//! The calendar of public holidays that a case's deadlines are counted with.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use pingyi_core::Command;
use serde_json::{Value, json};

use super::download::download;
use super::request::{Case, DeskSession, blocking, read_body};
use super::state::AppState;
use super::status::fault;
use crate::conductor::Wish;
use crate::documents::calendar::{calendar_template_csv, read_calendar};
use crate::limits::CALENDAR_FILE_MAX_BYTES;
use crate::protocol::{Problem, Verdict};

/// Takes the calendar of a file without faults: years that it lists are as it says, others stay. With any fault nothing is
/// taken.
#[utoipa::path(post, path = "/api/appraisals/{id}/calendar", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
        (status = 200, description = "an empty object"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 409, body = Problem, description = "refused"),
        (status = 413, body = Problem, description = "too_large"),
        (status = 422, body = Problem, description = "bad_calendar"),
    ))]
pub async fn import(
    State(app): State<AppState>,
    desk: DeskSession,
    Case(case): Case,
    body: Body,
) -> Result<Json<Value>, Problem> {
    let _turn = app.uploads.acquire().await.map_err(fault)?;
    let bytes = read_body(body, CALENDAR_FILE_MAX_BYTES).await?;
    let read = blocking(move || read_calendar(&bytes)).await?;
    let spans = read.map_err(|faults| Problem::BadCalendar { faults })?;
    // The order holds the whole calendar; who imports next year's notice means to keep this year's.
    let spans = case.look(|c| c.follow_up.calendar.with(&spans));
    let wish = Wish::fresh(desk.actor(), Command::SetCalendar { spans });
    match case.submit(wish).await? {
        Verdict::Accepted { .. } => Ok(Json(json!({}))),
        Verdict::Refused { refusal } => Err(refusal.into()),
    }
}

/// The empty calendar file.
#[utoipa::path(get, path = "/api/calendar-template.csv", tag = "desk", responses((status = 200, description = "a CSV file")))]
pub async fn template_csv() -> Response {
    download(calendar_template_csv(), "text/csv; charset=utf-8", "节假日安排模板.csv")
}

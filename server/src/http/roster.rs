//! Rosters: look at a file, import it, and the template for clerks. PINs go from the file to the vault and nowhere else.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Response;
use bytes::Bytes;
use pingyi_core::Command;
use pingyi_core::command::RosterEntry;
use pingyi_core::roster::PersonKind;
use pingyi_core::stamp::Actor;

use super::download::download;
use super::request::{Case, DeskSession, FileName, blocking, read_body, to_the_end};
use super::state::AppState;
use super::status::fault;
use crate::conductor::{CaseHandle, Wish};
use crate::documents::ROSTER_FILE_MAX_BYTES;
use crate::documents::roster::{RosterKind, RosterRow, RosterSheet, read_roster};
use crate::documents::roster_template::{roster_template_csv, roster_template_xlsx};
use crate::protocol::call::{RosterImported, RosterPreview};
use crate::protocol::{Problem, Verdict};
use crate::vault::PinOf;

pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Reads a file and changes nothing.
#[utoipa::path(post, path = "/api/appraisals/{id}/roster/preview", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("file_name" = String, Query)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
        (status = 200, body = RosterPreview),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 413, body = Problem, description = "too_large"),
        (status = 422, body = Problem, description = "bad_roster_file"),
    ))]
pub async fn preview(
    State(app): State<AppState>,
    _: DeskSession,
    _: Case,
    Query(query): Query<FileName>,
    body: Body,
) -> Result<Json<RosterPreview>, Problem> {
    let sheet = read(&app, query, body).await?;
    let of_kind = |kind| count(sheet.rows.iter().filter(|row| row.kind == kind).count());
    let (members, attendees) = (of_kind(RosterKind::Member), of_kind(RosterKind::Attendee));
    Ok(Json(RosterPreview {
        sheet,
        members,
        attendees,
    }))
}

/// Takes the roster of a file without faults; with any fault nothing is imported.
#[utoipa::path(post, path = "/api/appraisals/{id}/roster/import", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("file_name" = String, Query)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
        (status = 200, body = RosterImported),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 409, body = Problem, description = "refused: the roster is frozen, for example"),
        (status = 413, body = Problem, description = "too_large"),
        (status = 422, body = Problem, description = "bad_roster_file, faulty_rows"),
    ))]
pub async fn import(
    State(app): State<AppState>,
    desk: DeskSession,
    Case(case): Case,
    Query(query): Query<FileName>,
    body: Body,
) -> Result<Json<RosterImported>, Problem> {
    let sheet = read(&app, query, body).await?;
    if !sheet.faults.is_empty() {
        return Err(Problem::FaultyRows {
            faults: count(sheet.faults.len()).saturating_add(sheet.unlisted),
        });
    }
    to_the_end(run(app, case, desk.actor(), sheet)).await.map(Json)
}

async fn run(app: AppState, case: CaseHandle, actor: Actor, sheet: RosterSheet) -> Result<RosterImported, Problem> {
    let _turn = app.importing.lock().await;
    let people = sheet.rows.iter().map(entry).collect();
    match case
        .submit(Wish::fresh(actor, Command::ImportRoster { people }))
        .await?
    {
        Verdict::Accepted { .. } => {}
        Verdict::Refused { refusal } => return Err(refusal.into()),
    }
    let ids: BTreeMap<String, u32> =
        case.look(|c| c.roster.people.iter().map(|(id, p)| (p.name.clone(), id.0)).collect());
    let people = count(ids.len());
    let (vault, appraisal) = (app.vault.clone(), case.id());
    let pins = blocking(move || {
        let of_row = |row: &'_ RosterRow| Some((*ids.get(row.name.trim())?, row.pin.clone()?));
        let pins: Vec<(u32, String)> = sheet.rows.iter().filter_map(of_row).collect();
        let pins: Vec<PinOf<'_>> = pins
            .iter()
            .map(|(person, pin)| PinOf { person: *person, pin })
            .collect();
        vault.replace_pins(appraisal, &pins).map(|()| count(pins.len()))
    });
    Ok(RosterImported {
        people,
        pins: pins.await??,
    })
}

/// The PIN stays behind.
fn entry(row: &RosterRow) -> RosterEntry {
    RosterEntry {
        name: row.name.clone(),
        kind: match row.kind {
            RosterKind::Member => PersonKind::Member,
            RosterKind::Attendee => PersonKind::Attendee,
        },
        title: row.title.clone(),
        group: row.group.clone(),
        seat: row.seat.clone(),
    }
}

async fn read(app: &AppState, query: FileName, body: Body) -> Result<RosterSheet, Problem> {
    let _turn = app.uploads.acquire().await.map_err(fault)?;
    let bytes: Bytes = read_body(body, ROSTER_FILE_MAX_BYTES).await?;
    let read = blocking(move || read_roster(&query.file_name, &bytes)).await?;
    read.map_err(|error| Problem::BadRosterFile { error })
}

/// The template as a workbook.
#[utoipa::path(get, path = "/api/roster-template.xlsx", tag = "desk", responses(
    (status = 200, description = "a workbook"),
    (status = 503, body = Problem, description = "fault"),
))]
pub async fn template_xlsx() -> Result<Response, Problem> {
    let bytes = blocking(roster_template_xlsx).await?.map_err(fault)?;
    Ok(download(bytes, XLSX, "名册模板.xlsx"))
}

/// The template as text.
#[utoipa::path(get, path = "/api/roster-template.csv", tag = "desk", responses((status = 200, description = "a CSV file")))]
pub async fn template_csv() -> Response {
    download(roster_template_csv(), "text/csv; charset=utf-8", "名册模板.csv")
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

//! The calendar feed of a case: an address that is its own permission, because calendar programs send no bearer. It is
//! made at the desk, renewed and shut there, and opens nothing but the days.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use pingyi_core::body::BodyCommand;
use serde::Deserialize;
use uuid::Uuid;

use super::accounts::submit;
use super::request::{Case, DeskSession, to_the_end};
use super::state::{AppState, Outer};
use crate::documents::ics;
use crate::documents::ics_words::FeedLanguage;
use crate::protocol::Problem;
use crate::protocol::call::FeedLink;

/// The feed's address, if it has one.
#[utoipa::path(get, path = "/api/appraisals/{id}/feed", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), responses(
        (status = 200, body = FeedLink),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn view(State(app): State<AppState>, _: DeskSession, Case(case): Case) -> Json<FeedLink> {
    Json(app.feed_link(case.id()))
}

/// A new address; the one before opens nothing more.
#[utoipa::path(post, path = "/api/appraisals/{id}/feed/renew", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), responses(
        (status = 200, body = FeedLink),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn renew(
    State(app): State<AppState>,
    desk: DeskSession,
    Case(case): Case,
) -> Result<Json<FeedLink>, Problem> {
    let appraisal = case.id();
    change(app, desk, appraisal, BodyCommand::RenewFeed { appraisal }).await
}

/// No address opens it any more.
#[utoipa::path(post, path = "/api/appraisals/{id}/feed/shut", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), responses(
        (status = 200, body = FeedLink),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn shut(State(app): State<AppState>, desk: DeskSession, Case(case): Case) -> Result<Json<FeedLink>, Problem> {
    let appraisal = case.id();
    change(app, desk, appraisal, BodyCommand::ShutFeed { appraisal }).await
}

async fn change(
    app: AppState,
    desk: DeskSession,
    appraisal: Uuid,
    command: BodyCommand,
) -> Result<Json<FeedLink>, Problem> {
    to_the_end(async move {
        submit(&app, &desk, command).await?;
        Ok(Json(app.feed_link(appraisal)))
    })
    .await
}

/// How the calendar is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    lang: String,
}

/// The calendar itself (`text/calendar`). `secret` may end in `.ics`. With `lang=en` its words are English.
#[utoipa::path(get, path = "/api/feeds/{secret}", tag = "public",
    params(("secret" = String, Path), ("lang" = Option<String>, Query, description = "`en` for English")), responses(
    (status = 200, description = "an iCalendar file", content_type = "text/calendar"),
    (status = 404, body = Problem, description = "not_found"),
))]
pub async fn fetch(
    State(app): State<AppState>,
    Path(secret): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let secret = secret.strip_suffix(".ics").unwrap_or(&secret);
    let open = app.body.look(|b| {
        let feeds = b.appraisals.keys().map(|id| (*id, b.feed_generation(*id)));
        feeds.filter_map(|(id, g)| Some((id, g?))).collect::<Vec<_>>()
    });
    let appraisal = app.doors.links.feed_of(secret, &open).ok_or(Problem::NotFound {})?;
    let case = app.registry.get(appraisal).ok_or(Problem::NotFound {})?;
    let language = FeedLanguage::of(&asked.lang);
    let text = case.look(|c| ics::calendar(c, language));
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}

impl Outer {
    fn feed_link(&self, appraisal: Uuid) -> FeedLink {
        let generation = self.body.look(|b| b.feed_generation(appraisal));
        let address = self.public_address();
        FeedLink {
            url: generation.map(|g| {
                let secret = self.doors.links.feed_secret(appraisal, g);
                format!("{address}/api/feeds/{secret}.ics")
            }),
        }
    }
}

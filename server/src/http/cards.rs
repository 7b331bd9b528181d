//! What the desk prints and hands out: seat cards with their QR codes, and the stations' links.

use axum::Json;
use axum::extract::State;
use pingyi_core::body::BodyCommand;
use pingyi_core::ids::PersonId;
use pingyi_core::roster::Person;
use serde_json::{Value, json};
use uuid::Uuid;

use super::accounts::submit;
use super::request::{Case, DeskSession, JsonBody, blocking, to_the_end};
use super::state::{AppState, Outer};
use super::status::fault;
use crate::doors::{Station, qr};
use crate::protocol::Problem;
use crate::protocol::call::{Card, Cards, LiftGuesses, RenewStation, StationLinks};

/// Everybody's present card.
#[utoipa::path(get, path = "/api/appraisals/{id}/cards", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), responses(
        (status = 200, body = Cards),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn cards(State(app): State<AppState>, _: DeskSession, Case(case): Case) -> Result<Json<Cards>, Problem> {
    let people: Vec<_> = case.look(|c| c.roster.people.iter().map(|(id, p)| (*id, p.clone())).collect());
    let appraisal = case.id();
    let cards = blocking(move || {
        let address = app.public_address();
        let card = |(id, person)| card(&app, &address, appraisal, id, person);
        let cards = people.into_iter().map(card).collect::<Result<_, Problem>>()?;
        Ok::<_, Problem>(Cards { address, cards })
    });
    Ok(Json(cards.await??))
}

fn card(app: &Outer, address: &str, appraisal: Uuid, id: PersonId, person: Person) -> Result<Card, Problem> {
    let code = app.doors.cards.code(appraisal, id, person.card_generation);
    let url = format!("{address}/#c={code}");
    let svg = qr::svg(&url).map_err(fault)?;
    let Person {
        name,
        kind,
        title,
        group,
        seat,
        ..
    } = person;
    Ok(Card {
        person: id,
        name,
        kind,
        title,
        group,
        seat,
        code,
        url,
        svg,
    })
}

/// Links that open each station signed in.
#[utoipa::path(get, path = "/api/appraisals/{id}/stations", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), responses(
        (status = 200, body = StationLinks),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn stations(State(app): State<AppState>, _: DeskSession, Case(case): Case) -> Json<StationLinks> {
    Json(app.station_links(case.id()))
}

/// Gives a station a new link.
#[utoipa::path(post, path = "/api/appraisals/{id}/stations/renew", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), request_body = RenewStation, responses(
        (status = 200, body = StationLinks, description = "the links as they are now"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn renew_station(
    State(app): State<AppState>,
    desk: DeskSession,
    Case(case): Case,
    JsonBody(form): JsonBody<RenewStation>,
) -> Result<Json<StationLinks>, Problem> {
    to_the_end(async move {
        let (appraisal, station) = (case.id(), form.station);
        submit(&app, &desk, BodyCommand::RenewStation { appraisal, station }).await?;
        let ending = app.clone();
        blocking(move || ending.doors.sessions.end_station(appraisal, station)).await??;
        Ok(Json(app.station_links(appraisal)))
    })
    .await
}

/// Lets a person who guessed the PIN too often try again at once.
#[utoipa::path(post, path = "/api/appraisals/{id}/guesses/lift", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), request_body = LiftGuesses, responses(
        (status = 200, description = "an empty object"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn lift_guesses(
    State(app): State<AppState>,
    _: DeskSession,
    Case(case): Case,
    JsonBody(form): JsonBody<LiftGuesses>,
) -> Json<Value> {
    app.doors.guesses.lift(case.id(), form.person);
    Json(json!({}))
}

impl Outer {
    pub fn station_links(&self, appraisal: Uuid) -> StationLinks {
        let address = self.public_address();
        let link = |page: &str, station| {
            let generation = self.body.look(|b| b.station_generation(appraisal, station));
            let secret = self.doors.links.station_secret(appraisal, station, generation);
            format!("{address}/{page}#k={secret}")
        };
        StationLinks {
            chair: link("chair", Station::Chair),
            operator: link("chair", Station::Operator),
            projector: link("projector", Station::Projector),
            public: format!("{address}/public?a={appraisal}"),
        }
    }
}

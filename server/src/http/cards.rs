//! What the desk prints and hands out: seat cards with their QR codes, and the stations' links.

use axum::Json;
use axum::extract::State;
use pingyi_core::ids::PersonId;
use pingyi_core::roster::Person;
use serde_json::{Value, json};
use uuid::Uuid;

use super::request::{Case, DeskSession, JsonBody, blocking};
use super::state::{AppState, Outer};
use super::status::fault;
use crate::doors::{Station, qr};
use crate::protocol::Problem;
use crate::protocol::call::{Card, Cards, LiftGuesses, StationLinks};

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
            format!(
                "{address}/{page}#k={}",
                self.doors.links.station_secret(appraisal, station)
            )
        };
        StationLinks {
            chair: link("chair", Station::Chair),
            operator: link("chair", Station::Operator),
            projector: link("projector", Station::Projector),
            public: format!("{address}/public?a={appraisal}"),
        }
    }
}

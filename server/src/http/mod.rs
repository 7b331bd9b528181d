//! The edge of plain requests: sign-in, uploads, what the desk prints, and the embedded pages.
//! It holds handles of cases and never changes one but by a command.

mod accounts;
mod address;
pub mod assets;
mod body;
mod calendar;
mod cards;
mod cast;
pub mod connections;
mod documents;
mod download;
mod exports;
mod feeds;
mod front;
mod guard;
mod history;
mod metrics;
mod names;
pub mod openapi;
mod papers;
mod public;
mod request;
mod roster;
mod rules;
mod setup;
mod sign_in;
pub mod state;
pub mod status;
mod survey;
mod survey_desk;
#[cfg(test)]
mod tests;
mod uploads;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

pub use self::request::Peer;
pub use self::state::{AppState, Outer, OuterParts};
use crate::protocol::Problem;

/// All calls, and the pages for every other path. Serve it with the peer's address (`ConnectInfo<SocketAddr>`) among
/// the request's extensions: without it every phone counts as one guesser.
pub fn router(app: AppState) -> Router {
    let api = Router::new()
        .route("/setup", post(setup::setup))
        .route("/sign-in/account", post(sign_in::account))
        .route("/sign-in/card", post(sign_in::card))
        .route("/sign-in/hall", post(sign_in::hall))
        .route("/sign-in/link", post(sign_in::link))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/front", get(front::front))
        .route("/whoami", get(front::whoami))
        .route("/door", get(front::door))
        .route("/body", get(body::view))
        .route("/accounts", get(accounts::list).post(accounts::add))
        .route("/accounts/{account}/rename", post(accounts::rename))
        .route("/accounts/{account}/password", post(accounts::renew_password))
        .route("/accounts/{account}/remove", post(accounts::remove))
        .route("/appraisals", post(body::create))
        .route("/appraisals/{id}/roster/preview", post(roster::preview))
        .route("/appraisals/{id}/roster/import", post(roster::import))
        .route("/appraisals/{id}/documents", post(documents::store))
        .route("/appraisals/{id}/documents/{digest}", get(documents::fetch))
        .route("/appraisals/{id}/export", post(exports::export))
        .route("/exports/{secret}", get(exports::fetch))
        .route("/appraisals/{id}/cards", get(cards::cards))
        .route("/appraisals/{id}/stations", get(cards::stations))
        .route("/appraisals/{id}/stations/renew", post(cards::renew_station))
        .route("/appraisals/{id}/feed", get(feeds::view))
        .route("/appraisals/{id}/feed/renew", post(feeds::renew))
        .route("/appraisals/{id}/feed/shut", post(feeds::shut))
        .route("/feeds/{secret}", get(feeds::fetch))
        .route("/appraisals/{id}/guesses/lift", post(cards::lift_guesses))
        .route("/appraisals/{id}/ballots/{ballot}/token", post(cast::token))
        .route("/cast", post(cast::cast))
        .route("/public/{id}/boards/{ballot}", get(cast::board))
        .route("/public/{id}/questionnaires/{questionnaire}", get(survey::form))
        .route("/answer", post(survey::answer))
        .route(
            "/appraisals/{id}/questionnaires/{questionnaire}/door",
            get(survey_desk::door),
        )
        .route(
            "/appraisals/{id}/questionnaires/{questionnaire}/slips",
            post(survey_desk::slips),
        )
        .route(
            "/appraisals/{id}/questionnaires/{questionnaire}/words",
            get(survey_desk::words),
        )
        .route(
            "/appraisals/{id}/questionnaires/{questionnaire}/results/{form}",
            get(survey_desk::results),
        )
        .route("/address", get(address::view).post(address::set))
        .route("/appraisals/{id}/papers", get(papers::list))
        .route("/appraisals/{id}/papers/{paper}", get(papers::fetch))
        .route("/appraisals/{id}/results/{form}", get(papers::results))
        .route("/appraisals/{id}/ledger/{form}", get(papers::ledger))
        .route("/appraisals/{id}/issues/{form}", get(papers::issues))
        .route("/appraisals/{id}/calendar", post(calendar::import))
        .route(
            "/papers/{paper}/template",
            get(papers::template).post(papers::set_template),
        )
        .route("/calendar-template.csv", get(calendar::template_csv))
        .route("/roster-template.xlsx", get(roster::template_xlsx))
        .route("/roster-template.csv", get(roster::template_csv))
        .route("/history", get(history::view))
        .route("/rules", get(rules::list))
        .route("/rules/read", post(rules::read))
        .route("/rules/try", post(rules::try_out))
        .route("/rules/file", post(rules::file))
        .route("/public/{id}", get(public::view))
        .route("/openapi.json", get(openapi::json))
        .fallback(no_such_call)
        .method_not_allowed_fallback(no_such_call)
        .layer(from_fn_with_state(app.clone(), guard::guard));
    Router::new()
        .nest("/api", api)
        .route("/health", get(front::health))
        .route("/metrics", get(metrics::metrics))
        .fallback(assets::serve)
        .with_state(app)
}

async fn no_such_call() -> Response {
    Problem::NotFound {}.into_response()
}

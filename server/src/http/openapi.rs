//! The description of all calls, made from the handlers themselves.

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "评议 Pingyi",
        description = "Calls beside the socket. Every problem is an object with a `code`."
    ),
    paths(
        super::setup::setup,
        super::accounts::list,
        super::accounts::add,
        super::accounts::rename,
        super::accounts::renew_password,
        super::accounts::remove,
        super::sign_in::account,
        super::sign_in::card,
        super::sign_in::hall,
        super::sign_in::link,
        super::sign_in::sign_out,
        super::front::front,
        super::front::whoami,
        super::front::door,
        super::front::health,
        super::metrics::metrics,
        super::body::view,
        super::body::create,
        super::roster::preview,
        super::roster::import,
        super::roster::template_xlsx,
        super::roster::template_csv,
        super::rules::list,
        super::rules::read,
        super::rules::try_out,
        super::rules::file,
        super::documents::store,
        super::documents::fetch,
        super::exports::export,
        super::exports::fetch,
        super::cards::cards,
        super::cards::stations,
        super::cards::renew_station,
        super::cards::lift_guesses,
        super::feeds::view,
        super::feeds::renew,
        super::feeds::shut,
        super::feeds::fetch,
        super::papers::list,
        super::papers::fetch,
        super::papers::results,
        super::papers::ledger,
        super::papers::issues,
        super::papers::template,
        super::papers::set_template,
        super::calendar::import,
        super::calendar::template_csv,
        super::address::view,
        super::address::set,
        super::public::view,
        super::survey::form,
        super::survey::answer,
        super::survey_desk::door,
        super::survey_desk::slips,
        super::survey_desk::words,
        super::survey_desk::results,
        super::history::view,
    )
)]
struct Calls;

pub fn document() -> Document {
    let mut document = Calls::openapi();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    document
}

static JSON: LazyLock<String> = LazyLock::new(|| document().to_json().unwrap_or_default());

pub async fn json() -> Response {
    ([(CONTENT_TYPE, "application/json")], JSON.as_str()).into_response()
}

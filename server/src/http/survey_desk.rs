//! A questionnaire at the desk, beside its orders: the QR code to show, slips with codes to hand out, what was answered
//! in own words, and its results as files. Words and files only of a closed one: what has just come in has a time.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use pingyi_core::ids::QuestionnaireId;
use pingyi_core::questionnaire::{Access, Questionnaire};

use super::download::download;
use super::request::{Case, DeskSession, JsonBody, blocking};
use super::roster::XLSX;
use super::state::{AppState, Outer};
use super::status::{bad_request, fault};
use crate::answer_office::Of;
use crate::conductor::CaseHandle;
use crate::documents::upload::clean_file_name;
use crate::doors::base32::Code;
use crate::doors::qr;
use crate::limits::INVITATIONS_AT_ONCE_MAX;
use crate::papers::survey_results::{SurveyResults, survey_results};
use crate::protocol::Problem;
use crate::protocol::survey::{MakeSlips, Slip, Slips, SurveyDoor, SurveyWords};

/// The public page's QR code.
#[utoipa::path(get, path = "/api/appraisals/{id}/questionnaires/{questionnaire}/door", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("questionnaire" = u32, Path)), responses(
        (status = 200, body = SurveyDoor),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn door(
    State(app): State<AppState>,
    _: DeskSession,
    Case(case): Case,
    Path((_, number)): Path<(String, u32)>,
) -> Result<Json<SurveyDoor>, Problem> {
    let (of, _) = known(&case, number)?;
    let url = app.survey_address(of);
    let svg = qr::svg(&url).map_err(fault)?;
    let office = app.office.answers.clone();
    let slips = blocking(move || office.invitations(of)).await??;
    Ok(Json(SurveyDoor { url, svg, slips }))
}

/// Makes slips. Their codes are not kept: what is not printed now is lost.
#[utoipa::path(post, path = "/api/appraisals/{id}/questionnaires/{questionnaire}/slips", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("questionnaire" = u32, Path)), request_body = MakeSlips, responses(
        (status = 200, body = Slips),
        (status = 400, body = Problem, description = "bad_request: none, too many, or no codes are needed"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 413, body = Problem, description = "too_large: more slips than one questionnaire may have"),
    ))]
pub async fn slips(
    State(app): State<AppState>,
    _: DeskSession,
    Case(case): Case,
    Path((_, number)): Path<(String, u32)>,
    JsonBody(form): JsonBody<MakeSlips>,
) -> Result<Json<Slips>, Problem> {
    let (of, q) = known(&case, number)?;
    let count = usize::try_from(form.slips).map_err(bad_request)?;
    if q.access != Access::Code || !(1..=INVITATIONS_AT_ONCE_MAX).contains(&count) {
        return Err(bad_request("slips"));
    }
    let address = app.public_address();
    blocking(move || {
        let codes = (0..count).map(|_| drawn()).collect::<Result<Vec<_>, _>>()?;
        app.office.answers.invite(of, &codes)?;
        let page = app.survey_address(of);
        let slip = |code: String| {
            let url = format!("{page}#c={code}");
            let svg = qr::svg(&url).map_err(fault)?;
            Ok::<_, Problem>(Slip { code, url, svg })
        };
        let slips = codes.into_iter().map(slip).collect::<Result<_, _>>()?;
        Ok(Json(Slips { address, slips }))
    })
    .await?
}

fn drawn() -> Result<String, Problem> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(fault)?;
    Ok(Code::of(&secret).shown())
}

/// What was answered in own words.
#[utoipa::path(get, path = "/api/appraisals/{id}/questionnaires/{questionnaire}/words", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("questionnaire" = u32, Path)), responses(
        (status = 200, body = SurveyWords),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found: no such questionnaire, or it is not counted yet"),
    ))]
pub async fn words(
    State(app): State<AppState>,
    _: DeskSession,
    Case(case): Case,
    Path((_, number)): Path<(String, u32)>,
) -> Result<Json<SurveyWords>, Problem> {
    let (_, words) = counted(&app, &case, number).await?;
    Ok(Json(SurveyWords { words }))
}

/// The results of a counted questionnaire: a workbook, text or JSON.
#[utoipa::path(get, path = "/api/appraisals/{id}/questionnaires/{questionnaire}/results/{form}", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("questionnaire" = u32, Path), ("form" = String, Path, description = "xlsx, csv or json")),
    responses(
        (status = 200, description = "a file"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found: no such questionnaire, or it is not counted yet"),
    ))]
pub async fn results(
    State(app): State<AppState>,
    _: DeskSession,
    Case(case): Case,
    Path((_, number, form)): Path<(String, u32, String)>,
) -> Result<Response, Problem> {
    let (q, words) = counted(&app, &case, number).await?;
    let results = case
        .look(|c| survey_results(c, &q, &words))
        .ok_or(Problem::NotFound {})?;
    let file_name = clean_file_name(&format!("{}.{form}", q.title));
    let (bytes, mime) = match form.as_str() {
        "xlsx" => (blocking(move || results.table().xlsx()).await?.map_err(fault)?, XLSX),
        "csv" => (results.table().csv().map_err(fault)?, "text/csv; charset=utf-8"),
        "json" => (in_json(&results)?, "application/json"),
        _ => return Err(Problem::NotFound {}),
    };
    Ok(download(bytes, mime, &file_name))
}

fn in_json(results: &SurveyResults) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec_pretty(results).map_err(fault)
}

/// A counted questionnaire with its words.
async fn counted(app: &AppState, case: &CaseHandle, number: u32) -> Result<(Questionnaire, Vec<Vec<String>>), Problem> {
    let (of, q) = known(case, number)?;
    if q.result.is_none() {
        return Err(Problem::NotFound {});
    }
    let words = app.office.answers.words(of, &q.questions).await.map_err(fault)?;
    Ok((q, words))
}

fn known(case: &CaseHandle, number: u32) -> Result<(Of, Questionnaire), Problem> {
    let questionnaire = QuestionnaireId(number);
    let of = Of {
        appraisal: case.id(),
        questionnaire,
    };
    let q = case.look(|c| c.questionnaires.all.get(&questionnaire).cloned());
    q.map(|q| (of, q)).ok_or(Problem::NotFound {})
}

impl Outer {
    fn survey_address(&self, of: Of) -> String {
        format!("{}/q?a={}&n={}", self.public_address(), of.appraisal, of.questionnaire)
    }
}

//! The papers of a case, the office's templates for them, and the announced results for spreadsheets.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use pingyi_core::body::BodyCommand;
use pingyi_core::ids::SubjectId;
use pingyi_core::limits::TEMPLATE_CHARS_MAX;
use pingyi_core::papers::OfficePaper;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::download::download;
use super::request::{Case, DeskSession, blocking, read_body};
use super::roster::XLSX;
use super::state::AppState;
use super::status::{bad_request, fault};
use crate::body::BodyWish;
use crate::conductor::CaseHandle;
use crate::documents::official::{Name, Template};
use crate::documents::upload::clean_file_name;
use crate::papers::table::Table;
use crate::papers::{self, PaperError, issues_table, ledger_table, results_table};
use crate::protocol::Problem;
use crate::protocol::call::{OfficePaperView, OfficePapers, OfficeTemplate, TemplateName};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Which papers there are, and which the case is ready for.
#[utoipa::path(get, path = "/api/appraisals/{id}/papers", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), responses(
        (status = 200, body = OfficePapers),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn list(State(app): State<AppState>, _: DeskSession, Case(case): Case) -> Json<OfficePapers> {
    let own: Vec<OfficePaper> = app.body.look(|b| b.templates.keys().copied().collect());
    let papers = case.look(|c| {
        let view = |paper: OfficePaper| OfficePaperView {
            paper,
            ready: paper.ready(c),
            own_template: own.contains(&paper),
        };
        OfficePaper::ALL.map(view).into()
    });
    Json(OfficePapers { papers })
}

/// Which part of a paper is wanted.
#[derive(Deserialize)]
pub struct Part {
    subject: Option<SubjectId>,
}

/// A paper as a Word document, made now.
#[utoipa::path(get, path = "/api/appraisals/{id}/papers/{paper}", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("paper" = String, Path),
        ("subject" = Option<u32>, Query, description = "one subject's part of the opinions or the issue list")), responses(
        (status = 200, description = "a .docx"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found: no such paper, or the case is not ready for it"),
        (status = 422, body = Problem, description = "bad_template"),
    ))]
pub async fn fetch(
    State(app): State<AppState>,
    _: DeskSession,
    Case(case): Case,
    Path((_, paper)): Path<(String, String)>,
    Query(part): Query<Part>,
) -> Result<Response, Problem> {
    let paper = named(&paper)?;
    let own = app.body.look(|b| b.templates.get(&paper).cloned());
    let now = app.clock.now_ms();
    let file_name = file_name(&case, papers::title(paper), "docx");
    let made = blocking(move || case.look(|c| papers::make_of(c, paper, part.subject, own.as_deref(), now))).await?;
    let bytes = made.map_err(|error| match error {
        PaperError::NotReady => Problem::NotFound {},
        PaperError::Template(faults) => Problem::BadTemplate { faults },
        PaperError::Docx(error) => fault(error),
    })?;
    Ok(download(bytes, DOCX, &file_name))
}

/// The announced results as a workbook or as text.
#[utoipa::path(get, path = "/api/appraisals/{id}/results/{form}", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("form" = String, Path, description = "xlsx or csv")), responses(
        (status = 200, description = "a table"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found: no result is announced"),
    ))]
pub async fn results(
    _: DeskSession,
    Case(case): Case,
    Path((_, form)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let table = case.look(results_table::results_table).ok_or(Problem::NotFound {})?;
    spreadsheet(&case, table, &form).await
}

/// The rectification ledger as a workbook or as text.
#[utoipa::path(get, path = "/api/appraisals/{id}/ledger/{form}", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("form" = String, Path, description = "xlsx or csv")), responses(
        (status = 200, description = "a table"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found: no subject has received its opinions"),
    ))]
pub async fn ledger(
    State(app): State<AppState>,
    _: DeskSession,
    Case(case): Case,
    Path((_, form)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let now = app.clock.now_ms();
    let table = case.look(|c| ledger_table::ledger_table(c, now));
    spreadsheet(&case, table.ok_or(Problem::NotFound {})?, &form).await
}

/// The issue list as a workbook or as text.
#[utoipa::path(get, path = "/api/appraisals/{id}/issues/{form}", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path), ("form" = String, Path, description = "xlsx or csv")), responses(
        (status = 200, description = "a table"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found: there is no issue"),
    ))]
pub async fn issues(
    _: DeskSession,
    Case(case): Case,
    Path((_, form)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let table = case.look(issues_table::issues_table).ok_or(Problem::NotFound {})?;
    spreadsheet(&case, table, &form).await
}

async fn spreadsheet(case: &CaseHandle, table: Table, form: &str) -> Result<Response, Problem> {
    let name = table.name;
    let (bytes, mime) = match form {
        "xlsx" => (blocking(move || table.xlsx()).await?.map_err(fault)?, XLSX),
        "csv" => (table.csv().map_err(fault)?, "text/csv; charset=utf-8"),
        _ => return Err(Problem::NotFound {}),
    };
    Ok(download(bytes, mime, &file_name(case, name, form)))
}

/// A paper's template with the names that it may use.
#[utoipa::path(get, path = "/api/papers/{paper}/template", tag = "desk", security(("bearer" = [])),
    params(("paper" = String, Path)), responses(
        (status = 200, body = OfficeTemplate),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
    ))]
pub async fn template(
    State(app): State<AppState>,
    _: DeskSession,
    Path(paper): Path<String>,
) -> Result<Json<OfficeTemplate>, Problem> {
    let paper = named(&paper)?;
    let built_in = papers::built_in(paper).to_owned();
    let own = app.body.look(|b| b.templates.get(&paper).cloned());
    Ok(Json(OfficeTemplate {
        text: own.unwrap_or_else(|| built_in.clone()),
        built_in,
        names: shown(&papers::names(paper)),
    }))
}

/// Takes the office's template for all its appraisals, as plain text; empty goes back to the built-in one.
#[utoipa::path(post, path = "/api/papers/{paper}/template", tag = "desk", security(("bearer" = [])),
    params(("paper" = String, Path)),
    request_body(content = String, content_type = "text/plain"), responses(
        (status = 200, description = "an empty object"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 409, body = Problem, description = "refused"),
        (status = 413, body = Problem, description = "too_large"),
        (status = 422, body = Problem, description = "bad_template"),
    ))]
pub async fn set_template(
    State(app): State<AppState>,
    desk: DeskSession,
    Path(paper): Path<String>,
    body: Body,
) -> Result<Json<Value>, Problem> {
    let paper = named(&paper)?;
    // A character takes at most four bytes.
    let bytes = read_body(body, 4 * TEMPLATE_CHARS_MAX).await?;
    let text = String::from_utf8(bytes.into()).map_err(bad_request)?;
    if !text.trim().is_empty() {
        Template::read(&text, &papers::names(paper)).map_err(|faults| Problem::BadTemplate { faults })?;
    }
    let wish = BodyWish {
        id: Uuid::new_v4(),
        actor: desk.actor(),
        command: BodyCommand::SetTemplate { paper, text },
    };
    app.body.submit(wish, app.clock.now_ms()).await??;
    Ok(Json(json!({})))
}

/// A paper as it is called on the wire.
fn named(paper: &str) -> Result<OfficePaper, Problem> {
    serde_json::from_value(Value::from(paper)).map_err(|_| Problem::NotFound {})
}

fn shown(names: &[Name]) -> Vec<TemplateName> {
    let view = |name: &Name| TemplateName {
        name: name.name.to_owned(),
        inner: name.inner.iter().map(|n| n.name.to_owned()).collect(),
    };
    names.iter().map(view).collect()
}

fn file_name(case: &CaseHandle, what: &str, ending: &str) -> String {
    let title = case.look(|c| c.names.title.clone());
    clean_file_name(&format!("{title}{what}.{ending}"))
}

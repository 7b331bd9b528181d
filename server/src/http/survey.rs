//! A questionnaire as the public sees and answers it. The answer's route takes no session, keeps no address beyond
//! counting it in memory, and logs nothing of who called or what was answered.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use pingyi_core::Appraisal;
use pingyi_core::ids::QuestionnaireId;
use pingyi_core::questionnaire::{Access, Misfit, Questionnaire, QuestionnaireState, SurveyQuestion, fitted};
use serde_json::{Value, json};

use super::request::{Case, JsonBody, Peer, blocking};
use super::state::AppState;
use crate::answer_office::{BoxError, Of};
use crate::doors::base32::Code;
use crate::limits::{ANSWER_BODY_BYTES_MAX, DEVICE_MARK_CHARS_MAX};
use crate::protocol::Problem;
use crate::protocol::survey::{AnswerRefusal, SendAnswer, SurveyForm};

/// What is asked. A draft is nobody's business yet.
#[utoipa::path(get, path = "/api/public/{id}/questionnaires/{questionnaire}", tag = "questionnaire",
    params(("id" = String, Path), ("questionnaire" = u32, Path)), responses(
    (status = 200, body = SurveyForm),
    (status = 404, body = Problem, description = "not_found"),
))]
pub async fn form(Case(case): Case, Path((_, number)): Path<(String, u32)>) -> Result<Json<SurveyForm>, Problem> {
    let id = QuestionnaireId(number);
    let form = case.look(|c| {
        let q = c.questionnaires.all.get(&id)?;
        (q.state != QuestionnaireState::Draft).then(|| shown(c, id, q))
    });
    form.map(Json).ok_or(Problem::NotFound {})
}

fn shown(case: &Appraisal, id: QuestionnaireId, q: &Questionnaire) -> SurveyForm {
    let subjects = q.subjects.iter().filter_map(|s| case.subjects.get(s));
    SurveyForm {
        questionnaire: id.0,
        body_name: case.names.body_name.clone(),
        title: q.title.clone(),
        intro: q.intro.clone(),
        subjects: subjects.map(|s| format!("{}{}", s.unit, s.post)).collect(),
        access: q.access,
        state: q.state,
        questions: match q.state {
            QuestionnaireState::Open => q.questions.clone(),
            QuestionnaireState::Draft | QuestionnaireState::Closed => Vec::new(),
        },
    }
}

/// An answer. Refuses a call that says who it is.
#[utoipa::path(post, path = "/api/answer", tag = "questionnaire", request_body = SendAnswer, responses(
    (status = 200, description = "an empty object: the answer is durable in the box"),
    (status = 404, body = Problem, description = "not_found"),
    (status = 409, body = Problem, description = "answer_refused"),
    (status = 429, body = Problem, description = "too_many_requests"),
))]
pub async fn answer(
    State(app): State<AppState>,
    Peer(peer): Peer,
    headers: HeaderMap,
    JsonBody(sent): JsonBody<SendAnswer, ANSWER_BODY_BYTES_MAX>,
) -> Result<Json<Value>, Problem> {
    if headers.contains_key(AUTHORIZATION) || headers.contains_key(COOKIE) {
        return Err(refused(AnswerRefusal::LoginWithAnswer));
    }
    if let Some(retry_after_s) = app.doors.guesses.answer(peer, app.clock.now_ms()) {
        return Err(Problem::TooManyRequests { retry_after_s });
    }
    let case = app.registry.get(sent.appraisal).ok_or(Problem::NotFound {})?;
    let of = Of {
        appraisal: sent.appraisal,
        questionnaire: QuestionnaireId(sent.questionnaire),
    };
    let (access, questions) = case
        .look(|c| c.questionnaires.all.get(&of.questionnaire).map(open))
        .ok_or(Problem::NotFound {})??;
    let key = key(&sent.key).ok_or(refused(AnswerRefusal::Malformed))?;
    let given = fitted(&questions, &sent.given).map_err(misfit)?;
    let ticket = ticket(&app, of, access, &sent).await?;
    let put = app.office.answers.put(of, questions, key, ticket, given).await;
    put.map_err(|error| match error {
        BoxError::Used => refused(AnswerRefusal::Used),
        BoxError::OtherContent => refused(AnswerRefusal::OtherContent),
        BoxError::Frozen => refused(AnswerRefusal::Closed),
        BoxError::Full { .. } => refused(AnswerRefusal::Full),
        BoxError::Busy => refused(AnswerRefusal::Busy),
        BoxError::Failed { .. } => Problem::Fault {},
    })?;
    Ok(Json(json!({})))
}

/// Who may answer, and what, while answers come in.
fn open(q: &Questionnaire) -> Result<(Access, Vec<SurveyQuestion>), Problem> {
    match q.state {
        QuestionnaireState::Open => Ok((q.access, q.questions.clone())),
        QuestionnaireState::Draft => Err(refused(AnswerRefusal::NotOpen)),
        QuestionnaireState::Closed => Err(refused(AnswerRefusal::Closed)),
    }
}

async fn ticket(app: &AppState, of: Of, access: Access, sent: &SendAnswer) -> Result<[u8; 32], Problem> {
    match access {
        Access::Code => {
            let code = sent.code.as_deref().and_then(Code::typed);
            let code = code.ok_or(refused(AnswerRefusal::UnknownCode))?.shown();
            let office = app.office.answers.clone();
            let invited = blocking(move || office.invited(of, &code)).await??;
            invited.ok_or(refused(AnswerRefusal::UnknownCode))
        }
        Access::Open => {
            let fits = |mark: &&str| (1..=DEVICE_MARK_CHARS_MAX).contains(&mark.len());
            let mark = sent.device.as_deref().filter(fits);
            Ok(app
                .office
                .answers
                .device(of, mark.ok_or(refused(AnswerRefusal::Malformed))?))
        }
    }
}

fn key(hex: &str) -> Option<[u8; 16]> {
    if hex.len() != 32 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u128::from_str_radix(hex, 16).ok().map(u128::to_be_bytes)
}

fn misfit(misfit: Misfit) -> Problem {
    let (reason, question) = match misfit {
        Misfit::Shape => (AnswerRefusal::Malformed, None),
        Misfit::Missing { question } => (AnswerRefusal::Missing, Some(question)),
        Misfit::TooLong { question } => (AnswerRefusal::TooLong, Some(question)),
        Misfit::Hidden { question } => (AnswerRefusal::Hidden, Some(question)),
    };
    Problem::AnswerRefused { reason, question }
}

const fn refused(reason: AnswerRefusal) -> Problem {
    Problem::AnswerRefused { reason, question: None }
}

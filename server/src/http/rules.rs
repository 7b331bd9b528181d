//! Rule profiles at the desk: those built in, one read from a file, one tried with figures, one written to a file.
//! Nothing here changes a case; a profile is adopted by a command.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use pingyi_core::limits::PROFILE_FILE_BYTES_MAX;
use pingyi_core::rules::wording::{Occasion, announcement};
use pingyi_core::rules::{Profile, built_in, evaluate};

use super::request::{DeskSession, JsonBody, blocking, read_body};
use super::state::AppState;
use super::status::fault;
use crate::documents::decode::decode_text;
use crate::limits::RULES_BODY_BYTES_MAX;
use crate::protocol::Problem;
use crate::protocol::call::{RuleBook, RuleFile, RuleFileRead, RuleTried, TryRule, WriteRule};

/// The built-in profiles.
#[utoipa::path(get, path = "/api/rules", tag = "desk", security(("bearer" = [])), responses(
    (status = 200, body = RuleBook),
    (status = 401, body = Problem, description = "sign_in_required"),
    (status = 403, body = Problem, description = "not_allowed"),
))]
pub async fn list(_: DeskSession) -> Result<Json<RuleBook>, Problem> {
    let profiles = blocking(built_in::all).await?;
    Ok(Json(RuleBook { profiles }))
}

/// Reads a profile's file, in the encodings of Chinese offices, and changes nothing.
#[utoipa::path(post, path = "/api/rules/read", tag = "desk", security(("bearer" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
        (status = 200, body = RuleFileRead),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 413, body = Problem, description = "too_large"),
    ))]
pub async fn read(State(app): State<AppState>, _: DeskSession, body: Body) -> Result<Json<RuleFileRead>, Problem> {
    let _turn = app.uploads.acquire().await.map_err(fault)?;
    let bytes = read_body(body, PROFILE_FILE_BYTES_MAX).await?;
    blocking(move || {
        let Some(text) = decode_text(&bytes) else {
            return RuleFileRead::NotText {};
        };
        match Profile::from_toml(&text) {
            Ok(profile) => RuleFileRead::Profile {
                profile: Box::new(profile),
            },
            Err(faults) => RuleFileRead::Faulty { faults },
        }
    })
    .await
    .map(Json)
}

/// Applies a profile to figures and says why it comes to its grade.
#[utoipa::path(post, path = "/api/rules/try", tag = "desk", security(("bearer" = [])),
    request_body = TryRule, responses(
        (status = 200, body = RuleTried),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 413, body = Problem, description = "too_large"),
    ))]
pub async fn try_out(
    _: DeskSession,
    JsonBody(form): JsonBody<TryRule, RULES_BODY_BYTES_MAX>,
) -> Result<Json<RuleTried>, Problem> {
    blocking(move || tried(&form)).await.map(Json)
}

fn tried(form: &TryRule) -> RuleTried {
    let profile = &form.profile;
    let faults = profile.faults();
    if !faults.is_empty() {
        return RuleTried::Faulty { faults };
    }
    match evaluate(profile, &form.figures) {
        Ok(verdict) => {
            let occasion = Occasion {
                body: &form.body,
                meeting: &form.meeting,
                subject: &form.subject,
            };
            let announcement = announcement(profile, &verdict, &occasion);
            RuleTried::Verdict {
                verdict: Box::new(verdict),
                announcement,
            }
        }
        Err(identity) => RuleTried::Unbalanced { identity },
    }
}

/// A profile as the file that an office edits and imports again.
#[utoipa::path(post, path = "/api/rules/file", tag = "desk", security(("bearer" = [])),
    request_body = WriteRule, responses(
        (status = 200, body = RuleFile),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 413, body = Problem, description = "too_large"),
    ))]
pub async fn file(
    _: DeskSession,
    JsonBody(WriteRule { profile }): JsonBody<WriteRule, RULES_BODY_BYTES_MAX>,
) -> Json<RuleFile> {
    Json(RuleFile {
        file_name: format!("{}.toml", profile.name),
        text: profile.to_toml(),
    })
}

//! The case file of a running case for the desk: made on order, fetched once by an address that opens nothing else.

use std::collections::VecDeque;
use std::fs::File;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use pingyi_core::ballot::BallotState;
use tokio::time::Instant;
use uuid::Uuid;

use super::download::download_file;
use super::request::{Case, DeskSession, JsonBody};
use super::state::AppState;
use super::status::{fault, too_large};
use crate::case_file::{Extent, WriteError};
use crate::documents::upload::clean_file_name;
use crate::limits::{CASE_FILE_BYTES_MAX, EXPORT_KEPT_MS, EXPORTS_WAITING_MAX};
use crate::protocol::Problem;
use crate::protocol::call::{Export, ExportExtent, Exported};

/// Files that were made and not fetched yet.
#[derive(Default)]
pub(super) struct Exports(Mutex<VecDeque<Waiting>>);

struct Waiting {
    secret: String,
    until: Instant,
    file_name: String,
    size_bytes: u64,
    /// Without a name on the disk: whoever lets go of it has deleted it.
    file: File,
}

impl Exports {
    fn put(&self, file_name: String, file: File, size_bytes: u64, until: Instant) -> String {
        let secret = Uuid::new_v4().simple().to_string();
        let mut waiting = self.lock();
        waiting.push_back(Waiting {
            secret: secret.clone(),
            until,
            file_name,
            size_bytes,
            file,
        });
        let all = |w: &VecDeque<Waiting>| w.iter().map(|one| one.size_bytes).sum::<u64>();
        while waiting.len() > EXPORTS_WAITING_MAX || (waiting.len() > 1 && all(&waiting) > CASE_FILE_BYTES_MAX) {
            waiting.pop_front();
        }
        secret
    }

    fn take(&self, secret: &str, now: Instant) -> Option<Waiting> {
        let mut waiting = self.lock();
        waiting.retain(|one| one.until > now);
        let at = waiting.iter().position(|one| one.secret == secret)?;
        waiting.remove(at)
    }

    fn forget(&self, now: Instant) {
        self.lock().retain(|one| one.until > now);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the case file as the record stands now.
#[utoipa::path(post, path = "/api/appraisals/{id}/export", tag = "desk", security(("bearer" = [])),
    params(("id" = String, Path)), request_body = Export, responses(
        (status = 200, body = Exported),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 409, body = Problem, description = "export_during_ballot, export_incomplete"),
        (status = 413, body = Problem, description = "too_large"),
    ))]
pub async fn export(
    State(app): State<AppState>,
    desk: DeskSession,
    Case(case): Case,
    JsonBody(form): JsonBody<Export>,
) -> Result<Json<Exported>, Problem> {
    // A first look, which costs nothing; what counts is the state at the position that is read.
    let rests = |state: BallotState| matches!(state, BallotState::Prepared | BallotState::Announced);
    let (title, resting) = case.look(|c| (c.names.title.clone(), c.ballots.values().all(|b| rests(b.state))));
    if !resting {
        return Err(Problem::ExportDuringBallot {});
    }
    let (extent, name) = match form.extent {
        ExportExtent::Archive => (Extent::Archive, format!("{title}-案卷.zip")),
        ExportExtent::Public => (Extent::Public, format!("{title}-案卷（对外公开）.zip")),
    };
    let written = app.archive.write(case.id(), extent).await.map_err(|why| match why {
        WriteError::BallotRunning => Problem::ExportDuringBallot {},
        WriteError::TooLarge => too_large(usize::try_from(CASE_FILE_BYTES_MAX).unwrap_or(usize::MAX)),
        WriteError::NoSuchCase { .. } => Problem::NotFound {},
        WriteError::DocumentLost { document, digest } => {
            tracing::error!(%digest, "a document of the case is missing or damaged");
            Problem::ExportIncomplete { missing: document }
        }
        WriteError::AnswersLost { title } => Problem::ExportIncomplete { missing: title },
        other => fault(other),
    })?;
    tracing::info!(appraisal = %case.id(), account = desk.account, ?extent, records = written.records, "case file made at the desk");
    let (file_name, size_bytes) = (clean_file_name(&name), written.size_bytes);
    let kept = Duration::from_millis(EXPORT_KEPT_MS);
    let until = Instant::now() + kept;
    let secret = app.exports.put(file_name.clone(), written.file, size_bytes, until);
    tokio::spawn(async move {
        tokio::time::sleep_until(until).await;
        app.exports.forget(until);
    });
    Ok(Json(Exported {
        url: format!("/api/exports/{secret}"),
        file_name,
        size_bytes,
        records: written.records,
        head: written.head.to_string(),
    }))
}

/// The file, once. The address is its own permission, for a browser sends no bearer with a download.
#[utoipa::path(get, path = "/api/exports/{secret}", tag = "desk", params(("secret" = String, Path)), responses(
    (status = 200, description = "the file's bytes"),
    (status = 404, body = Problem, description = "not_found: fetched already, or too late"),
))]
pub async fn fetch(State(app): State<AppState>, Path(secret): Path<String>) -> Result<Response, Problem> {
    let file = app.exports.take(&secret, Instant::now()).ok_or(Problem::NotFound {})?;
    Ok(download_file(
        file.file,
        file.size_bytes,
        "application/zip",
        &file.file_name,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_fetched_once_and_in_time_and_few_wait() {
        let exports = Exports::default();
        let now = Instant::now();
        let until = now + Duration::from_secs(1);
        let put = |n: usize| exports.put(format!("{n}.zip"), tempfile::tempfile().unwrap(), n as u64, until);
        let one = put(1);
        assert_eq!(exports.take(&one, now).map(|w| w.file_name).as_deref(), Some("1.zip"));
        assert!(exports.take(&one, now).is_none(), "once");
        let late = put(2);
        assert!(exports.take(&late, until).is_none(), "in time");
        let many: Vec<_> = (1..=EXPORTS_WAITING_MAX + 1).map(put).collect();
        assert!(exports.take(&many[0], now).is_none() && exports.take(&many[1], now).is_some());
        exports.forget(until);
        assert!(exports.take(&many[2], now).is_none());
    }
}

//! Documents: stored by the desk, or by a phone that may file some, before a command names them; read by whom the case
//! says.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use pingyi_core::appraisal::Reader;
use pingyi_core::subject::DocumentKind;
use tokio::time::Instant;

use super::download::download;
use super::request::{AnySession, Case, FileName, blocking, read_body};
use super::state::AppState;
use super::status::fault;
use crate::blobs::BlobDigest;
use crate::documents::UPLOAD_MAX_BYTES;
use crate::documents::upload::{self, clean_file_name, sniff};
use crate::doors::Session;
use crate::protocol::Problem;
use crate::protocol::call::{Role, Uploaded};

/// Stores a document for the desk, or for a person who files some. It belongs to nobody until a command names its digest.
#[utoipa::path(post, path = "/api/appraisals/{id}/documents", tag = "case", security(("bearer" = [])),
    params(("id" = String, Path), ("file_name" = String, Query)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
        (status = 200, body = Uploaded),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 404, body = Problem, description = "not_found"),
        (status = 413, body = Problem, description = "too_large"),
        (status = 422, body = Problem, description = "bad_document"),
        (status = 429, body = Problem, description = "wait: a person has stored enough for a day"),
    ))]
pub async fn store(
    State(app): State<AppState>,
    AnySession(session): AnySession,
    Case(case): Case,
    Query(FileName { file_name }): Query<FileName>,
    body: Body,
) -> Result<Json<Uploaded>, Problem> {
    if !session.opens(case.id()) {
        return Err(Problem::NotAllowed {});
    }
    match reader(&session) {
        Reader::Desk => {}
        Reader::Person(person) if case.look(|c| c.may_file_documents(person)) => {
            let counted = app.of_persons.count(case.id(), person, Instant::now());
            counted.map_err(|wait| Problem::Wait {
                retry_after_s: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX),
            })?;
        }
        Reader::Person(_) | Reader::Station => return Err(Problem::NotAllowed {}),
    }
    let _turn = app.uploads.acquire().await.map_err(fault)?;
    let bytes = read_body(body, UPLOAD_MAX_BYTES).await?;
    let blobs = app.blobs.clone();
    let uploaded = blocking(move || {
        let kind = match sniff(&file_name, &bytes).map_err(|error| Problem::BadDocument { error })? {
            upload::DocumentKind::Docx => DocumentKind::Docx,
            upload::DocumentKind::Pdf => DocumentKind::Pdf,
            upload::DocumentKind::Markdown => DocumentKind::Md,
            upload::DocumentKind::Text => DocumentKind::Txt,
            upload::DocumentKind::Jpeg => DocumentKind::Jpeg,
            upload::DocumentKind::Png => DocumentKind::Png,
        };
        let digest = blobs.put(&bytes, UPLOAD_MAX_BYTES)?.to_string();
        let size_bytes = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        Ok::<_, Problem>(Uploaded {
            digest,
            kind,
            file_name: clean_file_name(&file_name),
            size_bytes,
        })
    });
    Ok(Json(uploaded.await??))
}

/// Consoles and screens read what everybody may.
fn reader(session: &Session) -> Reader {
    match (session.role, session.person) {
        (Role::Desk, _) => Reader::Desk,
        (Role::Person, Some(person)) => Reader::Person(person),
        _ => Reader::Station,
    }
}

/// A document that the reader may open in this case.
#[utoipa::path(get, path = "/api/appraisals/{id}/documents/{digest}", tag = "case", security(("bearer" = [])),
    params(("id" = String, Path), ("digest" = String, Path)), responses(
        (status = 200, description = "the file's bytes"),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed: signed in to another case"),
        (status = 404, body = Problem, description = "not_found: this case has none such for this reader"),
    ))]
pub async fn fetch(
    State(app): State<AppState>,
    AnySession(session): AnySession,
    Case(case): Case,
    Path((_, digest)): Path<(String, String)>,
) -> Result<Response, Problem> {
    if !session.opens(case.id()) {
        return Err(Problem::NotAllowed {});
    }
    let attached = case.look(|c| c.document(&digest, reader(&session)).map(|d| d.file_name.clone()));
    let file_name = attached.ok_or(Problem::NotFound {})?;
    let digest: BlobDigest = digest.parse().map_err(|_| Problem::NotFound {})?;
    let blobs = app.blobs.clone();
    let bytes = blocking(move || blobs.get(digest))
        .await??
        .ok_or(Problem::NotFound {})?;
    Ok(download(bytes, "application/octet-stream", &file_name))
}

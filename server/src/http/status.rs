//! The only place that gives problems their HTTP status, and that turns faults of other layers into problems.

use std::fmt::Display;

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use pingyi_core::Refusal;
use pingyi_core::body::BodyRefusal;

use crate::blobs::BlobError;
use crate::body::BodyFault;
use crate::conductor::NotTaken;
use crate::limits::RECORD_BYTES_MAX;
use crate::protocol::Problem;
use crate::vault::VaultError;

pub fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::BadRequest { .. } => StatusCode::BAD_REQUEST,
        Problem::SignInRequired {} => StatusCode::UNAUTHORIZED,
        Problem::NotAllowed {} | Problem::WrongPin { .. } | Problem::WrongPassword {} => StatusCode::FORBIDDEN,
        Problem::NotFound {} | Problem::UnknownCard {} | Problem::UnknownName {} => StatusCode::NOT_FOUND,
        Problem::NoPin {}
        | Problem::OnAnotherDevice { .. }
        | Problem::SetupDone {}
        | Problem::LastAccount {}
        | Problem::ExportDuringBallot {}
        | Problem::ExportIncomplete { .. }
        | Problem::Refused { .. }
        | Problem::CastRefused { .. }
        | Problem::AnswerRefused { .. } => StatusCode::CONFLICT,
        Problem::HallCodeExpired {} => StatusCode::GONE,
        Problem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::PasswordTooShort { .. }
        | Problem::BadRosterFile { .. }
        | Problem::BadDocument { .. }
        | Problem::FaultyRows { .. }
        | Problem::BadTemplate { .. }
        | Problem::BadCalendar { .. }
        | Problem::BadAddress {} => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::Wait { .. } | Problem::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::Fault {} => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let wait = match &self {
            Problem::Wait { retry_after_s } | Problem::TooManyRequests { retry_after_s } => Some(*retry_after_s),
            _ => None,
        };
        let mut response = (status(&self), Json(self)).into_response();
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Disk or machine: logged here, once, for the page is told no more than that.
pub fn fault(error: impl Display) -> Problem {
    tracing::error!(%error, "a call failed");
    Problem::Fault {}
}

pub fn bad_request(detail: impl Display) -> Problem {
    Problem::BadRequest {
        detail: detail.to_string(),
    }
}

pub fn too_large(bytes_max: usize) -> Problem {
    Problem::TooLarge {
        bytes_max: u32::try_from(bytes_max).unwrap_or(u32::MAX),
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused { refusal }
    }
}

impl From<BodyRefusal> for Problem {
    fn from(refusal: BodyRefusal) -> Self {
        match refusal {
            BodyRefusal::NotAllowed {} => Problem::NotAllowed {},
            BodyRefusal::Text { refusal } => refusal.into(),
            BodyRefusal::NameTaken { name } => Refusal::NameTaken { name }.into(),
            BodyRefusal::Full { max } => Refusal::OutOfRange { min: 0, max }.into(),
            BodyRefusal::BadAddress {} => Problem::BadAddress {},
            // Ids are drawn at random here: a second one is a defect.
            BodyRefusal::AppraisalExists {} => fault(refusal),
            BodyRefusal::NoSuchAccount {} | BodyRefusal::NoSuchAppraisal {} => Problem::NotFound {},
            BodyRefusal::LastAccount {} => Problem::LastAccount {},
        }
    }
}

impl From<NotTaken> for Problem {
    fn from(why: NotTaken) -> Self {
        match why {
            NotTaken::Busy { retry_after_ms } => Problem::TooManyRequests {
                retry_after_s: retry_after_ms.div_ceil(1_000).max(1),
            },
            NotTaken::TooLarge => too_large(RECORD_BYTES_MAX),
            NotTaken::Exhausted | NotTaken::ReservedId => Problem::NotAllowed {},
            NotTaken::SignedOut | NotTaken::BadSignature => Problem::SignInRequired {},
            NotTaken::BadElement => bad_request("blinded is not an element in base64url"),
            // The conductor has logged why.
            NotTaken::Stopped => Problem::Fault {},
        }
    }
}

impl From<BodyFault> for Problem {
    fn from(error: BodyFault) -> Self {
        fault(error)
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::TooLarge { max, .. } => too_large(max),
            other => fault(other),
        }
    }
}

impl From<BlobError> for Problem {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::TooLarge { max, .. } => too_large(max),
            other => fault(other),
        }
    }
}

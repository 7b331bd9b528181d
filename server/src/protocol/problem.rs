//! Why a call was not answered, as the body of every 4xx and 5xx. The sentence for people comes from the client's words.

use pingyi_core::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, thiserror::Error)]
#[error("{self:?}")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    /// The call was not understood; `detail` is for developers.
    BadRequest {
        detail: String,
    },
    TooLarge {
        bytes_max: u32,
    },
    NotFound {},
    /// No bearer, or one that is out.
    SignInRequired {},
    NotAllowed {},
    /// No card has this code (any more).
    UnknownCard {},
    /// The hall code is not the present one: scan the screen again.
    HallCodeExpired {},
    /// The name is not on the roster.
    UnknownName {},
    WrongPin {
        tries_left: u32,
    },
    /// This person has no PIN on the roster: use the seat card.
    NoPin {},
    /// Signed in elsewhere. Ask, then send again with `take_over: "move"`; the other device is signed out.
    OnAnotherDevice {
        name: String,
    },
    /// Too many tries for this person or card from this address; the desk can lift it.
    Wait {
        retry_after_s: u32,
    },
    WrongPassword {},
    PasswordTooShort {
        chars_min: u32,
    },
    SetupDone {},
    /// The office's last account stays: without it nobody could open the office again.
    LastAccount {},
    /// A ballot is held or not announced yet: until then its case is not given out.
    ExportDuringBallot {},
    /// A document of the case or the answers to a questionnaire are not whole on this machine: `missing` names them. A
    /// case file without them would not be the case.
    ExportIncomplete {
        missing: String,
    },
    /// The roster file cannot be read.
    BadRosterFile {
        #[schema(value_type = Object)]
        error: crate::documents::roster::RosterFileError,
    },
    /// The duty report cannot be used.
    BadDocument {
        #[schema(value_type = Object)]
        error: crate::documents::upload::UploadError,
    },
    /// Rows with faults: nothing was imported. Call the preview for the list.
    FaultyRows {
        faults: u32,
    },
    /// A paper's template cannot be used; nothing was kept.
    BadTemplate {
        #[schema(value_type = Vec<Object>)]
        faults: Vec<crate::documents::official::TemplateFault>,
    },
    /// The calendar file cannot be used; nothing was taken.
    BadCalendar {
        #[schema(value_type = Vec<Object>)]
        faults: Vec<crate::documents::calendar::CalendarFault>,
    },
    /// The address is not one that a phone could open.
    BadAddress {},
    /// A secret vote was not taken; nothing of it is kept.
    CastRefused {
        reason: super::call::CastRefusal,
    },
    /// An answer to a questionnaire was not taken; nothing of it is kept. `question` counts from 0.
    AnswerRefused {
        reason: super::survey::AnswerRefusal,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        question: Option<u32>,
    },
    Refused {
        #[schema(value_type = Object)]
        refusal: Refusal,
    },
    TooManyRequests {
        retry_after_s: u32,
    },
    /// Disk or machine; try again.
    Fault {},
}

//! Bodies of a questionnaire's calls: what the public page is shown and sends, and what the desk asks for.

use pingyi_core::questionnaire::{Access, Given, QuestionnaireState, SurveyQuestion};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

bodies! {
    /// A questionnaire as it is answered. `subjects` are unit and post of those it is about.
    pub struct SurveyForm {
        pub questionnaire: u32,
        pub body_name: String,
        pub title: String,
        pub intro: String,
        pub subjects: Vec<String>,
        #[schema(value_type = String)]
        pub access: Access,
        #[schema(value_type = String)]
        pub state: QuestionnaireState,
        /// Empty unless it is open.
        #[schema(value_type = Vec<Object>)]
        pub questions: Vec<SurveyQuestion>,
    }

    /// An answer, without a bearer. `key`: 32 hex digits, drawn at random for this answer and the same when it is sent
    /// again; forget it with the receipt. `code` of the slip, or, where none is needed, the `device`'s random mark.
    pub struct SendAnswer {
        #[schema(value_type = String)]
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        pub appraisal: Uuid,
        pub questionnaire: u32,
        pub key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub code: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub device: Option<String>,
        /// One for each question, in order.
        #[schema(value_type = Vec<Object>)]
        pub given: Vec<Given>,
    }

    /// Why an answer was not taken; nothing of it is kept.
    #[derive(Copy, PartialEq, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum AnswerRefusal {
        /// The call said who sent it.
        LoginWithAnswer,
        Malformed,
        NotOpen,
        Closed,
        /// No slip of this questionnaire has this code.
        UnknownCode,
        /// The slip or the device has answered before.
        Used,
        /// Another answer has the same key.
        OtherContent,
        /// A required question is left out.
        Missing,
        TooLong,
        /// Invisible characters in a text.
        Hidden,
        /// The box holds as many answers as it may.
        Full,
        Busy,
    }

    /// New slips. Their codes are shown now and never again.
    pub struct MakeSlips { pub slips: u32 }

    pub struct Slip { pub code: String, pub url: String, pub svg: String }

    /// `address` is for typing by hand.
    pub struct Slips { pub address: String, pub slips: Vec<Slip> }

    /// The public page's address as a QR code, and how many slips have been made so far.
    pub struct SurveyDoor { pub url: String, pub svg: String, pub slips: u32 }

    /// Answers in own words, question by question, each list sorted by itself.
    pub struct SurveyWords { pub words: Vec<Vec<String>> }
}

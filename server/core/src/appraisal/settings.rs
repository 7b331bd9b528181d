//! What the desk may set for its sittings, and what holds until it does.

use crate::ballot::{Secrecy, TallyDisplay};
use crate::inquiry::QuestionReview;
use serde::{Deserialize, Serialize};

/// What the desk may set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub question_review: QuestionReview,
    pub tally_display: TallyDisplay,
    pub written_answer_days: u32,
    /// 0: no time limit.
    pub ballot_limit_s: u32,
    pub secrecy: Secrecy,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            question_review: QuestionReview::First,
            tally_display: TallyDisplay::Live,
            written_answer_days: 15,
            ballot_limit_s: 120,
            secrecy: Secrecy::Secret,
        }
    }
}

//! A questionnaire as the desk sees it: what is asked, how many have answered, and what they answered once that tells
//! of no single one. No other screen sees more of it than the page that is answered.

use super::Surroundings;
use crate::appraisal::Appraisal;
use crate::ids::{GroupId, InstantMs, QuestionnaireId, SubjectId};
use crate::limits::ANSWERS_SHOWN_FROM_MIN;
use crate::questionnaire::{Access, QuestionCount, QuestionnaireState, SurveyQuestion};

wire! {
    /// Key `questionnaire/N`. Desk only.
    pub struct QuestionnaireView {
        pub id: QuestionnaireId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub group: Option<GroupId>,
        pub title: String,
        pub intro: String,
        pub subjects: Vec<SubjectId>,
        pub access: Access,
        pub questions: Vec<SurveyQuestion>,
        pub state: QuestionnaireState,
        /// 0 while it has not happened.
        pub opened_at: InstantMs,
        pub closed_at: InstantMs,
        /// Answers in the box; while it is open, as of the last step.
        pub answers: u32,
        /// Question by question; empty while there are too few answers to show, or they are not counted yet. While it is
        /// open they lag behind `answers`, so that neither a look nor the closing tells what a single answer added.
        pub counts: Vec<QuestionCount>,
        /// Answers from which on the distribution is shown while it is open.
        pub shown_from: u32,
        /// Of the closed box, 64 hex digits; empty until it is counted.
        pub digest: String,
    }
}

pub fn questionnaire(case: &Appraisal, around: &Surroundings, id: QuestionnaireId) -> Option<QuestionnaireView> {
    let q = case.questionnaires.all.get(&id)?;
    let sight = around.answers.get(&id).filter(|_| q.state == QuestionnaireState::Open);
    let (answers, counts) = match (&q.result, sight) {
        (Some(result), _) => (result.answers, result.counts.clone()),
        (None, Some(sight)) if sight.counted >= ANSWERS_SHOWN_FROM_MIN => (sight.answers, sight.counts.clone()),
        (None, Some(sight)) => (sight.answers, Vec::new()),
        (None, None) => (0, Vec::new()),
    };
    Some(QuestionnaireView {
        id,
        group: q.group,
        title: q.title.clone(),
        intro: q.intro.clone(),
        subjects: q.subjects.clone(),
        access: q.access,
        questions: q.questions.clone(),
        state: q.state,
        opened_at: q.opened_at,
        closed_at: q.closed_at,
        answers,
        counts,
        shown_from: ANSWERS_SHOWN_FROM_MIN,
        digest: q.result.as_ref().map_or_else(String::new, |r| r.digest.clone()),
    })
}

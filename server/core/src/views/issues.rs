//! The issue list and the opinions: as the desk works on them, and as the subject's officer reads them once they were
//! handed over. Sources are for the desk alone: who said what in the investigation is not told to the appraised.

use super::written;
use crate::appraisal::Appraisal;
use crate::ids::{IssueId, PersonId, SubjectId};
use crate::issues::{OpinionText, Source};

wire! {
    /// Key `issue_list`. Desk only. The categories in the order of the document.
    pub struct IssueListView { pub categories: Vec<String> }

    /// Key `issue/N`. Desk only.
    pub struct IssueView {
        pub id: IssueId,
        pub subject: SubjectId,
        pub category: String,
        pub text: String,
        pub sources: Vec<Source>,
        /// The issues that this one speaks for.
        pub merged: Vec<IssueId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub merged_into: Option<IssueId>,
        /// Empty while it is pursued.
        pub dropped_because: String,
    }

    /// Key `rectification/N`. Desk only, from the first draft on. `issues` has the document's order once approved.
    pub struct RectificationView {
        pub subject: SubjectId,
        pub assessment: String,
        pub advice: String,
        pub demands: String,
        pub number: String,
        /// Empty while the council has not approved.
        pub approved_on: String,
        pub approval_note: String,
        pub issues: Vec<IssueId>,
    }

    /// An issue as the document has it.
    pub struct StandingIssue { pub issue: IssueId, pub category: String, pub text: String }

    /// Key `my_subject/N` of the officer's own stream. The texts are empty until the opinions are handed over.
    pub struct MySubjectView {
        pub subject: SubjectId,
        pub handed_on: String,
        pub received_on: String,
        /// Whether the officer signed here; a receipt on paper is recorded by the desk.
        pub signed: bool,
        pub number: String,
        pub approved_on: String,
        pub assessment: String,
        pub advice: String,
        pub demands: String,
        pub issues: Vec<StandingIssue>,
    }
}

pub fn issue_list(case: &Appraisal) -> IssueListView {
    IssueListView {
        categories: case.issues.categories.clone(),
    }
}

pub fn issue(case: &Appraisal, id: IssueId) -> Option<IssueView> {
    let issue = case.issues.issues.get(&id)?;
    Some(IssueView {
        id,
        subject: issue.subject,
        category: issue.category.clone(),
        text: issue.text.clone(),
        sources: issue.sources.clone(),
        merged: case.issues.merged_into(id),
        merged_into: issue.merged_into,
        dropped_because: issue.dropped_because.clone(),
    })
}

pub fn rectification(case: &Appraisal, subject: SubjectId) -> Option<RectificationView> {
    let opinions = case.issues.opinions.get(&subject)?;
    Some(RectificationView {
        subject,
        assessment: opinions.assessment.clone(),
        advice: opinions.advice.clone(),
        demands: opinions.demands.clone(),
        number: opinions.number.clone(),
        approved_on: written(opinions.approved_on),
        approval_note: opinions.approval_note.clone(),
        issues: opinions.issues.clone(),
    })
}

/// The subjects whose officer this person is; one at most today.
pub fn my_subjects(case: &Appraisal, person: PersonId) -> Vec<MySubjectView> {
    let mine = case.subjects.iter().filter(|(_, s)| s.is_officer(person));
    mine.map(|(id, _)| my_subject(case, *id)).collect()
}

fn my_subject(case: &Appraisal, subject: SubjectId) -> MySubjectView {
    let follow_up = case.follow_up.subjects.get(&subject).cloned().unwrap_or_default();
    let handed = case
        .issues
        .opinions
        .get(&subject)
        .filter(|_| follow_up.handed_on.is_some());
    let OpinionText {
        assessment,
        advice,
        demands,
        number,
        approved_on,
        issues,
        ..
    } = handed.cloned().unwrap_or_default();
    MySubjectView {
        subject,
        handed_on: written(follow_up.handed_on),
        received_on: written(follow_up.received_on),
        signed: follow_up.signed_by.is_some(),
        number,
        approved_on: written(approved_on),
        assessment,
        advice,
        demands,
        issues: issues.into_iter().filter_map(|id| standing(case, id)).collect(),
    }
}

fn standing(case: &Appraisal, id: IssueId) -> Option<StandingIssue> {
    let issue = case.issues.issues.get(&id)?;
    Some(StandingIssue {
        issue: id,
        category: issue.category.clone(),
        text: issue.text.clone(),
    })
}

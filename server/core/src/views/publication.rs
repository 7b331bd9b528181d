//! What the public page shows beyond the results: opinions and the state of rectification, and for the desk when each
//! part is made public.

use super::follow_up::{SubjectResultView, results};
use crate::appraisal::Appraisal;
use crate::follow_up::day;
use crate::ids::{InstantMs, SubjectId};
use crate::ledger::LineState;
use crate::publication::{Part, Timing};
use jiff::civil::Date;

wire! {
    /// Key `publication`. Desk: when each part is made public. Public: which parts are.
    pub struct PublicationView { pub parts: Vec<PartView> }

    pub struct PartView {
        pub part: Part,
        pub timing: Timing,
        pub public: bool,
        /// Since when, of a part that waited for its time; else 0.
        pub since: InstantMs,
    }

    /// Key `published/N`, public only: what is published about one subject after the sitting.
    pub struct PublicRectificationView {
        pub subject: SubjectId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub opinions: Option<PublicOpinions>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub progress: Option<PublicProgress>,
        /// First and later results, where results are public.
        pub results: Vec<SubjectResultView>,
    }

    /// The approved opinions. Days are YYYY-MM-DD.
    pub struct PublicOpinions {
        pub number: String,
        pub handed_on: String,
        pub assessment: String,
        pub issues: Vec<PublicIssue>,
        pub advice: String,
        pub demands: String,
    }

    pub struct PublicIssue { pub category: String, pub text: String }

    /// How many lines of the ledger stand where, and what was filed on which day; empty while it was not.
    pub struct PublicProgress {
        pub issues: u32,
        pub not_started: u32,
        pub underway: u32,
        pub done: u32,
        pub long_term: u32,
        pub closed: u32,
        pub plan_on: String,
        pub report_on: String,
    }
}

pub fn publication(case: &Appraisal) -> PublicationView {
    let part = |part: Part| PartView {
        part,
        timing: case.publication.timing(part),
        public: case.publication.is_public(part),
        since: case.publication.since.get(&part).copied().unwrap_or(0),
    };
    PublicationView {
        parts: Part::ALL.into_iter().map(part).collect(),
    }
}

/// Nothing where nothing of the subject is public.
pub fn rectification(case: &Appraisal, subject: SubjectId) -> Option<PublicRectificationView> {
    let public = |part| case.publication.is_public(part);
    let view = PublicRectificationView {
        subject,
        opinions: opinions(case, subject).filter(|_| public(Part::Opinions)),
        progress: progress(case, subject).filter(|_| public(Part::Rectification)),
        results: if public(Part::Results) {
            results(case, subject)
        } else {
            Vec::new()
        },
    };
    let empty = view.opinions.is_none() && view.progress.is_none() && view.results.is_empty();
    (!empty).then_some(view)
}

fn opinions(case: &Appraisal, subject: SubjectId) -> Option<PublicOpinions> {
    let handed_on = case.follow_up.subjects.get(&subject)?.handed_on?;
    let text = case.issues.opinions.get(&subject).filter(|o| o.approved_on.is_some())?;
    let issues = text.issues.iter().filter_map(|id| case.issues.issues.get(id));
    Some(PublicOpinions {
        number: text.number.clone(),
        handed_on: day::write(handed_on),
        assessment: text.assessment.clone(),
        issues: issues
            .map(|issue| PublicIssue {
                category: issue.category.clone(),
                text: issue.text.clone(),
            })
            .collect(),
        advice: text.advice.clone(),
        demands: text.demands.clone(),
    })
}

fn progress(case: &Appraisal, subject: SubjectId) -> Option<PublicProgress> {
    let known = case.follow_up.subjects.get(&subject)?;
    known.received_on?;
    let standing = case.issues.standing(subject);
    let lines: Vec<_> = standing.iter().map(|id| case.ledger.lines.get(id)).collect();
    let stands = |state| {
        count(
            lines
                .iter()
                .filter(|l| l.map_or(LineState::NotStarted, |l| l.state) == state)
                .count(),
        )
    };
    Some(PublicProgress {
        issues: count(standing.len()),
        not_started: stands(LineState::NotStarted),
        underway: stands(LineState::Underway),
        done: stands(LineState::Done),
        long_term: stands(LineState::LongTerm),
        closed: count(lines.iter().flatten().filter(|l| l.closed.is_some()).count()),
        plan_on: written(known.plan.done_on),
        report_on: written(known.report.done_on),
    })
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn written(date: Option<Date>) -> String {
    date.map_or_else(String::new, day::write)
}

//! The follow-up as the desk sees it: where the opinions are, what is due and when. Whether something is late is told by
//! the reader's clock against `ends_at`; a view has none.

use super::types::GradeView;
use super::written;
use crate::appraisal::Appraisal;
use crate::ballot::{Ballot, BallotState};
use crate::follow_up::calendar::CalendarYear;
use crate::follow_up::deadline::Term;
use crate::follow_up::rounds::{Escalated, Escalation, Round};
use crate::follow_up::{Due, DueMatter, Opinions, TermSource, day};
use crate::ids::{BallotId, InstantMs, PersonId, SubjectId};
use crate::rules::profile::Matter;

wire! {
    /// How long a matter may take, and who says so.
    pub struct TermView {
        pub matter: DueMatter,
        pub term: Term,
        pub source: TermSource,
        /// What the rule names as its own source; empty unless the term is the rule's.
        pub named_in: String,
    }

    /// Where a subject's opinions are: days as YYYY-MM-DD, empty while it has not happened.
    pub struct OpinionsView {
        pub subject: SubjectId,
        /// The council's approval, without which nothing is handed over.
        pub approved_on: String,
        pub handed_on: String,
        pub received_on: String,
        /// Who signed on the subject's own page; none for a receipt on paper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub signed_by: Option<PersonId>,
        /// Announced results in their order: the appraisal, then each ballot on the rectification.
        pub results: Vec<SubjectResultView>,
        /// A ballot asks for continued rectification, and the council has yet to order it.
        pub to_order: bool,
        pub rounds: Vec<RoundView>,
        pub escalations: Vec<EscalatedView>,
    }

    /// An announced result of a subject. `day` of the announcement.
    pub struct SubjectResultView {
        pub ballot: BallotId,
        pub matter: Matter,
        pub session_name: String,
        pub day: String,
        pub grade: GradeView,
        /// The rule orders continued rectification for this grade.
        pub goes_on: bool,
    }

    /// Continued rectification as the council ordered it.
    pub struct RoundView {
        pub ballot: BallotId,
        pub ordered_on: String,
        pub until: String,
        pub note: String,
        pub reported_on: String,
    }

    /// A step beyond it, as recorded.
    pub struct EscalatedView { pub step: Escalation, pub on: String, pub note: String }

    /// Something that is due.
    pub struct DueView {
        pub matter: DueMatter,
        /// None for what the whole case owes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        /// The day of the event that is counted from.
        pub anchor_on: String,
        /// The last day as counted, and the last day that holds.
        pub counted_on: String,
        pub due_on: String,
        /// 24:00 of the last day that holds: from then on it is late.
        pub ends_at: InstantMs,
        /// Why the last day is later than counted; empty if it is not.
        pub extended_because: String,
        /// Empty while it is open.
        pub done_on: String,
        /// The calendar does not hold the year of the last day yet.
        pub provisional: bool,
    }

    /// Key `follow_up`. Desk only. `opinions` has every subject whose result is announced.
    pub struct FollowUpView {
        pub terms: Vec<TermView>,
        pub calendar: Vec<CalendarYear>,
        pub opinions: Vec<OpinionsView>,
        pub dues: Vec<DueView>,
    }
}

/// The rule of the sitting that appraised: its deadlines are the terms.
fn first_rule(case: &Appraisal) -> &crate::rules::Profile {
    case.past.first().map_or(&case.profile, |past| &past.profile)
}

pub fn follow_up(case: &Appraisal) -> FollowUpView {
    let f = &case.follow_up;
    FollowUpView {
        terms: f
            .terms
            .iter()
            .map(|(matter, set)| TermView {
                matter: *matter,
                term: set.term,
                source: set.source,
                named_in: match set.source {
                    TermSource::Rule => matter.named_in(first_rule(case)).to_owned(),
                    TermSource::Program | TermSource::Office => String::new(),
                },
            })
            .collect(),
        calendar: f.calendar.years(),
        opinions: case.subjects.keys().filter_map(|id| opinions(case, *id)).collect(),
        dues: case.dues().into_iter().map(due).collect(),
    }
}

/// A subject whose result was voided after the opinions went out keeps its row.
fn opinions(case: &Appraisal, subject: SubjectId) -> Option<OpinionsView> {
    let known = case.follow_up.subjects.get(&subject);
    let announced = case
        .appraisal_of(subject)
        .is_some_and(|(_, b)| b.state == BallotState::Announced);
    let known = match known {
        Some(known) => known.clone(),
        None if announced => Opinions::default(),
        None => return None,
    };
    let round = |r: &Round| RoundView {
        ballot: r.ballot,
        ordered_on: day::write(r.ordered_on),
        until: day::write(r.until),
        note: r.note.clone(),
        reported_on: written(r.report.done_on),
    };
    let escalated = |e: &Escalated| EscalatedView {
        step: e.step,
        on: day::write(e.on),
        note: e.note.clone(),
    };
    Some(OpinionsView {
        subject,
        approved_on: written(case.issues.opinions.get(&subject).and_then(|o| o.approved_on)),
        handed_on: written(known.handed_on),
        received_on: written(known.received_on),
        signed_by: known.signed_by,
        results: results(case, subject),
        to_order: case.round_to_order(subject).is_some(),
        rounds: known.rounds.iter().map(round).collect(),
        escalations: known.escalations.iter().map(escalated).collect(),
    })
}

/// First and later results, side by side.
pub fn results(case: &Appraisal, subject: SubjectId) -> Vec<SubjectResultView> {
    let view = |(id, b): (BallotId, &Ballot)| {
        let result = b.result.as_ref().filter(|_| b.state == BallotState::Announced)?;
        Some(SubjectResultView {
            ballot: id,
            matter: b.matter,
            session_name: case.session_of(b).to_owned(),
            day: written(day::BEIJING.day_of(b.announced_at)),
            grade: GradeView {
                key: result.grade.clone(),
                label: result.grade_label.clone(),
            },
            goes_on: case.asks_to_go_on(b),
        })
    };
    case.held_of(subject).filter_map(view).collect()
}

pub(super) fn due(due: Due) -> DueView {
    let due_on = due.due_on();
    DueView {
        matter: due.matter,
        subject: due.subject,
        anchor_on: day::write(due.anchor_on),
        counted_on: day::write(due.counted_on),
        due_on: day::write(due_on),
        ends_at: day::BEIJING.end_of(due_on).unwrap_or(InstantMs::MAX),
        extended_because: due.extended().map_or_else(String::new, |e| e.reason.clone()),
        done_on: written(due.done_on),
        provisional: due.provisional,
    }
}

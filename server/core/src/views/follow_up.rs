//! The follow-up as the desk sees it: where the opinions are, what is due and when. Whether something is late is told by
//! the reader's clock against `ends_at`; a view has none.

use crate::appraisal::Appraisal;
use crate::ballot::BallotState;
use crate::follow_up::calendar::CalendarYear;
use crate::follow_up::deadline::Term;
use crate::follow_up::{Due, DueMatter, Opinions, day};
use crate::ids::{InstantMs, SubjectId};
use jiff::civil::Date;

wire! {
    /// How long a matter may take.
    #[derive(Copy)]
    pub struct TermView { pub matter: DueMatter, pub term: Term }

    /// Where a subject's opinions are: days as YYYY-MM-DD, empty while it has not happened.
    pub struct OpinionsView { pub subject: SubjectId, pub handed_on: String, pub received_on: String }

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

pub fn follow_up(case: &Appraisal) -> FollowUpView {
    let f = &case.follow_up;
    FollowUpView {
        terms: f
            .terms
            .iter()
            .map(|(matter, term)| TermView {
                matter: *matter,
                term: *term,
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
        .ballot_of_subject(subject)
        .is_some_and(|(_, b)| b.state == BallotState::Announced);
    let Opinions {
        handed_on, received_on, ..
    } = match known {
        Some(known) => known.clone(),
        None if announced => Opinions::default(),
        None => return None,
    };
    Some(OpinionsView {
        subject,
        handed_on: written(handed_on),
        received_on: written(received_on),
    })
}

fn due(due: Due) -> DueView {
    let due_on = due.due_on();
    DueView {
        matter: due.matter,
        subject: due.subject,
        anchor_on: day::write(due.anchor_on),
        counted_on: day::write(due.counted_on),
        due_on: day::write(due_on),
        ends_at: day::BEIJING.end_of(due_on).unwrap_or(InstantMs::MAX),
        extended_because: due.extension.map_or_else(String::new, |e| e.reason),
        done_on: written(due.done_on),
        provisional: due.provisional,
    }
}

fn written(date: Option<Date>) -> String {
    date.map_or_else(String::new, day::write)
}

//! What each audience may see of a case: one file an audience. A view is a flat map from key to JSON value; a key that
//! renders to nothing is not there for that audience. Pure: `view(state, surroundings, audience)`.

pub mod ballot_types;
mod ballots;
mod chair;
mod deliberation;
mod desk;
mod follow_up;
mod investigation;
mod issues;
mod ledger;
mod member;
mod mine;
mod next;
mod projector;
mod public;
mod publication;
mod questionnaires;
mod shared;
mod stages;
#[cfg(test)]
mod tests;
pub mod types;

use crate::appraisal::Appraisal;
use crate::ids::{BallotId, InstantMs, PersonId, QuestionnaireId};
use crate::outcome::Key;
use crate::questionnaire::QuestionCount;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub use ballot_types::*;
pub use deliberation::{DeliberationView, RemarkView, SpeakingView, SpokenView, WaitingView};
pub use follow_up::{
    DueView, EscalatedView, FollowUpView, OpinionsView, RoundView, SubjectResultView, TermView, results,
};
pub use investigation::{ActivityView, ConductedView, GroupPerson, GroupReportView, GroupView};
pub use issues::{IssueListView, IssueView, MySubjectView, RectificationView, StandingIssue};
pub use ledger::{CheckView, ClosingView, FilingView, LedgerLineView, LedgerView, ReopeningView, VerdictView};
pub use mine::{mine, mine_ballot};
pub use publication::{
    PartView, PublicIssue, PublicOpinions, PublicProgress, PublicRectificationView, PublicationView,
};
pub use questionnaires::QuestionnaireView;
pub use stages::{
    CourseView, LotCandidateView, LotView, LotsView, OpenView, PlanView, ReminderView, StageView, StepView,
};
pub use types::*;

wire_words! {
    /// Who looks. All sockets of one audience share one stream; what is personal goes over `mine`.
    pub enum Audience { Member, Projector, Chair, Desk, Public }
}

impl Audience {
    pub const ALL: [Audience; 5] = [
        Audience::Member,
        Audience::Projector,
        Audience::Chair,
        Audience::Desk,
        Audience::Public,
    ];
}

/// What is true but not part of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// People with a live socket.
    pub connected: BTreeSet<PersonId>,
    pub projectors: u32,
    pub chairs: u32,
    pub operators: u32,
    pub desks: u32,
    pub door: Option<Door>,
    /// What screens may know of open secret boxes, in steps.
    pub boxes: BTreeMap<BallotId, BoxSight>,
    /// What the desk may know of open questionnaires, in steps.
    pub answers: BTreeMap<QuestionnaireId, AnswerSight>,
}

/// How full a secret round's box was at the last step, and what it held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoxSight {
    pub round: u32,
    pub returned: u32,
    /// Votes per option, in the order of the rule's options.
    pub counts: Vec<u32>,
}

/// How many answers a questionnaire's box held at the last step, and what the first `counted` of them came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerSight {
    pub answers: u32,
    pub counted: u32,
    pub counts: Vec<QuestionCount>,
}

/// The way in through the hall's QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Typed code of the moment.
    pub code: String,
    /// What the QR encodes.
    pub url: String,
    /// The address to type by hand.
    pub address: String,
    pub svg: String,
    pub expires_at: InstantMs,
}

/// The value of one key for one audience, or nothing.
pub fn render(case: &Appraisal, around: &Surroundings, audience: Audience, key: Key) -> Option<Value> {
    match audience {
        Audience::Member => member::render(case, around, key),
        Audience::Projector => projector::render(case, around, key),
        Audience::Chair => chair::render(case, around, key),
        Audience::Desk => desk::render(case, around, key),
        Audience::Public => public::render(case, around, key),
    }
}

/// The whole view, rebuilt.
pub fn view(case: &Appraisal, around: &Surroundings, audience: Audience) -> BTreeMap<String, Value> {
    let keys = case.keys();
    keys.into_iter()
        .filter_map(|k| Some((k.to_string(), render(case, around, audience, k)?)))
        .collect()
}

/// A day as YYYY-MM-DD, empty for none.
fn written(date: Option<jiff::civil::Date>) -> String {
    date.map_or_else(String::new, crate::follow_up::day::write)
}

/// Views are made of strings, integers and lists of them, which always serialise.
fn json<T: Serialize>(value: T) -> Option<Value> {
    serde_json::to_value(value).ok()
}

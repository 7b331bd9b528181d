//! What anyone may see: the case's names, its subjects, and results once announced.

use super::ballots::{Sight, ballot};
use super::shared::{case_view, subject_view};
use super::stages::lots;
use super::{BallotView, Surroundings, json};
use crate::appraisal::Appraisal;
use crate::ballot::BallotState;
use crate::outcome::Key;
use crate::publication::Part;
use crate::stages::lots::Lot;
use serde_json::Value;

pub fn render(case: &Appraisal, around: &Surroundings, key: Key) -> Option<Value> {
    let results = case.publication.is_public(Part::Results);
    match key {
        Key::Case => json(case_view(case)),
        Key::Subject(id) => {
            let mut subject = subject_view(case, id)?;
            subject.documents.clear();
            subject.recused.clear();
            subject.person = None;
            // A later ballot measures the rectification and stands beside this one.
            subject.ballot = case.appraisal_of(id).map(|(ballot, _)| ballot);
            if !results {
                subject.grade = None;
            }
            json(subject)
        }
        Key::Publication => json(super::publication::publication(case)),
        Key::Published(id) => json(super::publication::rectification(case, id)?),
        Key::Ballot(id) if results && case.ballots.get(&id)?.state == BallotState::Announced => json(BallotView {
            roll: Vec::new(),
            ..ballot(case, around, id, Sight::Hall)?
        }),
        Key::Lot => json(lots(case, Lot::is_over)?),
        Key::Settings
        | Key::Sitting
        | Key::Agenda
        | Key::Attendance
        | Key::Screen
        | Key::Console
        | Key::Minutes
        | Key::FollowUp
        | Key::Scrutiny
        | Key::Rules
        | Key::Joined
        | Key::Door
        | Key::Question(_)
        | Key::Ballot(_)
        | Key::Person(_)
        | Key::Plan
        | Key::Group(_)
        | Key::Questionnaire(_)
        | Key::Deliberation
        | Key::Remark(_)
        | Key::IssueList
        | Key::Rectification(_)
        | Key::Ledger(_)
        | Key::LedgerLine(_)
        | Key::Issue(_) => None,
    }
}

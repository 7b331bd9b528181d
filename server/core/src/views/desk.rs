//! What the general office sees: people with their connections, all questions but those for the chair only, with the
//! names of those who asked without name (the phone said so when it asked), ballots as the hall sees them.

use super::ballots::{Sight, ballot};
use super::ledger::{Reader, ledger, ledger_line};
use super::shared::{Names, Story, common, door, joined, minutes, person, question, rules, scrutiny, stations};
use super::{BallotView, Surroundings, deliberation, investigation, json};
use crate::appraisal::Appraisal;
use crate::ids::{BallotId, PersonId};
use crate::inquiry::Visibility;
use crate::outcome::Key;
use serde_json::Value;

pub fn render(case: &Appraisal, around: &Surroundings, key: Key) -> Option<Value> {
    match key {
        Key::Question(id) => {
            let private = case.inquiry.questions.get(&id)?.visibility == Visibility::ChairOnly;
            if private {
                None
            } else {
                json(question(case, id, Names::Office, Story::Whole)?)
            }
        }
        Key::Ballot(id) => json(BallotView {
            left_behind: left_behind(case, id),
            ..ballot(case, around, id, Sight::Desk)?
        }),
        Key::Group(id) => json(investigation::whole(case, id)?),
        Key::Deliberation => json(deliberation::deliberation(case, deliberation::Sight::Whole)),
        Key::Remark(id) => json(deliberation::remark(case, id, case.deliberation.remarks.get(&id)?)),
        Key::Joined => json(joined(case, around, Some(stations(around)))),
        Key::Door => json(door(around)?),
        Key::Plan => json(super::stages::whole_plan(case)),
        Key::Minutes => json(minutes(case)),
        Key::FollowUp => json(super::follow_up::follow_up(case)),
        Key::Ledger(id) => json(ledger(case, id, Reader::Party)?),
        Key::LedgerLine(id) => json(ledger_line(case, id, Reader::Party)?),
        Key::Questionnaire(id) => json(super::questionnaires::questionnaire(case, around, id)?),
        Key::Scrutiny => json(scrutiny(case)),
        Key::IssueList => json(super::issues::issue_list(case)),
        Key::Issue(id) => json(super::issues::issue(case, id)?),
        Key::Rectification(id) => json(super::issues::rectification(case, id)?),
        Key::Rules => json(rules(case)),
        Key::Publication => json(super::publication::publication(case)),
        Key::Person(id) => json(person(case, around, id)?),
        other => common(case, other),
    }
}

/// Who cannot go on in the running round, for the office that gave out the new card. Who has voted is not told by it.
fn left_behind(case: &Appraisal, id: BallotId) -> Option<Vec<PersonId>> {
    let b = case.ballots.get(&id).filter(|b| b.running())?;
    let has_other = |(person, key): (&PersonId, &String)| {
        let now = case.roster.people.get(person)?;
        (now.device_key != *key).then_some(*person)
    };
    let people: Vec<_> = b.casts.secret()?.left_behind.iter().filter_map(has_other).collect();
    (!people.is_empty()).then_some(people)
}

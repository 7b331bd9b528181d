//! What both console seats see: everything needed to conduct, but no name of one who asked without name, and no
//! distribution before the hall may see it or the box is sealed.

use super::ballots::{Sight, ballot};
use super::next::console;
use super::shared::{Names, Story, common, door, joined, minutes, person, question, rules, scrutiny, stations};
use super::{Surroundings, deliberation, investigation, json};
use crate::appraisal::Appraisal;
use crate::inquiry::QuestionState;
use crate::outcome::Key;
use serde_json::Value;

pub fn render(case: &Appraisal, around: &Surroundings, key: Key) -> Option<Value> {
    match key {
        Key::Question(id) => {
            let withdrawn = case.inquiry.questions.get(&id)?.state == QuestionState::Withdrawn;
            if withdrawn {
                None
            } else {
                json(question(case, id, Names::Chair, Story::Whole)?)
            }
        }
        Key::Ballot(id) => json(ballot(case, around, id, Sight::Chair)?),
        Key::Group(id) => json(investigation::heard(case, id)?),
        Key::Deliberation => json(deliberation::deliberation(case, deliberation::Sight::Whole)),
        Key::Joined => json(joined(case, around, Some(stations(around)))),
        Key::Door => json(door(around)?),
        Key::Console => json(console(case)),
        Key::Plan => json(super::stages::whole_plan(case)),
        Key::Minutes => json(minutes(case)),
        Key::Scrutiny => json(scrutiny(case)),
        Key::Rules => json(rules(case)),
        Key::Person(id) => json(person(case, around, id)?),
        other => common(case, other),
    }
}

//! What the general office sees: people with their connections, all questions but those for the chair only, with the
//! names of those who asked without name (the phone said so when it asked), ballots as the hall sees them.

use super::shared::{Names, Sight, Story, ballot, common, door, joined, minutes, person, question, stations};
use super::{Surroundings, json};
use crate::appraisal::Appraisal;
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
        Key::Ballot(id) => json(ballot(case, around, id, Sight::Hall)?),
        Key::Joined => json(joined(case, around, Some(stations(around)))),
        Key::Door => json(door(around)?),
        Key::Minutes => json(minutes(case)),
        Key::Person(id) => json(person(case, around, id)?),
        other => common(case, other),
    }
}

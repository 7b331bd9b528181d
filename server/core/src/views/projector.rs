//! What the hall screen sees: the door, the course, the one question on the screen, ballots by their tally setting.

use super::ballots::{Sight, ballot};
use super::shared::{Names, Story, common, door, joined, question};
use super::{Surroundings, deliberation, json};
use crate::appraisal::Appraisal;
use crate::outcome::Key;
use crate::sitting::Screen;
use serde_json::Value;

pub fn render(case: &Appraisal, around: &Surroundings, key: Key) -> Option<Value> {
    match key {
        Key::Question(id) => {
            let on_screen = case.sitting.screen == (Screen::Question { question: id });
            let shown = case.inquiry.questions.get(&id)?.shown();
            if on_screen && shown {
                json(question(case, id, Names::Public, Story::Wording)?)
            } else {
                None
            }
        }
        Key::Ballot(id) => json(ballot(case, around, id, Sight::Hall)?),
        Key::Deliberation => json(deliberation::deliberation(case, deliberation::Sight::Speaker)),
        Key::Joined => json(joined(case, around, None)),
        Key::Door => json(door(around)?),
        other => common(case, other),
    }
}

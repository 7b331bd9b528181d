//! What every member's and attendee's phone sees: the course of the sitting, shown questions, ballots as the hall does.

use super::ballots::{Sight, ballot};
use super::ledger::{Reader, ledger, ledger_line};
use super::shared::{Names, Story, common, question};
use super::{Surroundings, deliberation, investigation, json};
use crate::appraisal::Appraisal;
use crate::outcome::Key;
use serde_json::Value;

pub fn render(case: &Appraisal, around: &Surroundings, key: Key) -> Option<Value> {
    match key {
        Key::Question(id) => {
            let shown = case.inquiry.questions.get(&id)?.shown();
            if shown {
                json(question(case, id, Names::Public, Story::Wording)?)
            } else {
                None
            }
        }
        Key::Ledger(id) => json(ledger(case, id, Reader::Member)?),
        Key::LedgerLine(id) => json(ledger_line(case, id, Reader::Member)?),
        Key::Ballot(id) => json(ballot(case, around, id, Sight::Hall)?),
        Key::Group(id) => json(investigation::heard(case, id)?),
        Key::Deliberation => json(deliberation::deliberation(case, deliberation::Sight::List)),
        other => common(case, other),
    }
}

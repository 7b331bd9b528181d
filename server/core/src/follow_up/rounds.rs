//! Rounds of rectification: a subject whose rectification was measured dissatisfied by more than half of all members is
//! ordered by the council to go on (责成继续整改), with a day of its own for the further report, until it is satisfied.
//! What is done beyond that, up the ladder of 监督法 51–62, is recorded.

use super::{Opinions, Progress, day};
use crate::appraisal::Appraisal;
use crate::ballot::{Ballot, BallotState};
use crate::ids::{BallotId, SubjectId};
use crate::limits::{ESCALATIONS_MAX, NOTE_CHARS_MAX};
use crate::refusal::{Counted, Refusal, TextField};
use crate::rules::profile::ConsequenceKind;
use crate::text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

wire_words! {
    /// Steps beyond an ordered rectification, mildest first.
    pub enum Escalation {
        /// 书面说明
        WrittenExplanation,
        /// 约谈
        Talk,
        /// 专题询问
        SpecialInquiry,
        /// 质询
        Interpellation,
        /// 特定问题调查
        SpecialInvestigation,
        /// 撤职案, by secret paper ballot, never here.
        RemovalMotion,
    }
}

wire! {
    /// Desk: the council orders continued rectification after the ballot that asks for it. Days are YYYY-MM-DD.
    pub struct RoundOrder { pub subject: SubjectId, pub on: String, pub until: String, pub note: String }

    /// Desk: a step beyond it was taken.
    pub struct EscalationStep { pub subject: SubjectId, pub step: Escalation, pub on: String, pub note: String }
}

/// Continued rectification as ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The ballot that asked for it.
    pub ballot: BallotId,
    pub ordered_on: Date,
    /// The last day of the further report, as the council set it.
    pub until: Date,
    pub note: String,
    pub report: Progress,
}

/// A step as recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    pub step: Escalation,
    pub on: Date,
    pub note: String,
}

impl Appraisal {
    /// Whether the rule orders continued rectification where this ballot ended.
    pub fn asks_to_go_on(&self, ballot: &Ballot) -> bool {
        let Some(result) = ballot
            .result
            .as_ref()
            .filter(|_| ballot.state == BallotState::Announced)
        else {
            return false;
        };
        let consequences = &self.profile_of(ballot).consequences;
        consequences
            .iter()
            .any(|c| c.grade == result.grade && c.kind == ConsequenceKind::ContinueRectification)
    }

    /// The announced ballot on rectification that asks for another round which the council has not ordered yet.
    pub fn round_to_order(&self, subject: SubjectId) -> Option<BallotId> {
        let (id, ballot) = self
            .rectifications_of(subject)
            .filter(|(_, b)| b.state == BallotState::Announced)
            .last()?;
        let opinions = self.follow_up.subjects.get(&subject);
        let ordered = opinions.is_some_and(|o| o.rounds.iter().any(|r| r.ballot == id));
        (self.asks_to_go_on(ballot) && !ordered).then_some(id)
    }

    pub(super) fn order_round(&mut self, order: &RoundOrder) -> Result<(), Refusal> {
        self.subject(order.subject)?;
        let ballot = self.round_to_order(order.subject).ok_or(Refusal::NothingDue {})?;
        let announced_on = day::BEIJING.day_of(self.ballot(ballot)?.announced_at);
        let ordered_on = self.past_day(&order.on, announced_on, None)?;
        let ordered_on = ordered_on.ok_or(Refusal::DayUnreadable {})?;
        let until = day::read(&order.until)?;
        if until <= ordered_on {
            let first = ordered_on.tomorrow().map_or_else(|_| String::new(), day::write);
            return Err(Refusal::DayTooEarly { first });
        }
        let note = optional_note(&order.note)?;
        let round = Round {
            ballot,
            ordered_on,
            until,
            note,
            report: Progress::default(),
        };
        self.follow_up
            .subjects
            .entry(order.subject)
            .or_default()
            .rounds
            .push(round);
        Ok(())
    }

    pub(super) fn escalate(&mut self, step: &EscalationStep) -> Result<(), Refusal> {
        self.subject(step.subject)?;
        let announced_on = self
            .appraisal_of(step.subject)
            .filter(|(_, b)| b.state == BallotState::Announced)
            .ok_or(Refusal::ResultNotAnnounced {})?
            .1
            .announced_at;
        let on = self.past_day(&step.on, day::BEIJING.day_of(announced_on), None)?;
        let on = on.ok_or(Refusal::DayUnreadable {})?;
        let note = text::paragraph(TextField::Note, &step.note, NOTE_CHARS_MAX)?;
        let steps = &mut self.follow_up.subjects.entry(step.subject).or_default().escalations;
        if steps.len() >= ESCALATIONS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Escalations,
                max: u32::try_from(ESCALATIONS_MAX).unwrap_or(u32::MAX),
            });
        }
        steps.push(Escalated {
            step: step.step,
            on,
            note,
        });
        Ok(())
    }
}

impl Opinions {
    /// The round of rectification under way; none while it is the first.
    pub fn round(&self) -> Option<&Round> {
        self.rounds.last()
    }
}

fn optional_note(note: &str) -> Result<String, Refusal> {
    if note.trim().is_empty() {
        return Ok(String::new());
    }
    text::paragraph(TextField::Note, note, NOTE_CHARS_MAX)
}

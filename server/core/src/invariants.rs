//! What must hold after every command. Checked in tests and in debug builds; a breach is a defect, never a refusal.

use crate::appraisal::Appraisal;
use crate::ballot::BallotState;
use crate::inquiry::QuestionState;
use crate::sitting::ItemState;

/// The first invariant that does not hold, in words.
pub fn breach(case: &Appraisal) -> Option<String> {
    if case.ballots.values().filter(|b| b.running()).count() > 1 {
        return Some("two ballots run at once".into());
    }
    for (id, b) in &case.ballots {
        if b.casts.returned() > b.issued_count() {
            return Some(format!("ballot {id}: more returned than issued"));
        }
        if b.casts.count(b.rule.options.len()).iter().sum::<u32>() != b.casts.returned() {
            return Some(format!("ballot {id}: options do not sum to the returned"));
        }
        if b.state == BallotState::Announced && b.result.is_none() {
            return Some(format!("ballot {id}: announced without a recorded result"));
        }
        if usize::try_from(b.round).ok() != Some(b.voided.len() + 1) {
            return Some(format!("ballot {id}: a voided round is missing"));
        }
    }
    let current: Vec<_> = case
        .sitting
        .agenda
        .iter()
        .filter(|(_, i)| i.state == ItemState::Current)
        .map(|(id, _)| *id)
        .collect();
    if current.len() > 1 || current.first().copied() != case.sitting.current {
        return Some("the agenda's current item is not one".into());
    }
    for (id, q) in &case.inquiry.questions {
        if (q.state == QuestionState::Merged) != q.merged_into.is_some() {
            return Some(format!("question {id}: merged without a target"));
        }
        if (q.state == QuestionState::Taken) != (case.inquiry.taken == Some(*id)) {
            return Some(format!("question {id}: taken and not taken"));
        }
    }
    None
}

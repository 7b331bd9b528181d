//! What must hold after every command. Checked in tests and in debug builds; a breach is a defect, never a refusal.

use crate::appraisal::Appraisal;
use crate::ballot::BallotState;
use crate::deliberation::SpeechState;
use crate::inquiry::QuestionState;
use crate::sitting::ItemState;

/// The first invariant that does not hold, in words.
pub fn breach(case: &Appraisal) -> Option<String> {
    let mut running = case.ballots.values().filter(|b| b.running()).map(|b| b.item);
    if let Some(first) = running.next()
        && running.any(|item| item != first)
    {
        return Some("two sheets run at once".into());
    }
    for (id, b) in &case.ballots {
        if b.casts.returned() > b.issued_count().saturating_sub(secret_paper(b)) {
            return Some(format!("ballot {id}: more returned than issued"));
        }
        let row_differs = |c: Vec<u32>| {
            let options = b.rule.options.len().max(1);
            c.chunks(options)
                .any(|row| row.iter().sum::<u32>() != b.casts.returned())
        };
        if b.casts.counts(&b.rule).is_some_and(row_differs) {
            return Some(format!("ballot {id}: options do not sum to the returned"));
        }
        let secret_counts = b
            .casts
            .secret()
            .and_then(|s| s.sealed.as_ref())
            .and_then(|s| s.counts.as_ref());
        if secret_counts.is_some() && !b.announcing {
            return Some(format!(
                "ballot {id}: a secret round's counts are on the record before it was announced"
            ));
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
    let speaking = case
        .deliberation
        .speeches
        .iter()
        .filter(|s| s.state == SpeechState::Speaking);
    if speaking.clone().count() > 1 || speaking.clone().any(|s| s.item != case.deliberating()) {
        return Some("somebody speaks out of turn".into());
    }
    None
}

/// Paper slips handed out in a secret round: their issue is beside the tokens'.
fn secret_paper(b: &crate::ballot::Ballot) -> u32 {
    b.casts.secret().map_or(0, |_| b.paper.issued())
}

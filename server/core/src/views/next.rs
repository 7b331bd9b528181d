//! The chair's one big next action, found from the state: the chair never searches for the next step.

use super::types::{ConsoleView, Next};
use crate::appraisal::Appraisal;
use crate::ballot::{Ballot, BallotState};
use crate::ids::BallotId;
use crate::inquiry::QuestionState;
use crate::refusal::{Lacking, Refusal};
use crate::scrutiny::Step;
use crate::sitting::{ItemKind, SittingState};

pub fn console(case: &Appraisal) -> ConsoleView {
    let (next, blocked) = next(case);
    ConsoleView {
        held_by: case.sitting.console,
        next,
        blocked,
        queue: case.inquiry.queue(),
    }
}

fn next(case: &Appraisal) -> (Next, Option<Refusal>) {
    match case.sitting.state {
        SittingState::Preparing => return (Next::OpenSitting {}, lacks(case)),
        // A result that the rule keeps sealed until after the sitting is announced then.
        SittingState::Closed => match case.ballot_to_announce() {
            Some(ballot) => return (Next::AnnounceBallot { ballot }, unannounceable(case, ballot)),
            None => return (Next::Finished {}, None),
        },
        SittingState::Open => {}
    }
    let quorum = || case.need_quorum().err();
    if let Some((ballot, b)) = foremost(case) {
        return match b.state {
            BallotState::Presented => {
                let key = b
                    .casts
                    .secret()
                    .filter(|s| s.header.is_empty())
                    .map(|_| Refusal::KeyNotReady {});
                let confirmed = || case.need_confirmed(ballot, Step::Open).err();
                (Next::OpenBallot { ballot }, key.or_else(quorum).or_else(confirmed))
            }
            BallotState::Paused => (Next::ResumeBallot { ballot }, None),
            BallotState::Closing => (Next::AwaitSeal { ballot }, None),
            _ => (
                Next::CloseBallot { ballot },
                case.need_confirmed(ballot, Step::Close).err(),
            ),
        };
    }
    // A voided round of a sheet is held again before the sheet is announced.
    if let Some(id) = case.ballot_to_announce() {
        let again = case
            .ballot_to_present()
            .filter(|again| case.sheet_of(id).contains(again));
        return match again {
            Some(ballot) => (Next::PresentBallot { ballot }, quorum()),
            None => {
                let blocked = case
                    .need_announceable(id)
                    .and_then(|()| case.need_confirmed(id, Step::Unseal));
                (Next::AnnounceBallot { ballot: id }, blocked.err())
            }
        };
    }
    if let Some(question) = case.inquiry.taken {
        return (Next::SettleQuestion { question }, None);
    }
    if case.deliberation.speaking().is_some() {
        return (Next::EndSpeech {}, None);
    }
    if let Some(person) = case.deliberating().and(case.next_speaker()) {
        return (Next::CallSpeaker { person }, None);
    }
    // Before the next round is presented, so that all who share a place are on its sheet.
    if let Some((ballot, cause)) = case.ballot_to_repeat() {
        let blocked = case.ballot(ballot).and_then(crate::ballot::Ballot::need_voidable).err();
        return (Next::RepeatBallot { ballot, cause }, blocked);
    }
    if let Some(ballot) = case.ballot_to_present() {
        return (Next::PresentBallot { ballot }, quorum());
    }
    let inquiring = case
        .sitting
        .current
        .and_then(|c| case.sitting.agenda.get(&c))
        .is_some_and(|i| i.kind == ItemKind::Inquiry);
    if inquiring {
        let accepted =
            |id: &crate::ids::QuestionId| case.inquiry.get(*id).is_ok_and(|q| q.state == QuestionState::Accepted);
        if let Some(question) = case.inquiry.queue().into_iter().find(accepted) {
            return (Next::TakeQuestion { question }, None);
        }
    }
    match case.sitting.next_item() {
        Some(item) => (Next::BeginItem { item }, quorum()),
        None => (Next::CloseSitting {}, None),
    }
}

fn unannounceable(case: &Appraisal, ballot: BallotId) -> Option<Refusal> {
    let counted = case.need_announceable(ballot);
    counted.and_then(|()| case.need_confirmed(ballot, Step::Unseal)).err()
}

/// Of the ballots being held, the one whose step comes first: what is presented is opened before the rest is closed.
fn foremost(case: &Appraisal) -> Option<(BallotId, &Ballot)> {
    use BallotState::*;
    let in_state = |state| case.ballots.iter().find(|(_, b)| b.state == state);
    let found = [Presented, Paused, Open, Closing].into_iter().find_map(in_state);
    found.map(|(id, b)| (*id, b))
}

fn lacks(case: &Appraisal) -> Option<Refusal> {
    let lacks = if case.roster.due() == 0 {
        Lacking::Roster
    } else if case.subjects.is_empty() {
        Lacking::Subjects
    } else if case.sitting.agenda.is_empty() {
        Lacking::Agenda
    } else if !case.profile_confirmed() {
        Lacking::ProfileConfirmed
    } else {
        return None;
    };
    Some(Refusal::NotReady { lacks })
}

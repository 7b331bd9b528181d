//! The chair's one big next action, found from the state: the chair never searches for the next step.

use super::types::{ConsoleView, Next};
use crate::appraisal::Appraisal;
use crate::ballot::BallotState;
use crate::inquiry::QuestionState;
use crate::refusal::{Lacking, Refusal};
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
        SittingState::Closed => return (Next::Finished {}, None),
        SittingState::Open => {}
    }
    let quorum = || case.roster.need_quorum().err();
    if let Some((ballot, b)) = case.running_ballot() {
        return match b.state {
            BallotState::Presented => {
                let key = b
                    .casts
                    .secret()
                    .filter(|s| s.header.is_empty())
                    .map(|_| Refusal::KeyNotReady {});
                (Next::OpenBallot { ballot }, key.or_else(quorum))
            }
            BallotState::Paused => (Next::ResumeBallot { ballot }, None),
            BallotState::Closing => (Next::AwaitSeal { ballot }, None),
            _ => (Next::CloseBallot { ballot }, None),
        };
    }
    if let Some((id, b)) = case.ballots.iter().find(|(_, b)| b.state == BallotState::Sealed) {
        let blocked = b.result.is_none().then_some(Refusal::ResultNotRecorded {});
        return (Next::AnnounceBallot { ballot: *id }, blocked);
    }
    if let Some(question) = case.inquiry.taken {
        return (Next::SettleQuestion { question }, None);
    }
    if let Some((ballot, b)) = case.current_ballot()
        && b.state == BallotState::Prepared
    {
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

fn lacks(case: &Appraisal) -> Option<Refusal> {
    let lacks = if case.roster.due() == 0 {
        Lacking::Roster
    } else if case.subjects.is_empty() {
        Lacking::Subjects
    } else if case.sitting.agenda.is_empty() {
        Lacking::Agenda
    } else {
        return None;
    };
    Some(Refusal::NotReady { lacks })
}

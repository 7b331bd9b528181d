//! What must happen because of the state. Pure: the conductor performs duties when they are due, brings results back
//! as system commands under an id made from `name`, so that a duty done twice (after a crash) counts once.

use crate::appraisal::Appraisal;
use crate::ballot::{BallotResult, BallotState};
use crate::command::Command;
use crate::ids::InstantMs;

/// One thing to do, at `due_at` or as soon as possible after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Unique within the case: its command's id is derived from it.
    pub name: String,
    pub due_at: InstantMs,
    pub command: Command,
}

/// All duties of this state.
pub fn duties(case: &Appraisal) -> Vec<Duty> {
    let mut duties = Vec::new();
    for (id, ballot) in &case.ballots {
        let round = ballot.round;
        match ballot.state {
            BallotState::Closing => duties.push(Duty {
                name: format!("ballot.seal/{id}/{round}"),
                due_at: ballot.seals_at(),
                command: Command::SealBallot { ballot: *id, round },
            }),
            BallotState::Sealed if ballot.result.is_none() => duties.push(Duty {
                name: format!("ballot.result/{id}/{round}"),
                due_at: case.now,
                command: Command::RecordResult {
                    ballot: *id,
                    round,
                    result: Box::new(BallotResult::of(ballot, case.roster.due())),
                },
            }),
            _ => {}
        }
    }
    duties
}

//! The texts that a person's device signs, so that a bearer overheard on the network votes and signs for nobody.

use crate::ids::{AppraisalId, BallotId, CommandId, SubjectId};

/// The text a device signs for a named vote, so that a sniffed bearer votes for nobody.
pub fn vote_text(appraisal: &AppraisalId, id: &CommandId, ballot: BallotId, round: u32, choice: u32) -> String {
    format!("pingyi-vote/1|{appraisal}|{id}|{ballot}|{round}|{choice}")
}

/// The same for several items: the choices in their order, with commas.
pub fn votes_text(appraisal: &AppraisalId, id: &CommandId, ballot: BallotId, round: u32, choices: &[u32]) -> String {
    let choices: Vec<String> = choices.iter().map(u32::to_string).collect();
    format!("pingyi-votes/2|{appraisal}|{id}|{ballot}|{round}|{}", choices.join(","))
}

/// The text a device signs for a token request.
pub fn token_text(appraisal: &AppraisalId, id: &CommandId, ballot: BallotId, round: u32, blinded: &str) -> String {
    format!("pingyi-token/1|{appraisal}|{id}|{ballot}|{round}|{blinded}")
}

/// The text an officer's device signs for having received the opinions. Which text that was, the record says: approved
/// opinions do not change any more.
pub fn receipt_text(appraisal: &AppraisalId, id: &CommandId, subject: SubjectId) -> String {
    format!("pingyi-receipt/1|{appraisal}|{id}|{subject}")
}

//! What must happen because of the state. Pure: the conductor performs duties when they are due, brings results back
//! as system commands under an id made from `name`, so that a duty done twice (after a crash) counts once.

use crate::appraisal::Appraisal;
use crate::ballot::{Ballot, BallotState, Secrecy};
use crate::command::Command;
use crate::ids::{BallotId, InstantMs, LotId, QuestionnaireId};
use crate::questionnaire::{QuestionnaireState, SurveyQuestion};
use crate::stages::lots::{Lot, LotState};

/// One thing to do, at `due_at` or as soon as possible after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Unique within the case: its command's id is derived from it.
    pub name: String,
    pub due_at: InstantMs,
    pub work: Work,
}

/// What a duty takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Only to be put on the record.
    Record(Command),
    /// Work of the ballot office outside the case; it comes back as a command.
    Office(OfficeWork),
}

/// Work with secrets: a secret round's key and box, a questionnaire's box, a lot's seed. Each may be done again after a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficeWork {
    /// Make the round's key and header: comes back as `ballot.key/1`.
    MakeKey {
        ballot: BallotId,
        round: u32,
        subject: String,
        options: Vec<String>,
        /// Marks on one ballot.
        items: u32,
    },
    /// Freeze the box, compute the board's digest: comes back as `ballot.seal_box/2`.
    SealBox {
        ballot: BallotId,
        round: u32,
        header: String,
        issuance: Vec<(crate::ids::PersonId, String)>,
        /// Members who were handed a paper; the board lists them beside those with a token.
        paper: Vec<crate::ids::PersonId>,
    },
    /// Count the frozen box of an announced round: comes back as `ballot.count_box/1`.
    CountBox {
        ballot: BallotId,
        round: u32,
        header: String,
    },
    /// Make board and seed public: comes back as `ballot.release/1`.
    Release {
        ballot: BallotId,
        round: u32,
        header: String,
        issuance: Vec<(crate::ids::PersonId, String)>,
        /// Members who were handed a paper; the board lists them beside those with a token.
        paper: Vec<crate::ids::PersonId>,
    },
    /// Destroy a voided round's box and seed: comes back as `ballot.destroyed/1`.
    Destroy { ballot: BallotId, round: u32 },
    /// Freeze and count a closed questionnaire's box: comes back as `questionnaire.count/1`.
    CountAnswers {
        questionnaire: QuestionnaireId,
        questions: Vec<SurveyQuestion>,
    },
    /// Make the lot's secret seed and commit to it: comes back as `lot.commit/1`.
    CommitLot { lot: LotId },
    /// Show the lot's seed: comes back as `lot.seed/1`.
    RevealLot { lot: LotId },
}

/// All duties of this state.
pub fn duties(case: &Appraisal) -> Vec<Duty> {
    let mut duties = Vec::new();
    for (id, ballot) in &case.ballots {
        duties.extend(count(case, *id, ballot));
        duties.extend(keep_secret(case, *id, ballot));
    }
    let closed = |state| state == QuestionnaireState::Closed;
    let uncounted = case
        .questionnaires
        .all
        .iter()
        .filter(|(_, q)| closed(q.state) && q.result.is_none());
    duties.extend(uncounted.map(|(id, q)| Duty {
        name: format!("questionnaire.count/{id}"),
        due_at: case.now,
        work: Work::Office(OfficeWork::CountAnswers {
            questionnaire: *id,
            questions: q.questions.clone(),
        }),
    }));
    duties.extend(case.publication.waiting().map(|release| Duty {
        name: format!("publication.release/{:?}/{}", release.part, release.at),
        due_at: release.at,
        work: Work::Record(Command::ReleasePart(release)),
    }));
    duties.extend(case.lots().filter_map(|(id, lot)| draw_lot(case, id, lot)));
    duties
}

/// Sealing a named round, recording a result.
fn count(case: &Appraisal, id: BallotId, ballot: &Ballot) -> Option<Duty> {
    let round = ballot.round;
    match ballot.state {
        BallotState::Closing if ballot.casts.secrecy() == Secrecy::Named => Some(Duty {
            name: format!("ballot.seal/{id}/{round}"),
            due_at: ballot.seals_at(),
            work: Work::Record(Command::SealBallot { ballot: id, round }),
        }),
        BallotState::Sealed if ballot.announcing => {
            let result = Box::new(case.recorded_result(id)?);
            Some(Duty {
                name: format!("ballot.result/{id}/{round}"),
                due_at: case.now,
                work: Work::Record(Command::RecordResult {
                    ballot: id,
                    round,
                    result,
                }),
            })
        }
        _ => None,
    }
}

/// The seed of a lot: kept until the hall has called out, then shown.
fn draw_lot(case: &Appraisal, lot: LotId, drawn: &Lot) -> Option<Duty> {
    let (name, work) = match drawn.state() {
        LotState::Called => (format!("lot.commit/{lot}"), OfficeWork::CommitLot { lot }),
        LotState::Revealing => (format!("lot.seed/{lot}"), OfficeWork::RevealLot { lot }),
        LotState::Committed | LotState::Drawn | LotState::Cancelled => return None,
    };
    Some(Duty {
        name,
        due_at: case.now,
        work: Work::Office(work),
    })
}

/// Key, box, board and seed of a secret ballot's rounds.
fn keep_secret(case: &Appraisal, id: BallotId, ballot: &Ballot) -> Vec<Duty> {
    let (round, now) = (ballot.round, case.now);
    let duty = |what: &str, round: u32, due_at, work| Duty {
        name: format!("ballot.{what}/{id}/{round}"),
        due_at,
        work: Work::Office(work),
    };
    let mut duties: Vec<Duty> = ballot
        .voided
        .iter()
        .filter(|v| v.to_destroy)
        .map(|v| {
            duty(
                "destroy",
                v.round,
                now,
                OfficeWork::Destroy {
                    ballot: id,
                    round: v.round,
                },
            )
        })
        .collect();
    let Some(secret) = ballot.casts.secret() else {
        return duties;
    };
    let issuance = || secret.tokens.iter().map(|(p, blinded)| (*p, blinded.clone())).collect();
    let paper = || ballot.paper.marks.iter().copied().collect();
    match ballot.state {
        BallotState::Presented if secret.header.is_empty() => {
            let subject = case
                .subjects
                .get(&ballot.subject)
                .map_or_else(String::new, |s| format!("{}{}", s.unit, s.post));
            let options = ballot.rule.options.iter().map(|o| o.key.clone()).collect();
            duties.push(duty(
                "key",
                round,
                now,
                OfficeWork::MakeKey {
                    ballot: id,
                    round,
                    subject,
                    options,
                    items: u32::try_from(ballot.rule.rows()).unwrap_or(u32::MAX),
                },
            ));
        }
        BallotState::Closing => {
            let work = OfficeWork::SealBox {
                ballot: id,
                round,
                header: secret.header.clone(),
                issuance: issuance(),
                paper: paper(),
            };
            duties.push(duty("seal_box", round, ballot.seals_at(), work));
        }
        BallotState::Sealed if ballot.announcing && secret.sealed.as_ref().is_some_and(|s| s.counts.is_none()) => {
            let work = OfficeWork::CountBox {
                ballot: id,
                round,
                header: secret.header.clone(),
            };
            duties.push(duty("count_box", round, now, work));
        }
        BallotState::Announced if secret.released.is_none() && ballot.counts_public() => {
            let work = OfficeWork::Release {
                ballot: id,
                round,
                header: secret.header.clone(),
                issuance: issuance(),
                paper: paper(),
            };
            duties.push(duty("release", round, now, work));
        }
        _ => {}
    }
    duties
}

//! Replays a case's records through the rules and notes what was announced of every round.
//! The first fault in what the records claim is kept; what stops the replay is an error.

use super::signatures::Devices;
use super::{DocumentLine, Fault, RoundId};
use crate::secrecy::Header;
use crate::secrecy::encoding::to_hex;
use pingyi_core::Appraisal;
use pingyi_core::ballot::{Ballot, BallotResult, BallotState, Casts, Secrecy};
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, PersonId, QuestionnaireId};
use pingyi_core::questionnaire::Questionnaire;
use pingyi_core::rules::Profile;
use pingyi_core::stamp::Stamped;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use uuid::Uuid;

/// What the records say of one round.
#[derive(Debug, Default)]
pub(super) struct RoundFacts {
    pub secrecy: Option<Secrecy>,
    /// As the hall read it.
    pub subject: String,
    pub header: Option<Header>,
    /// Of the sealed board, 64 hex digits.
    pub digest: Option<String>,
    /// Of an announced secret round, in the order of the options.
    pub counts: Vec<u32>,
    pub result: Option<BallotResult>,
    pub announced: bool,
    pub voided: Option<String>,
    /// Announced, and the rule keeps its votes and its board: of a group too small to be shown, say.
    pub withheld: bool,
    /// SHA-256 of the board's file.
    pub board: Option<String>,
    /// Who could be given a ballot and who took a token; absent where the records are withheld.
    pub roll: Option<Roll>,
}

#[derive(Debug)]
pub(super) struct Roll {
    pub present: Vec<PersonId>,
    pub tokens: BTreeMap<PersonId, String>,
    /// Who was handed a paper.
    pub marks: Vec<PersonId>,
}

#[derive(Debug, Default)]
pub(super) struct Course {
    pub rounds: BTreeMap<RoundId, RoundFacts>,
    /// Indexes of commands that changed something.
    pub accepted: BTreeSet<u64>,
    /// What the case holds after the last record.
    pub documents: Vec<DocumentLine>,
    pub questionnaires: BTreeMap<QuestionnaireId, Questionnaire>,
    pub title: String,
    /// The rule as adopted; none for the usual one.
    pub profile: Option<Profile>,
    /// A ballot is held, or sealed and not announced, after the last record.
    pub ballot_running: bool,
    pub fault: Option<Fault>,
}

/// Passes a record that stops the rules only where a later record sets it aside, as the program itself does.
pub(super) fn replay(case: Uuid, records: &[(u64, Stamped)]) -> Result<Course, Fault> {
    match replay_but(case, records, &BTreeSet::new()) {
        Err(Fault::Poison { index }) => {
            let aside = |(_, s): &(u64, Stamped)| match s.command {
                Command::SetAside { index, .. } => Some(u64::from(index)),
                _ => None,
            };
            let aside: BTreeSet<u64> = records.iter().filter_map(aside).collect();
            if aside.contains(&index) {
                replay_but(case, records, &aside)
            } else {
                Err(Fault::Poison { index })
            }
        }
        other => other,
    }
}

fn replay_but(case: Uuid, records: &[(u64, Stamped)], aside: &BTreeSet<u64>) -> Result<Course, Fault> {
    let mut replay = Replay {
        case: Appraisal::new(case),
        course: Course::default(),
        devices: Devices::default(),
    };
    for (index, stamped) in records.iter().filter(|(index, _)| !aside.contains(index)) {
        replay.step(*index, stamped)?;
    }
    let Replay { case, mut course, .. } = replay;
    let held = case.held_documents().into_iter();
    course.documents = held
        .map(|(of, d)| DocumentLine {
            of,
            kind: d.kind,
            digest: d.digest.clone(),
            file_name: d.file_name.clone(),
            size_bytes: d.size_bytes,
        })
        .collect();
    let rests = |b: &Ballot| matches!(b.state, BallotState::Prepared | BallotState::Announced);
    course.ballot_running = !case.ballots.values().all(rests);
    course.title = case.names.title;
    course.questionnaires = case.questionnaires.all;
    Ok(course)
}

struct Replay {
    case: Appraisal,
    course: Course,
    devices: Devices,
}

impl Replay {
    fn step(&mut self, index: u64, stamped: &Stamped) -> Result<(), Fault> {
        let applied = catch_unwind(AssertUnwindSafe(|| self.case.apply(stamped)));
        let outcome = applied.map_err(|_| Fault::Poison { index })?;
        if !outcome.first {
            return Ok(());
        }
        if outcome.verdict.is_err() {
            self.refused(stamped);
            return Ok(());
        }
        self.course.accepted.insert(index);
        if let Err(fault) = self.note(index, stamped) {
            self.course.fault.get_or_insert(fault);
        }
        Ok(())
    }

    /// A refused command changes nothing. But the program itself records no result that does not balance.
    fn refused(&mut self, stamped: &Stamped) {
        if let Command::RecordResult { ballot, round, result } = &stamped.command
            && let Err(identity) = result.balanced()
        {
            self.course.fault.get_or_insert(Fault::Unbalanced {
                ballot: *ballot,
                round: *round,
                identity,
            });
        }
    }

    /// After the command was applied.
    fn note(&mut self, index: u64, stamped: &Stamped) -> Result<(), Fault> {
        if !self.devices.signed(self.case.id, stamped) {
            return Err(Fault::Signature { index });
        }
        match &stamped.command {
            Command::BindDevice { person, device_key } => self.devices.bind(*person, device_key),
            Command::SetKey {
                ballot,
                round,
                header,
                header_hash,
            } => {
                let header = header_of(index, self.case.id, (*ballot, *round), header, header_hash)?;
                let facts = self.facts((*ballot, *round));
                facts.subject = header.question().subject.clone();
                facts.header = Some(header);
            }
            Command::SealBallot { ballot, round } => self.sealed((*ballot, *round), None),
            Command::SealBox {
                ballot, round, digest, ..
            } => {
                self.sealed((*ballot, *round), Some(digest.clone()));
            }
            Command::CountBox { ballot, round, counts } => self.facts((*ballot, *round)).counts.clone_from(counts),
            Command::RecordResult { ballot, round, result } => {
                self.announced();
                self.counted((*ballot, *round), result)?;
            }
            Command::AnnounceBallot { .. } => self.announced(),
            Command::VoidBallot { ballot, cause, note } => {
                // The next round is prepared already.
                let round = self.ballot(*ballot).map_or(0, |b| b.round.saturating_sub(1));
                self.facts((*ballot, round)).voided = Some(cause.told(note));
            }
            Command::ReleaseBoard { ballot, round, board } => self.released((*ballot, *round), board),
            _ => {}
        }
        Ok(())
    }

    fn ballot(&self, ballot: BallotId) -> Option<&Ballot> {
        self.case.ballots.get(&ballot)
    }

    /// The round's facts; who is voted on and how is filled in at the first time.
    fn facts(&mut self, id: RoundId) -> &mut RoundFacts {
        let ballot = self.case.ballots.get(&id.0);
        let subject = ballot.and_then(|b| self.case.subjects.get(&b.subject));
        let facts = self.course.rounds.entry(id).or_default();
        if facts.secrecy.is_none() {
            facts.secrecy = ballot.map(|b| b.casts.secrecy());
            facts.subject = subject.map_or_else(String::new, |s| format!("{}{}", s.unit, s.post));
        }
        facts
    }

    fn sealed(&mut self, id: RoundId, digest: Option<String>) {
        self.facts(id).digest = digest;
    }

    /// Ballots of one sheet are announced by one record, a secret one with the result that follows.
    fn announced(&mut self) {
        let rounds = self
            .case
            .ballots
            .iter()
            .filter(|(_, b)| b.state == BallotState::Announced);
        let rounds: Vec<RoundId> = rounds.map(|(id, b)| (*id, b.round)).collect();
        for round in rounds {
            self.facts(round).announced = true;
        }
    }

    /// The result must be what the records count to.
    fn counted(&mut self, id: RoundId, result: &BallotResult) -> Result<(), Fault> {
        let (ballot, round) = id;
        let recount = self.case.recorded_result(ballot);
        let withheld = self.ballot(ballot).is_some_and(|b| !b.counts_public());
        let facts = self.facts(id);
        facts.withheld = withheld;
        facts.result = Some(result.clone());
        if recount.as_ref() != Some(result) {
            return Err(Fault::ResultDiffers { ballot, round });
        }
        result.balanced().map_err(|identity| Fault::Unbalanced {
            ballot,
            round,
            identity,
        })
    }

    fn released(&mut self, id: RoundId, board: &str) {
        let roll = self.ballot(id.0).and_then(|b| match &b.casts {
            Casts::Secret(secret) => Some(Roll {
                present: b.present.iter().copied().collect(),
                tokens: secret.tokens.clone(),
                marks: b.paper.marks.iter().copied().collect(),
            }),
            Casts::Named(_) | Casts::Hands { .. } => None,
        });
        let facts = self.facts(id);
        facts.board = Some(board.to_owned());
        facts.roll = roll;
    }
}

/// The header of exactly this round, under the hash that was announced.
pub(super) fn header_of(index: u64, case: Uuid, id: RoundId, text: &str, hash: &str) -> Result<Header, Fault> {
    let header = Header::parse(text).map_err(|source| Fault::Header { index, source })?;
    let round = header.round();
    let own = (round.appraisal, round.ballot, round.number) == (case, id.0, id.1);
    if own && to_hex(header.hash()) == hash {
        Ok(header)
    } else {
        Err(Fault::HeaderHash { index })
    }
}

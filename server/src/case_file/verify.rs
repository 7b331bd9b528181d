//! Checks a case file from the container down to every announced number. Stops at the first fault.

use super::course::{Course, RoundFacts, replay};
use super::opened::{Opened, open};
use super::report::{Report, RoundReport, Standing};
use super::{Extent, Fault, Line, RoundId, board_name, public, sha256};
use crate::conductor;
use crate::journal::Digest;
use crate::secrecy::encoding::{from_hex, to_b64};
use crate::secrecy::{self, Announced, Board};
use pingyi_core::ballot::Secrecy;
use pingyi_core::ids::PersonId;
use pingyi_core::rules::built_in;
use pingyi_core::stamp::Stamped;
use serde::Deserialize;
use std::collections::BTreeSet;

/// `head` is the chain's head as announced elsewhere, in the minutes for example: without it a file that somebody
/// made anew as a whole can only be told by its signatures and by what the hall remembers.
pub fn verify(bytes: &[u8], head: Option<Digest>) -> Result<Report, Fault> {
    let opened = open(bytes)?;
    if head.is_some_and(|head| head != opened.head) {
        return Err(Fault::HeadNotAnnounced);
    }
    let mut records = Vec::new();
    for line in &opened.lines {
        if let Some(data) = &line.data {
            records.push((line.index, decode(line, data)?));
        }
    }
    let case = opened.manifest.case;
    let course = match opened.manifest.extent {
        Extent::Archive => replay(case, &records)?,
        Extent::Public => public::read(case, &records)?,
    };
    let Opened {
        manifest,
        lines,
        documents,
        boards,
        head,
    } = opened;
    let Course {
        rounds,
        documents: recorded,
        title,
        profile,
        fault,
        ..
    } = course;
    if let Some(fault) = fault {
        return Err(fault);
    }
    if manifest.extent == Extent::Archive && documents != recorded {
        return Err(Fault::DocumentsDiffer);
    }
    let profile = profile.unwrap_or_else(built_in::usual);
    let mut reports = Vec::new();
    for (id, facts) in &rounds {
        if manifest.extent == Extent::Public {
            public::result_holds(*id, facts, &profile)?;
        }
        let board = boards.get(&board_name(*id));
        reports.push(round_holds(*id, facts, board.map(Vec::as_slice))?);
    }
    let released: BTreeSet<String> = rounds
        .iter()
        .filter(|(_, f)| f.board.is_some())
        .map(|(id, _)| board_name(*id))
        .collect();
    if let Some(name) = boards.into_keys().find(|name| !released.contains(name)) {
        return Err(Fault::BoardUnexpected { name });
    }
    let withheld = lines.iter().filter(|l| l.data.is_none()).count();
    Ok(Report {
        case: manifest.case,
        title,
        extent: manifest.extent,
        records: lines.len(),
        withheld,
        head,
        documents: documents.len(),
        rounds: reports,
    })
}

/// The line must say what the record says: only the record is under the chain.
fn decode(line: &Line, data: &str) -> Result<Stamped, Fault> {
    #[derive(Deserialize)]
    struct Rules {
        rules: u32,
    }
    let index = line.index;
    let stamped = conductor::decode(data.as_bytes()).map_err(|source| Fault::Record { index, source })?;
    let rules: Rules = serde_json::from_str(data).map_err(|e| Fault::Record {
        index,
        source: e.into(),
    })?;
    if stamped.id == line.id && rules.rules == line.behaviour {
        Ok(stamped)
    } else {
        Err(Fault::RecordLine { index })
    }
}

fn round_holds(id: RoundId, facts: &RoundFacts, board: Option<&[u8]>) -> Result<RoundReport, Fault> {
    let (ballot, round) = id;
    let checked = match (&facts.board, board) {
        (Some(digest), Some(bytes)) => Some(board_holds(id, facts, digest, bytes)?),
        (Some(_), None) => return Err(Fault::BoardMissing { ballot, round }),
        (None, _) => None,
    };
    let standing = match (facts.secrecy, &checked, facts.roll.is_some(), facts.announced) {
        (_, Some(_), true, _) => Standing::BoardChecked,
        (_, Some(_), false, _) => Standing::BoardCheckedWithoutRoll,
        (_, _, _, false) => Standing::NotAnnounced,
        (Some(Secrecy::Secret), None, _, true) => Standing::NotReleased,
        (_, None, _, true) => Standing::Named,
    };
    Ok(RoundReport {
        ballot,
        round,
        subject: facts.subject.clone(),
        standing,
        code: facts.header.as_ref().map(|h| h.shown_code()),
        digest: facts.digest.clone(),
        result: facts.result.clone(),
        voided: facts.voided.clone(),
    })
}

/// The board is the file that was released, and holds against everything the record announced of it.
fn board_holds(id: RoundId, facts: &RoundFacts, digest: &str, bytes: &[u8]) -> Result<(), Fault> {
    let (ballot, round) = id;
    if sha256(bytes) != digest {
        return Err(Fault::BoardOther { ballot, round });
    }
    let name = board_name(id);
    let text = std::str::from_utf8(bytes).map_err(|e| Fault::PartUnreadable {
        name,
        reason: e.to_string(),
    })?;
    let board = Board::parse(text).map_err(|source| Fault::BoardUnreadable { ballot, round, source })?;
    let unannounced = || Fault::Unannounced { ballot, round };
    let header = facts.header.as_ref().ok_or_else(unannounced)?;
    let sealed = facts.digest.as_deref().and_then(from_hex).ok_or_else(unannounced)?;
    let result = facts
        .result
        .as_ref()
        .filter(|_| facts.announced)
        .ok_or_else(unannounced)?;
    if board.seed.is_none() {
        return Err(Fault::NoSeed { ballot, round });
    }
    // Without the roll the list itself stands in for it: only its order and its keys are checked then.
    let listed: Vec<PersonId> = board
        .issuance
        .iter()
        .map(|row| row.person)
        .chain(board.paper.marks.iter().copied())
        .collect();
    let (counts, returned) = result.without_paper().ok_or(Fault::ResultDiffers { ballot, round })?;
    let announced = Announced {
        header_hash: *header.hash(),
        digest: sealed,
        attendance: facts.roll.as_ref().map_or(&listed, |roll| &roll.present),
        counts: &counts,
        issued: result.issued,
        returned,
    };
    secrecy::verify(&board, &announced).map_err(|fault| Fault::Board { ballot, round, fault })?;
    let rows = board.issuance.iter().map(|row| (row.person, to_b64(&row.blinded)));
    match &facts.roll {
        Some(roll) if !rows.eq(roll.tokens.clone()) || board.paper.marks != roll.marks => {
            Err(Fault::TokensDiffer { ballot, round })
        }
        _ => Ok(()),
    }
}

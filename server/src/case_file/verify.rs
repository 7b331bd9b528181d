//! Checks a case file from the container down to every announced number. Stops at the first fault.

use super::answers::Recount;
use super::course::{Course, RoundFacts, replay};
use super::opened::{Opened, json, open};
use super::report::{Report, RoundReport, Standing, SurveyReport, SurveyStanding};
use super::{
    DOCUMENTS, DocumentLine, DocumentLineBefore, Extent, FORMAT_BEFORE, Fault, JOURNAL, Line, MANIFEST, RoundId,
    answers_name, board_name, document_parts, public, sha256,
};
use crate::conductor;
use crate::journal::Digest;
use crate::secrecy::encoding::{from_hex, to_b64};
use crate::secrecy::{self, Announced, Board};
use pingyi_core::ballot::Secrecy;
use pingyi_core::ids::{PersonId, QuestionnaireId};
use pingyi_core::questionnaire::Questionnaire;
use pingyi_core::rules::built_in;
use pingyi_core::stamp::Stamped;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read, Seek};

/// `head` is the chain's head as announced elsewhere, in the minutes for example: without it a file that somebody
/// made anew as a whole can only be told by its signatures and by what the hall remembers.
pub fn verify(bytes: &[u8], head: Option<Digest>) -> Result<Report, Fault> {
    verify_file(Cursor::new(bytes), head)
}

/// The same for a file on the disk, of which only the journal is held in memory as a whole.
pub fn verify_file(file: impl Read + Seek, head: Option<Digest>) -> Result<Report, Fault> {
    let mut opened = open(file)?;
    if head.is_some_and(|head| head != opened.head) {
        return Err(Fault::HeadNotAnnounced);
    }
    let mut records = Vec::new();
    for line in &opened.lines {
        if let Some(data) = &line.data {
            records.push((line.index, decode(line, data)?));
        }
    }
    let (case, extent) = (opened.manifest.case, opened.manifest.extent);
    let mut course = match extent {
        Extent::Archive => replay(case, &records)?,
        Extent::Public => public::read(case, &records)?,
    };
    drop(records);
    if let Some(fault) = course.fault.take() {
        return Err(fault);
    }
    let documents = documents_hold(&opened, &course)?;
    parts_belong(&opened, &course, &documents)?;
    let profile = course.profile.take().unwrap_or_else(built_in::usual);
    let mut rounds = Vec::new();
    for (id, facts) in &course.rounds {
        if extent == Extent::Public {
            public::result_holds(*id, facts, &profile)?;
        }
        let name = board_name(*id);
        let here = opened.container.has(&name);
        let board = here.then(|| opened.container.read(&name)).transpose()?;
        rounds.push(round_holds(
            *id,
            facts,
            board.as_ref().map(|(bytes, _)| bytes.as_slice()),
        )?);
    }
    let mut surveys = Vec::new();
    for (id, q) in &course.questionnaires {
        surveys.push(answers_hold(&mut opened, *id, q)?);
    }
    if opened.manifest.whole() {
        bytes_hold(&mut opened, &documents)?;
    }
    let withheld = opened.lines.iter().filter(|l| l.data.is_none()).count();
    Ok(Report {
        case,
        title: course.title,
        extent,
        records: opened.lines.len(),
        withheld,
        head: opened.head,
        documents: documents.len(),
        documents_whole: opened.manifest.whole(),
        rounds,
        surveys,
    })
}

/// The list of documents is that of the records, as far as these are here.
fn documents_hold<R>(opened: &Opened<R>, course: &Course) -> Result<Vec<DocumentLine>, Fault> {
    let recorded = course.documents.iter();
    if opened.manifest.format == FORMAT_BEFORE {
        let listed: Vec<DocumentLineBefore> = json(DOCUMENTS, &opened.documents)?;
        let duty: Vec<_> = recorded.filter(|line| line.before().is_some()).cloned().collect();
        let same = duty.iter().filter_map(DocumentLine::before).eq(listed.iter().cloned());
        let listed = listed.into_iter().map(DocumentLine::from_before).collect();
        return match opened.manifest.extent {
            Extent::Archive if !same => Err(Fault::DocumentsDiffer),
            _ => Ok(listed),
        };
    }
    let listed: Vec<DocumentLine> = json(DOCUMENTS, &opened.documents)?;
    match opened.manifest.extent {
        Extent::Archive if !recorded.eq(&listed) => Err(Fault::DocumentsDiffer),
        _ => Ok(listed),
    }
}

/// Each part after the fixed ones is one that the records ask for, and stands in its place.
fn parts_belong<R: Read + Seek>(opened: &Opened<R>, course: &Course, documents: &[DocumentLine]) -> Result<(), Fault> {
    let released = course.rounds.iter().filter(|(_, f)| f.board.is_some());
    let mut asked: Vec<String> = released.map(|(id, _)| board_name(*id)).collect();
    if opened.manifest.whole() {
        let counted = course.questionnaires.iter().filter(|(_, q)| q.result.is_some());
        asked.extend(counted.map(|(id, _)| answers_name(*id)));
        asked.extend(document_parts(documents).into_iter().map(|(name, _)| name));
    }
    let known: HashSet<&str> = asked.iter().map(String::as_str).collect();
    let fixed = [MANIFEST, JOURNAL, DOCUMENTS].len();
    let mut others = opened.container.names().skip(fixed);
    if let Some(name) = others.find(|name| !known.contains(name)) {
        let name = name.to_owned();
        let board = name.starts_with("boards/");
        return Err(if board {
            Fault::BoardUnexpected { name }
        } else {
            Fault::PartUnexpected { name }
        });
    }
    // What is missing is named by who looks for it.
    let mut found = opened.container.names().skip(fixed);
    let here = asked.iter().filter(|name| opened.container.has(name));
    for expected in here {
        let found = found.next().unwrap_or_default();
        if found != expected {
            return Err(Fault::PartOrder {
                expected: expected.clone(),
                found: found.into(),
            });
        }
    }
    Ok(())
}

/// Of a counted questionnaire the answers are those of the record's digest and count to what it says; of one that is
/// not, there are none.
fn answers_hold<R: Read + Seek>(
    opened: &mut Opened<R>,
    id: QuestionnaireId,
    q: &Questionnaire,
) -> Result<SurveyReport, Fault> {
    let survey = |standing| SurveyReport {
        questionnaire: id,
        title: q.title.clone(),
        standing,
        answers: q.result.as_ref().map_or(0, |r| r.answers),
        digest: q.result.as_ref().map(|r| r.digest.clone()),
    };
    let Some(result) = &q.result else {
        return Ok(survey(SurveyStanding::NotCounted));
    };
    if !opened.manifest.whole() {
        return Ok(survey(SurveyStanding::NotInFile));
    }
    let name = answers_name(id);
    if !opened.container.has(&name) {
        return Err(Fault::AnswersMissing { questionnaire: id });
    }
    let mut recount = Recount::new(id, &q.questions);
    let mut unfit = None;
    let part = opened.container.each(&name, |piece| {
        if unfit.is_none() {
            unfit = recount.see(piece).err();
        }
        Ok(())
    })?;
    // That they were changed says more than what is wrong with them now.
    if part.sha256 != result.digest {
        return Err(Fault::AnswersOther { questionnaire: id });
    }
    unfit.map_or(Ok(()), Err)?;
    recount.holds(result)?;
    Ok(survey(SurveyStanding::Recounted))
}

/// The bytes of each document have the digest that the record names.
fn bytes_hold<R: Read + Seek>(opened: &mut Opened<R>, documents: &[DocumentLine]) -> Result<(), Fault> {
    let Opened {
        manifest, container, ..
    } = opened;
    let parts = manifest.parts.iter();
    let sealed: HashMap<_, _> = parts.map(|p| (p.name.as_str(), p.sha256.as_str())).collect();
    for (name, line) in document_parts(documents) {
        let document = line.named();
        if !container.has(&name) {
            return Err(Fault::DocumentMissing { document });
        }
        let found = container.each(&name, |_| Ok(()));
        let holds = found.is_ok_and(|part| part.sha256 == line.digest)
            && sealed.get(name.as_str()) == Some(&line.digest.as_str());
        if !holds {
            return Err(Fault::DocumentOther { document });
        }
    }
    Ok(())
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
    // A public file shows the result of every announced round but those that the rule keeps.
    let withheld = facts.withheld || facts.result.is_none();
    let standing = match (facts.secrecy, &checked, facts.roll.is_some(), facts.announced) {
        (_, Some(_), true, _) => Standing::BoardChecked,
        (_, Some(_), false, _) => Standing::BoardCheckedWithoutRoll,
        (_, _, _, false) => Standing::NotAnnounced,
        (Some(Secrecy::Secret), None, _, true) if withheld => Standing::BoxWithheld,
        (Some(Secrecy::Secret), None, _, true) => Standing::NotReleased,
        (_, None, _, true) if facts.result.is_none() => Standing::ResultWithheld,
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
        withheld: facts.withheld,
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

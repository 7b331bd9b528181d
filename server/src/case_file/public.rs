//! Which records a public file may show, and what can be known from them without the others.
//! A list of what may be shown, not of what must be hidden: a new kind of record is hidden until somebody decides.

use super::course::{Course, RoundFacts, header_of};
use super::{Fault, RoundId};
use pingyi_core::ballot::{BallotResult, Secrecy};
use pingyi_core::command::Command;
use pingyi_core::ids::BallotId;
use pingyi_core::rules::verdict::GradeReached;
use pingyi_core::rules::{Figures, GroupFigures, Profile, Verdict, evaluate};
use pingyi_core::stamp::Stamped;
use uuid::Uuid;

/// Only an accepted command is shown. Counts are shown once the hall has heard them, and not where the rule keeps them.
pub(super) fn may_show(course: &Course, index: u64, stamped: &Stamped) -> bool {
    use Command as C;
    let round = |ballot: &BallotId, round: &u32| course.rounds.get(&(*ballot, *round));
    let announced = |ballot, number| round(ballot, number).is_some_and(|f| f.announced);
    let told = |ballot, number| round(ballot, number).is_some_and(|f| f.announced && !f.withheld);
    let kind = match &stamped.command {
        C::DescribeCase { .. } | C::ChangeSettings { .. } | C::AdoptProfile { .. } | C::SetAgenda { .. } => true,
        C::AddSubject { .. } | C::ChangeSubject { .. } | C::RemoveSubject { .. } => true,
        C::AttachDocument { .. } | C::DetachDocument { .. } => true,
        C::OpenSitting {} | C::CloseSitting {} | C::BeginItem { .. } | C::SetAside { .. } => true,
        C::SetTallyDisplay { .. } | C::PresentBallot { .. } | C::OpenBallot { .. } | C::PauseBallot { .. } => true,
        C::ResumeBallot { .. } | C::ExtendBallot { .. } | C::CloseBallot { .. } | C::AnnounceBallot { .. } => true,
        C::VoidBallot { .. } | C::SealBallot { .. } | C::SetKey { .. } | C::ReleaseBoard { .. } => true,
        C::BoxDestroyed { .. } => true,
        C::SetPlan(_) | C::EnterStage(_) => true,
        C::CallLot(_) | C::CommitLot(_) | C::DrawLot(_) | C::RevealLot(_) | C::CancelLot(_) => true,
        C::SealBox { ballot, round, .. } => announced(ballot, round),
        C::CountBox { ballot, round, .. } | C::RecordResult { ballot, round, .. } => told(ballot, round),
        _ => false,
    };
    kind && course.accepted.contains(&index)
}

/// The course as far as the shown records tell it. They are taken as accepted; two that disagree are a fault.
pub(super) fn read(case: Uuid, records: &[(u64, Stamped)]) -> Result<Course, Fault> {
    let mut course = Course::default();
    for (index, stamped) in records {
        course.accepted.insert(*index);
        note(&mut course, case, *index, stamped)?;
    }
    Ok(course)
}

fn note(course: &mut Course, case: Uuid, index: u64, stamped: &Stamped) -> Result<(), Fault> {
    let rounds = &mut course.rounds;
    let expected = stamped.expects.map_or(0, |e| e.round);
    match &stamped.command {
        Command::DescribeCase { title, .. } => course.title = title.clone(),
        Command::AdoptProfile { profile, .. } => course.profile = Some((**profile).clone()),
        Command::SetKey {
            ballot,
            round,
            header,
            header_hash,
        } => {
            let header = header_of(index, case, (*ballot, *round), header, header_hash)?;
            let facts = rounds.entry((*ballot, *round)).or_default();
            facts.secrecy = Some(Secrecy::Secret);
            facts.subject = header.question().subject.clone();
            once(&mut facts.header, header, index)?;
        }
        Command::SealBox {
            ballot, round, digest, ..
        } => {
            let facts = rounds.entry((*ballot, *round)).or_default();
            once(&mut facts.digest, digest.clone(), index)?;
            // Shown of announced rounds only; of a round whose result is withheld nothing else may say so.
            facts.announced = true;
        }
        Command::CountBox { ballot, round, counts } => {
            rounds.entry((*ballot, *round)).or_default().counts.clone_from(counts);
        }
        Command::RecordResult { ballot, round, result } => {
            let facts = rounds.entry((*ballot, *round)).or_default();
            once(&mut facts.result, (**result).clone(), index)?;
            // Only announced results are shown; of a sheet, the announcing record names one ballot.
            facts.announced = true;
        }
        Command::ReleaseBoard { ballot, round, board } => {
            once(
                &mut rounds.entry((*ballot, *round)).or_default().board,
                board.clone(),
                index,
            )?;
        }
        Command::AnnounceBallot { ballot } => rounds.entry((*ballot, expected)).or_default().announced = true,
        Command::VoidBallot { ballot, cause, note } => {
            rounds.entry((*ballot, expected)).or_default().voided = Some(cause.told(note));
        }
        Command::SealBallot { ballot, round } => {
            rounds.entry((*ballot, *round)).or_default().secrecy = Some(Secrecy::Named);
        }
        _ => {}
    }
    Ok(())
}

fn once<T: PartialEq>(place: &mut Option<T>, value: T, index: u64) -> Result<(), Fault> {
    match place {
        Some(earlier) if *earlier != value => Err(Fault::Ambiguous { index }),
        _ => {
            *place = Some(value);
            Ok(())
        }
    }
}

/// What a result can be held against without the roll: its own account, the sealed counts and the rule.
pub(super) fn result_holds((ballot, round): RoundId, facts: &RoundFacts, profile: &Profile) -> Result<(), Fault> {
    let Some(result) = &facts.result else { return Ok(()) };
    result.balanced().map_err(|identity| Fault::Unbalanced {
        ballot,
        round,
        identity,
    })?;
    let by_device = result.without_paper().map(|(votes, _)| votes);
    let sealed = facts.secrecy != Some(Secrecy::Secret) || by_device.as_ref() == Some(&facts.counts);
    if sealed && graded(profile, result) {
        Ok(())
    } else {
        Err(Fault::ResultDiffers { ballot, round })
    }
}

/// By the rule that the case adopted. Several groups of voters stand in several results, and paper that is blank counts
/// as the rule says: those are left to who holds the archive.
fn graded(profile: &Profile, result: &BallotResult) -> bool {
    if profile.groups.len() != 1 {
        return true;
    }
    let paper = result.paper.clone().unwrap_or_default();
    let votes: Vec<u32> = result.counts.iter().map(|c| c.votes).collect();
    let group = GroupFigures {
        roster: result.due,
        present: result.present,
        issued: result.issued,
        returned: result.returned,
        invalid: paper.invalid,
        blank: paper.blank,
        votes: votes
            .chunks(profile.options.len().max(1))
            .map(<[u32]>::to_vec)
            .collect(),
    };
    let verdict = evaluate(profile, &Figures { groups: vec![group] });
    verdict.is_ok_and(|v| v == result.verdict && grade_of(&v) == result.grade)
}

fn grade_of(verdict: &Verdict) -> &str {
    match &verdict.grade {
        GradeReached::Grade { key, .. } => key,
        GradeReached::NoGrade { .. } => "",
    }
}

//! Whether a round may be held again (重新测评): for which causes, how often, and what comes when there is no further
//! round. A round without a result may always be voided while rounds are left; one with a result only as the rule says.

use super::Appraisal;
use crate::ballot::{Ballot, BallotState, VoidCause};
use crate::ids::BallotId;
use crate::limits::NOTE_CHARS_MAX;
use crate::minutes::Event;
use crate::outcome::{Key, Touched};
use crate::refusal::{Refusal, TextField};
use crate::rules::profile::{NoGradeRule, TieRule};
use crate::rules::verdict::GradeReached;
use crate::rules::{Identity, Profile};
use crate::text;

wire_words! {
    /// What the rule has come next, where a round gave no grade, no order, or no result.
    pub enum AfterRound {
        /// A further round.
        Revote,
        /// 提请主任会议.
        ReferToCouncil,
    }
}

impl Appraisal {
    /// The causes for which this round could be voided now, were there a round left.
    pub fn void_causes(&self, id: BallotId) -> Vec<VoidCause> {
        let holds = |cause: &VoidCause| self.need_cause(id, *cause).is_ok();
        VoidCause::ALL.into_iter().filter(holds).collect()
    }

    /// How many further rounds the rule allows after this one.
    pub fn rounds_left(&self, id: BallotId) -> u32 {
        let left = |b: &Ballot| self.profile_of(b).revote.rounds_max.saturating_sub(b.rounds_held());
        self.ballots.get(&id).map_or(0, left)
    }

    /// A round that never opened is not one of those that the rule counts.
    fn need_round_left(&self, id: BallotId) -> Result<(), Refusal> {
        let b = self.ballot(id)?;
        if b.held() && self.rounds_left(id) == 0 {
            return Err(Refusal::RoundsUsedUp {
                max: self.profile_of(b).revote.rounds_max,
            });
        }
        Ok(())
    }

    /// Before the sealing nobody knows a result, and devices, quorum and mistakes are the chair's to judge. Afterwards
    /// the rule says for what, unless the accounts do not hold: figures that are no result bind nobody.
    fn need_cause(&self, id: BallotId, cause: VoidCause) -> Result<(), Refusal> {
        use BallotState::{Announced, Closing, Open, Paused, Presented, Sealed};
        let b = self.ballot(id)?;
        b.need(&[Presented, Open, Paused, Closing, Sealed, Announced])?;
        let there = match cause {
            VoidCause::ReturnedOverIssued => {
                let of_paper = b.paper.returned() > b.paper.issued();
                matches!(b.state, Sealed | Announced) && (b.returned_count() > b.issued_count() || of_paper)
            }
            VoidCause::NoGrade => self.no_grade(id).is_some(),
            VoidCause::Tie => !self.tied_with(id).is_empty(),
            VoidCause::SystemFailure | VoidCause::QuorumLost | VoidCause::Procedure => true,
        };
        if !there {
            return Err(Refusal::CauseNotThere { cause });
        }
        let counted = matches!(b.state, Sealed | Announced);
        if !counted || rule_allows(self.profile_of(b), cause) || self.failing(id).is_some_and(|i| cause == cause_of(&i))
        {
            Ok(())
        } else {
            Err(Refusal::CauseNotAllowed { cause })
        }
    }

    fn no_grade(&self, id: BallotId) -> Option<NoGradeRule> {
        let b = self.ballots.get(&id).filter(|b| b.state == BallotState::Announced)?;
        match b.result.as_ref()?.verdict.grade {
            GradeReached::NoGrade { rule } => Some(rule),
            GradeReached::Grade { .. } => None,
        }
    }

    /// The identity of 计票 that a sealed round's figures break.
    pub fn failing(&self, id: BallotId) -> Option<Identity> {
        match self.need_announceable(id) {
            Err(Refusal::AccountsDoNotBalance { identity }) => Some(identity),
            _ => None,
        }
    }

    /// Sealed, without accounts that hold, and without a further round: only the council can go on with it. The rest
    /// of the sheet does not wait for it.
    pub fn left_to_council(&self, id: BallotId) -> bool {
        self.rounds_left(id) == 0 && self.failing(id).is_some()
    }

    /// What comes next for this ballot, where it is not the agenda. Ties are settled only where the rule asks for it.
    pub fn after_round(&self, id: BallotId) -> Option<AfterRound> {
        let again = || match self.need_round_left(id) {
            Ok(()) => AfterRound::Revote,
            Err(_) => AfterRound::ReferToCouncil,
        };
        if self.left_to_council(id) {
            return Some(AfterRound::ReferToCouncil);
        }
        match self.no_grade(id) {
            Some(NoGradeRule::Revote) => Some(again()),
            Some(NoGradeRule::ReferToCouncil) => Some(AfterRound::ReferToCouncil),
            Some(NoGradeRule::Default | NoGradeRule::NotGraded) | None => {
                let profile = self.profile_of(self.ballots.get(&id)?);
                let ties = profile.ranking.as_ref().map(|r| r.ties);
                let settled = ties != Some(TieRule::SecondVote) || self.tied_with(id).is_empty();
                (!settled).then(again)
            }
        }
    }

    /// A ballot of the current item that the rule has held again, with the cause.
    pub fn ballot_to_repeat(&self) -> Option<(BallotId, VoidCause)> {
        let current = self.sitting.current?;
        let of_item = self
            .ballots
            .iter()
            .filter(|(_, b)| b.item == current)
            .map(|(id, _)| *id);
        let mut again = of_item.filter(|id| self.after_round(*id) == Some(AfterRound::Revote));
        let id = again.next()?;
        let cause = if self.no_grade(id).is_some() {
            VoidCause::NoGrade
        } else {
            VoidCause::Tie
        };
        Some((id, cause))
    }

    pub(super) fn void(
        &mut self,
        id: BallotId,
        cause: VoidCause,
        note: &str,
        touched: &mut Touched,
    ) -> Result<(), Refusal> {
        let note = match (cause, note.trim().is_empty()) {
            (VoidCause::Procedure, _) | (_, false) => text::paragraph(TextField::Reason, note, NOTE_CHARS_MAX)?,
            (_, true) => String::new(),
        };
        self.need_cause(id, cause)?;
        self.ballot(id)?.need_voidable()?;
        self.need_round_left(id)?;
        let tied_with = match cause {
            VoidCause::Tie => self.tied_with(id),
            _ => Vec::new(),
        };
        let now = self.now;
        let b = self.ballot_mut(id)?;
        let (round, subject) = (b.round, b.subject);
        b.void(cause, note.clone(), now)?;
        if let Some(voided) = b.voided.last_mut() {
            voided.tied_with = tied_with;
        }
        touched.key(Key::Subject(subject));
        let event = Event::BallotVoided {
            ballot: id,
            round,
            cause,
            note,
        };
        self.changed(id, event, touched);
        Ok(())
    }
}

/// For which cause a round is voided whose figures break this identity.
fn cause_of(identity: &Identity) -> VoidCause {
    match identity {
        Identity::ReturnedOverIssued { .. } => VoidCause::ReturnedOverIssued,
        Identity::NoQuorum { .. } => VoidCause::QuorumLost,
        Identity::Layout { .. }
        | Identity::TooLarge { .. }
        | Identity::PresentOverRoster { .. }
        | Identity::IssuedOverPresent { .. }
        | Identity::MarksUnlikeReturned { .. } => VoidCause::SystemFailure,
    }
}

fn rule_allows(profile: &Profile, cause: VoidCause) -> bool {
    let ties = profile.ranking.as_ref().map(|r| r.ties);
    match cause {
        VoidCause::NoGrade if profile.no_grade == NoGradeRule::Revote => true,
        VoidCause::Tie if ties == Some(TieRule::SecondVote) => true,
        _ => cause.reason().is_some_and(|r| profile.revote.reasons.contains(&r)),
    }
}

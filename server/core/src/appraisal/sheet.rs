//! Orders of the console to the ballots of a sheet, which go together; hands and paper counts beside them.

use super::Appraisal;
use crate::ballot::{Ballot, BallotState, PaperCount, Voters};
use crate::command::Command;
use crate::ids::{BallotId, InstantMs};
use crate::limits::NOTE_CHARS_MAX;
use crate::minutes::Event;
use crate::outcome::{Key, Touched};
use crate::refusal::{Refusal, TextField};
use crate::rules::profile::PublishedWhen;
use crate::scrutiny::Step;
use crate::sitting::{Screen, SittingState};
use crate::stamp::Actor;
use crate::text;
use std::collections::BTreeMap;

impl Appraisal {
    /// The ballots on one sheet with this one, itself included, in the order of the sheet.
    pub fn sheet_of(&self, id: BallotId) -> Vec<BallotId> {
        let item = self.ballots.get(&id).map(|b| b.item);
        let same = self.ballots.iter().filter(|(_, b)| Some(b.item) == item);
        same.map(|(id, _)| *id).collect()
    }

    /// The ballots of the sheet that stand where this one stands; an order to one is an order to all of them. A ballot
    /// whose round was voided follows on its own.
    pub(crate) fn together(&self, id: BallotId) -> Vec<BallotId> {
        let state = self.ballots.get(&id).map(|b| b.state);
        let sealed = state == Some(crate::ballot::BallotState::Sealed);
        let mut sheet = match self.profile.publication.when {
            // Results that are published together are announced by one word of the chair.
            PublishedWhen::Together if sealed => self.ballots_of_sitting().map(|(id, _)| id).collect(),
            _ => self.sheet_of(id),
        };
        sheet.retain(|b| self.ballots.get(b).map(|b| b.state) == state);
        sheet.retain(|b| !sealed || !self.left_to_council(*b));
        sheet
    }

    /// The sealed ballot whose announcement the rule lets come now: on the spot, once all evaluations are sealed, or
    /// after the sitting.
    pub fn ballot_to_announce(&self) -> Option<BallotId> {
        use crate::ballot::BallotState::{Announced, Sealed};
        let mut sealed = self
            .ballots_of_sitting()
            .filter(|(_, b)| b.state == Sealed)
            .map(|(id, _)| id);
        let sealed = sealed.find(|id| !self.left_to_council(*id));
        // What was not held by then will not be.
        let closed = self.sitting.state == SittingState::Closed;
        let ready = match self.profile.publication.when {
            PublishedWhen::OnTheSpot => true,
            PublishedWhen::Together => {
                closed
                    || self
                        .ballots_of_sitting()
                        .all(|(_, b)| matches!(b.state, Sealed | Announced))
            }
            PublishedWhen::SealedUntil => closed,
        };
        sealed.filter(|_| ready)
    }

    /// An order of the console to a ballot and to those of its sheet that stand where it stands. All follow, or none.
    pub(super) fn apply_to_sheet(&mut self, command: &Command, touched: &mut Touched) -> Result<(), Refusal> {
        use Command as C;
        match command {
            C::PresentBallot { ballot } => self.present(*ballot, touched),
            C::OpenBallot { ballot, limit_s } => {
                self.sitting.need_open()?;
                self.need_quorum()?;
                self.need_confirmed(*ballot, Step::Open)?;
                self.each(*ballot, touched, |b, now| b.open(*limit_s, now))?;
                self.note(*ballot, touched, |ballot, round| Event::BallotOpened { ballot, round })
            }
            C::PauseBallot { ballot } => {
                self.each(*ballot, touched, Ballot::pause)?;
                self.note(*ballot, touched, |ballot, round| Event::BallotPaused { ballot, round })
            }
            C::ResumeBallot { ballot } => {
                self.each(*ballot, touched, Ballot::resume)?;
                self.note(*ballot, touched, |ballot, round| Event::BallotResumed { ballot, round })
            }
            C::ExtendBallot { ballot, seconds } => {
                let seconds = *seconds;
                self.each(*ballot, touched, |b, now| b.extend(seconds, now))?;
                self.note(*ballot, touched, |ballot, _| Event::BallotExtended { ballot, seconds })
            }
            C::CloseBallot { ballot } => {
                self.need_confirmed(*ballot, Step::Close)?;
                self.each(*ballot, touched, Ballot::close)
            }
            C::AnnounceBallot { ballot } => self.announce(*ballot, touched),
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    /// A round begins in an open sitting with a quorum, while no other sheet is held.
    fn need_may_begin(&self, id: BallotId) -> Result<(), Refusal> {
        self.sitting.need_open()?;
        let item = self.ballot(id)?.item;
        match self.running_ballot() {
            Some((ballot, b)) if b.item != item => Err(Refusal::OtherBallotRunning { ballot }),
            _ => self.need_quorum(),
        }
    }

    fn present(&mut self, id: BallotId, touched: &mut Touched) -> Result<(), Refusal> {
        self.need_may_begin(id)?;
        let of = |b: &BallotId| self.ballots.get(b).map(|b| (b.subject, b.rule.group));
        let papers: Vec<_> = self.together(id).iter().filter_map(of).collect();
        let voters: BTreeMap<_, _> = papers.into_iter().map(|(s, g)| ((s, g), self.voters(s, g))).collect();
        let none = Voters::default();
        self.each(id, touched, |b, now| {
            b.present(voters.get(&(b.subject, b.rule.group)).unwrap_or(&none), now)
        })?;
        self.sitting.screen = Screen::Ballot { ballot: id };
        self.screen_touched(touched);
        self.note(id, touched, |ballot, round| Event::BallotPresented { ballot, round })
    }

    /// What a sheet's ballots were counted to is announced together, so none may still be in the closing.
    fn announce(&mut self, id: BallotId, touched: &mut Touched) -> Result<(), Refusal> {
        let closing = |b: &BallotId| self.ballots.get(b).is_some_and(|b| b.state == BallotState::Closing);
        self.ballot(id)?.need(&[BallotState::Sealed])?;
        if self.sheet_of(id).iter().any(closing) {
            return Err(Refusal::SheetNotSealed {});
        }
        self.need_announceable(id)?;
        if self.ballot_to_announce().is_none() {
            return Err(Refusal::SheetNotSealed {});
        }
        for ballot in self.together(id) {
            self.need_announceable(ballot)?;
        }
        self.need_confirmed(id, Step::Unseal)?;
        self.each(id, touched, Ballot::announce)?;
        self.sitting.screen = Screen::Ballot { ballot: id };
        self.screen_touched(touched);
        Ok(())
    }

    /// The fallback when devices fail: the hall's raised hands, counted and entered with the reason.
    pub(super) fn show_of_hands(
        &mut self,
        id: BallotId,
        votes: &[u32],
        reason: &str,
        touched: &mut Touched,
    ) -> Result<(), Refusal> {
        let reason = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
        self.need_may_begin(id)?;
        let (subject, group) = self.ballot(id).map(|b| (b.subject, b.rule.group))?;
        let voters = self.voters(subject, group);
        let (due, now) = (self.due_of(group), self.now);
        let ballot = self.ballot_mut(id)?;
        ballot.show_of_hands(&voters, votes.to_vec(), due, now)?;
        let round = ballot.round;
        let event = Event::HandsShown {
            ballot: id,
            round,
            reason,
        };
        self.changed(id, event, touched);
        Ok(())
    }

    pub(super) fn count_paper(
        &mut self,
        id: BallotId,
        round: u32,
        count: &PaperCount,
        by: Actor,
        touched: &mut Touched,
    ) -> Result<(), Refusal> {
        let ballot = self.ballot_mut(id)?;
        if ballot.round != round {
            return Err(Refusal::OtherRound { round: ballot.round });
        }
        ballot.count_paper(by, count.clone())?;
        let agreed = ballot.paper.agreed().map(|c| c.returned);
        match agreed {
            Some(returned) => {
                let event = Event::PaperCounted {
                    ballot: id,
                    round,
                    returned,
                };
                self.changed(id, event, touched);
            }
            None => self.ballot_touched(id, touched),
        }
        Ok(())
    }

    pub(super) fn announced(&mut self, id: BallotId, touched: &mut Touched) {
        let Some((round, subject)) = self.ballots.get(&id).map(|b| (b.round, b.subject)) else {
            return;
        };
        touched.key(Key::Subject(subject)).key(Key::Sitting).key(Key::Screen);
        self.changed(id, Event::BallotAnnounced { ballot: id, round }, touched);
    }

    /// Does `step` to the ballot and those of its sheet in the same state: to all of them, or to none if one refuses.
    fn each(
        &mut self,
        id: BallotId,
        touched: &mut Touched,
        step: impl Fn(&mut Ballot, InstantMs) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.ballot(id)?;
        let mut stepped = Vec::new();
        for together in self.together(id) {
            let mut ballot = self.ballot(together)?.clone();
            step(&mut ballot, self.now)?;
            stepped.push((together, ballot));
        }
        for (together, ballot) in stepped {
            self.ballots.insert(together, ballot);
            self.ballot_touched(together, touched);
        }
        Ok(())
    }

    /// One line in the minutes for the whole sheet.
    fn note(
        &mut self,
        id: BallotId,
        touched: &mut Touched,
        event: impl Fn(BallotId, u32) -> Event,
    ) -> Result<(), Refusal> {
        let round = self.ballot(id)?.round;
        self.changed(id, event(id, round), touched);
        Ok(())
    }
}

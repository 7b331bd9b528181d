//! Orders about ballots and the votes themselves.

use super::Appraisal;
use crate::ballot::{Ballot, BallotState, PaperCount, Voters};
use crate::command::Command;
use crate::ids::{BallotId, InstantMs, PersonId};
use crate::limits::{NOTE_CHARS_MAX, TOKEN_ELEMENT_CHARS};
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Refusal, TextField};
use crate::roster::PersonKind;
use crate::scrutiny::Step;
use crate::sitting::Screen;
use crate::stamp::{Actor, Stamped};
use crate::text;
use std::collections::BTreeMap;

impl Appraisal {
    pub(super) fn apply_voting(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        use Command as C;
        let (now, due) = (self.now, self.roster.due());
        match (&stamped.command, stamped.actor) {
            (
                C::CastVote {
                    ballot, round, choice, ..
                },
                Actor::Person { person },
            ) => {
                return self.cast(person, *ballot, *round, *choice, touched);
            }
            (
                C::TakeToken {
                    ballot, round, blinded, ..
                },
                Actor::Person { person },
            ) => {
                return self.take_token(person, *ballot, *round, blinded, touched);
            }
            (
                C::SetKey { .. }
                | C::SealBox { .. }
                | C::CountBox { .. }
                | C::ReleaseBoard { .. }
                | C::BoxDestroyed { .. },
                _,
            ) => {
                return self.apply_secret_duty(&stamped.command, touched);
            }
            (C::ShowOfHands { ballot, votes, reason }, _) => self.show_of_hands(*ballot, votes, reason, touched)?,
            (C::CountPaper { ballot, round, count }, actor) => {
                self.count_paper(*ballot, *round, count, actor, touched)?
            }
            (C::SetTallyDisplay { ballot, display }, _) => {
                let b = self.ballot_mut(*ballot)?;
                b.need(&[BallotState::Prepared, BallotState::Presented])?;
                b.display = *display;
                self.ballot_touched(*ballot, touched);
            }
            (
                C::PresentBallot { .. }
                | C::OpenBallot { .. }
                | C::PauseBallot { .. }
                | C::ResumeBallot { .. }
                | C::ExtendBallot { .. }
                | C::CloseBallot { .. }
                | C::AnnounceBallot { .. },
                _,
            ) => self.apply_to_sheet(&stamped.command, touched)?,
            (C::VoidBallot { ballot, reason }, _) => {
                let reason = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
                let b = self.ballot_mut(*ballot)?;
                let round = b.round;
                b.void(reason.clone(), now)?;
                let subject = b.subject;
                touched.key(Key::Subject(subject));
                self.changed(
                    *ballot,
                    Event::BallotVoided {
                        ballot: *ballot,
                        round,
                        reason,
                    },
                    touched,
                );
            }
            (C::SealBallot { ballot, round }, _) => {
                let b = self.ballot_mut(*ballot)?;
                if b.round != *round {
                    return Err(Refusal::NothingDue {});
                }
                b.seal(due, now)?;
                let returned = b.casts.returned();
                self.changed(
                    *ballot,
                    Event::BallotClosed {
                        ballot: *ballot,
                        round: *round,
                        returned,
                    },
                    touched,
                );
            }
            (C::RecordResult { ballot, round, result }, _) => {
                let b = self.ballot_mut(*ballot)?;
                if b.round != *round {
                    return Err(Refusal::NothingDue {});
                }
                b.record((**result).clone(), now)?;
                self.announced(*ballot, touched);
            }
            _ => return Err(Refusal::NotAllowed {}),
        }
        Ok(Reply::Done {})
    }

    /// An order of the console to a ballot and to those of its sheet that stand where it stands. All follow, or none.
    fn apply_to_sheet(&mut self, command: &Command, touched: &mut Touched) -> Result<(), Refusal> {
        use Command as C;
        match command {
            C::PresentBallot { ballot } => self.present(*ballot, touched),
            C::OpenBallot { ballot, limit_s } => {
                self.sitting.need_open()?;
                self.roster.need_quorum()?;
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

    fn present(&mut self, id: BallotId, touched: &mut Touched) -> Result<(), Refusal> {
        self.sitting.need_open()?;
        let item = self.ballot(id)?.item;
        if let Some((ballot, b)) = self.running_ballot()
            && b.item != item
        {
            return Err(Refusal::OtherBallotRunning { ballot });
        }
        self.roster.need_quorum()?;
        let voters: BTreeMap<_, _> = self.subjects.keys().map(|s| (*s, self.voters(*s))).collect();
        let none = Voters::default();
        self.each(id, touched, |b, now| {
            b.present(voters.get(&b.subject).unwrap_or(&none), now)
        })?;
        self.sitting.screen = Screen::Ballot { ballot: id };
        self.screen_touched(touched);
        self.note(id, touched, |ballot, round| Event::BallotPresented { ballot, round })
    }

    /// What a sheet's ballots were counted to is announced together, so none may still be in the closing.
    fn announce(&mut self, id: BallotId, touched: &mut Touched) -> Result<(), Refusal> {
        let closing = |b: &BallotId| self.ballots.get(b).is_some_and(|b| b.state == BallotState::Closing);
        if self.sheet_of(id).iter().any(closing) {
            return Err(Refusal::SheetNotSealed {});
        }
        self.need_confirmed(id, Step::Unseal)?;
        self.each(id, touched, Ballot::announce)?;
        self.sitting.screen = Screen::Ballot { ballot: id };
        self.screen_touched(touched);
        Ok(())
    }

    /// The fallback when devices fail: the hall's raised hands, counted and entered with the reason.
    fn show_of_hands(
        &mut self,
        id: BallotId,
        votes: &[u32],
        reason: &str,
        touched: &mut Touched,
    ) -> Result<(), Refusal> {
        let reason = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
        self.sitting.need_open()?;
        self.roster.need_quorum()?;
        let voters = self.voters(self.ballot(id)?.subject);
        let (due, now) = (self.roster.due(), self.now);
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

    fn count_paper(
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

    fn announced(&mut self, id: BallotId, touched: &mut Touched) {
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

    fn cast(
        &mut self,
        person: PersonId,
        id: BallotId,
        round: u32,
        choice: u32,
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        if self.roster.get(person)?.kind != PersonKind::Member {
            return Err(Refusal::NoVote {});
        }
        let now = self.now;
        let b = self.ballot_mut(id)?;
        b.cast(person, round, choice)?;
        let halfway = !b.halfway_noted && u64::from(b.casts.returned()) * 2 > u64::from(b.issued_count());
        b.halfway_noted |= halfway;
        if halfway {
            self.minutes.note(now, Event::BallotHalfway { ballot: id });
            touched.key(Key::Minutes);
        }
        touched.key(Key::Ballot(id)).mine(person);
        Ok(Reply::VoteRecorded { ballot: id, round })
    }

    fn take_token(
        &mut self,
        person: PersonId,
        id: BallotId,
        round: u32,
        blinded: &str,
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        if self.roster.get(person)?.kind != PersonKind::Member {
            return Err(Refusal::NoVote {});
        }
        let base64url = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if blinded.len() != TOKEN_ELEMENT_CHARS || !blinded.bytes().all(base64url) {
            return Err(Refusal::NoSuchOption {});
        }
        self.ballot_mut(id)?.take_token(person, round, blinded)?;
        touched.key(Key::Ballot(id)).mine(person);
        Ok(Reply::TokenTaken { ballot: id, round })
    }

    /// What the ballot office brings back about a secret round.
    fn apply_secret_duty(&mut self, command: &Command, touched: &mut Touched) -> Result<Reply, Refusal> {
        let (now, due) = (self.now, self.roster.due());
        match command {
            Command::SetKey {
                ballot,
                round,
                header,
                header_hash,
            } => {
                let b = self.ballot_mut(*ballot)?;
                let state_fits = b.round == *round && b.state == BallotState::Presented;
                let secret = b
                    .casts
                    .secret_mut()
                    .filter(|s| s.header.is_empty() && state_fits)
                    .ok_or(Refusal::NothingDue {})?;
                (secret.header, secret.header_hash) = (header.clone(), header_hash.clone());
                self.ballot_touched(*ballot, touched);
            }
            Command::SealBox {
                ballot,
                round,
                digest,
                returned,
            } => {
                let b = self.ballot_mut(*ballot)?;
                if b.round != *round {
                    return Err(Refusal::NothingDue {});
                }
                b.seal_box(digest.clone(), *returned, due, now)?;
                self.changed(
                    *ballot,
                    Event::BallotClosed {
                        ballot: *ballot,
                        round: *round,
                        returned: *returned,
                    },
                    touched,
                );
            }
            Command::CountBox { ballot, round, counts } => {
                let b = self.ballot_mut(*ballot)?;
                if b.round != *round {
                    return Err(Refusal::NothingDue {});
                }
                b.count_box(counts.clone())?;
                self.ballot_touched(*ballot, touched);
            }
            Command::ReleaseBoard { ballot, round, board } => {
                let b = self.ballot_mut(*ballot)?;
                let state_fits = b.round == *round && b.state == BallotState::Announced;
                let secret = b
                    .casts
                    .secret_mut()
                    .filter(|s| s.released.is_none() && state_fits)
                    .ok_or(Refusal::NothingDue {})?;
                secret.released = Some(board.clone());
                self.ballot_touched(*ballot, touched);
            }
            Command::BoxDestroyed { ballot, round } => {
                let b = self.ballot_mut(*ballot)?;
                let voided = b
                    .voided
                    .iter_mut()
                    .find(|v| v.round == *round && v.to_destroy)
                    .ok_or(Refusal::NothingDue {})?;
                voided.to_destroy = false;
                self.ballot_touched(*ballot, touched);
            }
            _ => return Err(Refusal::NotAllowed {}),
        }
        Ok(Reply::Done {})
    }

    fn changed(&mut self, id: BallotId, event: Event, touched: &mut Touched) {
        self.minutes.note(self.now, event);
        touched.key(Key::Minutes);
        self.ballot_touched(id, touched);
    }

    fn ballot_touched(&self, id: BallotId, touched: &mut Touched) {
        touched.key(Key::Ballot(id)).key(Key::Console).key(Key::Sitting);
        touched.mine_of_all = true;
    }
}

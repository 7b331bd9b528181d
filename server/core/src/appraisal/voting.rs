//! Orders about ballots and the votes themselves.

use super::Appraisal;
use crate::ballot::{BallotState, SealedBox};
use crate::command::Command;
use crate::ids::{BallotId, PersonId};
use crate::limits::{NOTE_CHARS_MAX, TOKEN_ELEMENT_CHARS};
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Refusal, TextField};
use crate::roster::{Attendance, PersonKind};
use crate::sitting::Screen;
use crate::stamp::{Actor, Stamped};
use crate::text;

impl Appraisal {
    pub(super) fn apply_voting(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        use Command as C;
        let now = self.now;
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
            (C::SetKey { .. } | C::SealBox { .. } | C::ReleaseBoard { .. } | C::BoxDestroyed { .. }, _) => {
                return self.apply_secret_duty(&stamped.command, touched);
            }
            (C::SetTallyDisplay { ballot, display }, _) => {
                let b = self.ballot_mut(*ballot)?;
                b.need(&[BallotState::Prepared, BallotState::Presented])?;
                b.display = *display;
                self.ballot_touched(*ballot, touched);
            }
            (C::PresentBallot { ballot }, _) => self.present(*ballot, touched)?,
            (C::OpenBallot { ballot, limit_s }, _) => {
                self.sitting.need_open()?;
                self.roster.need_quorum()?;
                let b = self.ballot_mut(*ballot)?;
                b.open(*limit_s, now)?;
                let round = b.round;
                self.changed(*ballot, Event::BallotOpened { ballot: *ballot, round }, touched);
            }
            (C::PauseBallot { ballot }, _) => {
                let b = self.ballot_mut(*ballot)?;
                b.pause(now)?;
                let round = b.round;
                self.changed(*ballot, Event::BallotPaused { ballot: *ballot, round }, touched);
            }
            (C::ResumeBallot { ballot }, _) => {
                let b = self.ballot_mut(*ballot)?;
                b.resume(now)?;
                let round = b.round;
                self.changed(*ballot, Event::BallotResumed { ballot: *ballot, round }, touched);
            }
            (C::ExtendBallot { ballot, seconds }, _) => {
                self.ballot_mut(*ballot)?.extend(*seconds, now)?;
                self.changed(
                    *ballot,
                    Event::BallotExtended {
                        ballot: *ballot,
                        seconds: *seconds,
                    },
                    touched,
                );
            }
            (C::CloseBallot { ballot }, _) => {
                self.ballot_mut(*ballot)?.close(now)?;
                self.ballot_touched(*ballot, touched);
            }
            (C::AnnounceBallot { ballot }, _) => {
                let b = self.ballot_mut(*ballot)?;
                b.announce(now)?;
                let (round, subject) = (b.round, b.subject);
                self.sitting.screen = Screen::Ballot { ballot: *ballot };
                self.screen_touched(touched);
                touched.key(Key::Subject(subject));
                self.changed(*ballot, Event::BallotAnnounced { ballot: *ballot, round }, touched);
            }
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
                b.seal(now)?;
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
                if b.round != *round || b.state != BallotState::Sealed || b.result.is_some() {
                    return Err(Refusal::NothingDue {});
                }
                b.result = Some((**result).clone());
                self.ballot_touched(*ballot, touched);
            }
            _ => return Err(Refusal::NotAllowed {}),
        }
        Ok(Reply::Done {})
    }

    fn present(&mut self, id: BallotId, touched: &mut Touched) -> Result<(), Refusal> {
        self.sitting.need_open()?;
        if let Some((ballot, _)) = self.running_ballot()
            && ballot != id
        {
            return Err(Refusal::OtherBallotRunning { ballot });
        }
        self.roster.need_quorum()?;
        let present = self
            .roster
            .members()
            .filter(|(_, p)| p.attendance == Attendance::Present)
            .map(|(id, _)| id)
            .collect();
        let now = self.now;
        let b = self.ballot_mut(id)?;
        b.present(present, now)?;
        let round = b.round;
        self.sitting.screen = Screen::Ballot { ballot: id };
        self.screen_touched(touched);
        self.changed(id, Event::BallotPresented { ballot: id, round }, touched);
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
        let now = self.now;
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
                counts,
            } => {
                let b = self.ballot_mut(*ballot)?;
                if b.round != *round {
                    return Err(Refusal::NothingDue {});
                }
                b.seal_box(
                    SealedBox {
                        digest: digest.clone(),
                        counts: counts.clone(),
                    },
                    now,
                )?;
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

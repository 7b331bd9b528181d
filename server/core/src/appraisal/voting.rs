//! Orders about ballots and the votes themselves.

use super::Appraisal;
use crate::ballot::BallotState;
use crate::command::Command;
use crate::ids::{BallotId, PersonId};
use crate::limits::TOKEN_ELEMENT_CHARS;
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::Refusal;
use crate::stamp::{Actor, Stamped};

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
                return self.cast(person, *ballot, *round, &[*choice], touched);
            }
            (
                C::CastVotes {
                    ballot, round, choices, ..
                },
                Actor::Person { person },
            ) => {
                return self.cast(person, *ballot, *round, choices, touched);
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
            (C::VoidBallot { ballot, cause, note }, _) => self.void(*ballot, *cause, note, touched)?,
            (C::SealBallot { ballot, round }, _) => {
                let due = self.due_of(self.ballot(*ballot)?.rule.group);
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

    fn cast(
        &mut self,
        person: PersonId,
        id: BallotId,
        round: u32,
        choices: &[u32],
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        self.need_vote(person, id)?;
        let now = self.now;
        let b = self.ballot_mut(id)?;
        b.cast(person, round, choices)?;
        let halfway = !b.halfway_noted && u64::from(b.casts.returned()) * 2 > u64::from(b.issued_count());
        b.halfway_noted |= halfway;
        if halfway {
            self.minutes.note(now, Event::BallotHalfway { ballot: id });
            touched.key(Key::Minutes);
        }
        touched.keys(self.seen_with(id)).mine_ballot(person, id);
        Ok(Reply::VoteRecorded { ballot: id, round })
    }

    /// The ballots whose views change with a vote here: whether a group of voters is large enough to be shown is asked of
    /// all groups that vote on the subject.
    pub fn seen_with(&self, id: BallotId) -> impl Iterator<Item = Key> {
        self.parts_of(id).into_iter().map(|(part, _)| Key::Ballot(part))
    }

    /// Members vote; attendees have a voice (列席人员), unless the rule names them as a group of voters.
    fn need_vote(&self, person: PersonId, id: BallotId) -> Result<(), Refusal> {
        self.roster.get(person)?;
        if self.votes_in(person, self.ballot(id)?.rule.group) {
            Ok(())
        } else {
            Err(Refusal::NoVote {})
        }
    }

    fn take_token(
        &mut self,
        person: PersonId,
        id: BallotId,
        round: u32,
        blinded: &str,
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        self.need_vote(person, id)?;
        let base64url = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if blinded.len() != TOKEN_ELEMENT_CHARS || !blinded.bytes().all(base64url) {
            return Err(Refusal::NoSuchOption {});
        }
        self.ballot_mut(id)?.take_token(person, round, blinded)?;
        touched.key(Key::Ballot(id)).mine_ballot(person, id);
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
                returned,
            } => {
                let due = self.due_of(self.ballot(*ballot)?.rule.group);
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

    pub(super) fn changed(&mut self, id: BallotId, event: Event, touched: &mut Touched) {
        self.minutes.note(self.now, event);
        touched.key(Key::Minutes);
        self.ballot_touched(id, touched);
    }

    pub(super) fn ballot_touched(&self, id: BallotId, touched: &mut Touched) {
        // What a ballot's view says of accounts, places and further rounds depends on the others of its sheet.
        touched.keys(self.sheet_of(id).into_iter().map(Key::Ballot));
        touched.key(Key::Console).key(Key::Sitting);
        touched.mine_of_all = true;
    }
}

//! How a simulated member votes: when in the round, how, and again if the call was lost.

use super::super::call::CallError;
use super::super::phone::Phone;
use super::super::secret::{SecretVoter, VoteError};
use super::{Extra, NAMED_VOTE, Plan, What};
use crate::protocol::Problem;
use crate::protocol::call::CastRefusal;
use pingyi_core::ballot::{BallotState, Secrecy};
use pingyi_core::ids::BallotId;
use pingyi_core::roster::PersonKind;
use pingyi_core::views::{BallotView, MyBallotView};
use tokio::time::Instant;

/// A paper of a secret round, and the number of the last cast sent with it.
pub(super) struct Paper {
    voter: SecretVoter,
    seq: u32,
}

impl Extra {
    /// Each ballot of a sheet at a time of its own, as a phone casts them.
    pub(super) fn plan_vote(&mut self, phone: &Phone, kind: PersonKind, id: BallotId) {
        let (Some(ballot), Some(mine)) = (
            phone.view::<BallotView>(&format!("ballot/{id}")),
            phone.own::<MyBallotView>(&format!("my_ballot/{id}")),
        ) else {
            return;
        };
        if kind != PersonKind::Member || !mine.entitled {
            return;
        }
        if ballot.secrecy == Secrecy::Secret {
            return self.plan_secret_vote(id, &ballot);
        }
        if ballot.state != BallotState::Open {
            return;
        }
        let choice = self.opinion();
        let name = format!("{NAMED_VOTE} {id} {}", ballot.round);
        if !mine.recorded {
            self.once(name, 1_500, 18_000, What::Vote(id, ballot.round, choice));
        } else if self.begun.insert(format!("may change {name}")) && self.habit.percent(8) {
            self.once(format!("change {name}"), 1_000, 8_000, What::Vote(id, ballot.round, 1));
        }
    }

    /// Index of an option; most are satisfied.
    fn opinion(&mut self) -> u32 {
        match self.habit.below(100) {
            0..=71 => 0,
            72..=91 => 1,
            92..=96 => 2,
            _ => 3,
        }
    }

    /// A token as soon as the ballot is presented, a cast some time after the opening, without delay once it closes.
    fn plan_secret_vote(&mut self, id: BallotId, ballot: &BallotView) {
        use BallotState::{Closing, Open, Paused, Presented};
        let (paper, name) = ((id, ballot.round), format!("{id} {}", ballot.round));
        let Some(secret) = &ballot.secret else { return };
        if matches!(ballot.state, Presented | Open | Paused) && !self.papers.contains_key(&paper) {
            let mut seed = [0; 32];
            seed[..8].copy_from_slice(&self.seat.seed.to_le_bytes());
            let Ok(voter) = SecretVoter::new(seed, &secret.header) else {
                return;
            };
            let seq = u32::try_from(1 + self.habit.below(1 << 20)).unwrap_or(1);
            self.papers.insert(paper, Paper { voter, seq });
            self.once(format!("token {name}"), 50, 1_500, What::TakeToken(id, ballot.round));
        }
        if !self.papers.get(&paper).is_some_and(|p| p.voter.has_token()) {
            return;
        }
        let choice = self.opinion();
        let vote = What::CastSecretly(id, ballot.round, choice);
        match ballot.state {
            Open => {
                self.once(format!("vote {name}"), 1_500, 18_000, vote);
                if self.begun.insert(format!("may change {name}")) && self.habit.percent(8) {
                    self.once(
                        format!("change {name}"),
                        18_000,
                        30_000,
                        What::CastSecretly(id, ballot.round, 1),
                    );
                }
            }
            Closing => {
                self.once(format!("vote {name}"), 0, 500, vote);
                let flush = Instant::now() + self.habit.between_ms(0, 500);
                let held = self
                    .plans
                    .iter_mut()
                    .filter(|p| matches!(p.what, What::CastSecretly(b, r, _) if (b, r) == paper));
                held.for_each(|p| p.at = p.at.min(flush));
            }
            _ => {}
        }
    }

    /// Takes a token. What the network lost is asked for again with the same element.
    pub(super) async fn take_token(&mut self, bearer: &str, paper: (BallotId, u32)) {
        let Some(Paper { voter, .. }) = self.papers.get_mut(&paper) else {
            return;
        };
        if let Err(VoteError::Call(CallError::Io(_) | CallError::Http(_))) =
            voter.fetch(&self.host, bearer, &self.key).await
        {
            let at = Instant::now() + self.habit.between_ms(500, 2_000);
            self.plans.push(Plan {
                at,
                what: What::TakeToken(paper.0, paper.1),
            });
        }
    }

    /// Sends a vote; one that met a pause or a busy program is held and sent again under a higher number.
    pub(super) async fn cast_secretly(&mut self, paper: (BallotId, u32), choice: u32) {
        let step = u32::try_from(1 + self.habit.below(1 << 10)).unwrap_or(1);
        let (Some(Paper { voter, seq }), Ok(option)) = (self.papers.get_mut(&paper), u8::try_from(choice + 1)) else {
            return;
        };
        *seq += step;
        let again = match voter.vote(&self.host, option, *seq).await {
            Err(VoteError::Call(CallError::Problem {
                problem: Problem::CastRefused { reason },
                ..
            })) => {
                matches!(reason, CastRefusal::NotOpen | CastRefusal::Busy)
            }
            Err(VoteError::Call(CallError::Io(_) | CallError::Http(_))) => true,
            Ok(()) | Err(_) => false,
        };
        if again {
            let at = Instant::now() + self.habit.between_ms(500, 2_000);
            self.plans.push(Plan {
                at,
                what: What::CastSecretly(paper.0, paper.1, choice),
            });
        }
    }
}

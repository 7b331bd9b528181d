//! From the close of a round to its end: sealed, counted, announced; or voided, with the next round prepared.

use super::{Ballot, BallotResult, BallotState, SealedBox, Secrecy, VoidedRound};
use crate::ids::InstantMs;
use crate::limits::{CLOSING_S, ROUNDS_MAX};
use crate::refusal::{Counted, Refusal};

impl Ballot {
    /// When the flush after closing is over.
    pub fn seals_at(&self) -> InstantMs {
        self.closed_at + CLOSING_S * 1000
    }

    /// A named round is counted from the record.
    pub fn seal(&mut self, at: InstantMs) -> Result<(), Refusal> {
        if self.casts.secrecy() == Secrecy::Secret {
            return Err(Refusal::NothingDue {});
        }
        self.seal_now(at)
    }

    /// A secret round is sealed with what its box holds.
    pub fn seal_box(&mut self, digest: String, returned: u32, at: InstantMs) -> Result<(), Refusal> {
        let Some(round) = self.casts.secret_mut() else {
            return Err(Refusal::NothingDue {});
        };
        if self.state != BallotState::Closing || at < self.closed_at + CLOSING_S * 1000 {
            return Err(Refusal::NothingDue {});
        }
        round.sealed = Some(SealedBox {
            digest,
            returned,
            counts: None,
        });
        self.seal_now(at)
    }

    /// What a sealed secret box holds, once the chair has announced it.
    pub fn count_box(&mut self, counts: Vec<u32>) -> Result<(), Refusal> {
        let options = self.rule.options.len();
        let asked = self.announcing && self.state == BallotState::Sealed;
        let sealed = self.casts.secret_mut().and_then(|s| s.sealed.as_mut());
        let sealed = sealed
            .filter(|s| asked && s.counts.is_none())
            .ok_or(Refusal::NothingDue {})?;
        if counts.len() != options || counts.iter().map(|n| u64::from(*n)).sum::<u64>() != u64::from(sealed.returned) {
            return Err(Refusal::NothingDue {});
        }
        sealed.counts = Some(counts);
        Ok(())
    }

    fn seal_now(&mut self, at: InstantMs) -> Result<(), Refusal> {
        if self.state != BallotState::Closing || at < self.seals_at() {
            return Err(Refusal::NothingDue {});
        }
        self.state = BallotState::Sealed;
        self.sealed_at = at;
        Ok(())
    }

    /// The chair's word. A named round is announced at once; a secret round when its counts are on the record.
    pub fn announce(&mut self, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Sealed])?;
        if self.casts.secrecy() == Secrecy::Secret && self.result.is_none() {
            self.announcing = true;
            return Ok(());
        }
        self.announce_now(at)
    }

    /// Puts the counted result on the record. True if that announces it.
    pub fn record(&mut self, result: BallotResult, at: InstantMs) -> Result<bool, Refusal> {
        if self.state != BallotState::Sealed || self.result.is_some() {
            return Err(Refusal::NothingDue {});
        }
        if self.announcing {
            balanced(&result)?;
        }
        self.result = Some(result);
        if self.announcing {
            self.announce_now(at)?;
        }
        Ok(self.announcing)
    }

    fn announce_now(&mut self, at: InstantMs) -> Result<(), Refusal> {
        let result = self.result.as_ref().ok_or(Refusal::ResultNotRecorded {})?;
        balanced(result)?;
        self.state = BallotState::Announced;
        self.announced_at = at;
        Ok(())
    }

    /// This round does not count: its figures and reason are kept, the next round is prepared.
    pub fn void(&mut self, reason: String, at: InstantMs) -> Result<(), Refusal> {
        use BallotState::*;
        self.need(&[Presented, Open, Paused, Closing, Sealed, Announced])?;
        // Its board is on the way to the public; voiding now would leave it there half known.
        if self.state == Announced && self.casts.secret().is_some_and(|s| s.released.is_none()) {
            return Err(Refusal::BoardNotReleased {});
        }
        if self.round >= ROUNDS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Rounds,
                max: ROUNDS_MAX,
            });
        }
        let mut voided = std::mem::take(&mut self.voided);
        let secret = self.casts.secret();
        voided.push(VoidedRound {
            round: self.round,
            reason,
            at,
            issued: self.issued_count(),
            returned: self.casts.returned(),
            digest: secret.and_then(|s| s.sealed.as_ref()).map(|s| s.digest.clone()),
            // A released board is public already; what is public is not destroyed.
            to_destroy: secret.is_some_and(|s| s.released.is_none()),
        });
        let next = Ballot::new(
            self.subject,
            self.item,
            self.rule.clone(),
            self.display,
            self.casts.secrecy(),
        );
        *self = Ballot {
            round: self.round + 1,
            voided,
            ..next
        };
        Ok(())
    }
}

fn balanced(result: &BallotResult) -> Result<(), Refusal> {
    result.balanced().map_err(|identity| Refusal::AccountsDoNotBalance {
        identity: identity.to_owned(),
    })
}

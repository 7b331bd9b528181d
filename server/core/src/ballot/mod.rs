//! The life of a ballot on one subject: prepared → presented → open ⇄ paused → closing → sealed → announced, or voided
//! with a reason, which prepares the next round. Where the casts are kept is `casts`; the rest does not care.

pub mod casts;
pub mod result;
pub mod rule;
#[cfg(test)]
mod tests;

pub use casts::Casts;
pub use result::{BallotResult, OptionCount};
pub use rule::{BallotOption, OptionKind, Rule};

use crate::ids::{InstantMs, PersonId, SubjectId};
use crate::limits::{BALLOT_LIMIT_S_MAX, BALLOT_LIMIT_S_MIN, CLOSING_S, EXTENSION_S_MAX, ROUNDS_MAX};
use crate::refusal::{Counted, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

wire_words! {
    pub enum BallotState {
        Prepared,
        /// The hall sees what will be voted on; phones make ready (and fetch tokens, in a secret ballot).
        Presented,
        Open,
        Paused,
        /// Five seconds in which phones send what they hold; nothing new is begun.
        Closing,
        /// Counted; the result is known to the record, not to the hall.
        Sealed,
        Announced,
    }
    /// What screens show before the announcement.
    pub enum TallyDisplay {
        /// Bars and counts as they come.
        Live,
        /// Only how many have voted.
        TurnoutOnly,
    }
}

wire! {
    /// A round that does not count, kept with its reason and figures.
    pub struct VoidedRound {
        pub round: u32,
        pub reason: String,
        pub at: InstantMs,
        pub issued: u32,
        pub returned: u32,
    }
}

/// One ballot through all its rounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    pub subject: SubjectId,
    pub rule: Rule,
    pub round: u32,
    pub state: BallotState,
    pub display: TallyDisplay,
    pub casts: Casts,
    /// Members entitled in this round: present when it was presented, or checked in before it closed.
    pub issued: BTreeSet<PersonId>,
    pub presented_at: InstantMs,
    pub opened_at: InstantMs,
    /// When the time limit ends; 0 without one. The chair closes, not the clock.
    pub limit_ends_at: InstantMs,
    /// Time left when paused, 0 without a limit.
    pub paused_left_ms: InstantMs,
    pub closed_at: InstantMs,
    pub sealed_at: InstantMs,
    pub announced_at: InstantMs,
    pub halfway_noted: bool,
    /// As counted at sealing and written into the journal; what is announced is this record.
    pub result: Option<BallotResult>,
    pub voided: Vec<VoidedRound>,
}

impl Ballot {
    pub fn new(subject: SubjectId, rule: Rule, display: TallyDisplay) -> Ballot {
        Ballot {
            subject,
            rule,
            round: 1,
            state: BallotState::Prepared,
            display,
            casts: Casts::default(),
            issued: BTreeSet::new(),
            presented_at: 0,
            opened_at: 0,
            limit_ends_at: 0,
            paused_left_ms: 0,
            closed_at: 0,
            sealed_at: 0,
            announced_at: 0,
            halfway_noted: false,
            result: None,
            voided: Vec::new(),
        }
    }

    /// Between presenting and sealing: the hall is busy with it and the base must not move.
    pub fn running(&self) -> bool {
        use BallotState::*;
        matches!(self.state, Presented | Open | Paused | Closing)
    }

    /// Late arrivals still get a ballot until the chair closes.
    pub fn issues(&self) -> bool {
        use BallotState::*;
        matches!(self.state, Presented | Open | Paused)
    }

    pub fn present(&mut self, members_present: BTreeSet<PersonId>, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Prepared])?;
        self.state = BallotState::Presented;
        self.presented_at = at;
        self.issued = members_present;
        Ok(())
    }

    pub fn open(&mut self, limit_s: u32, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Presented])?;
        if limit_s != 0 && !(BALLOT_LIMIT_S_MIN..=BALLOT_LIMIT_S_MAX).contains(&limit_s) {
            return Err(Refusal::OutOfRange {
                min: BALLOT_LIMIT_S_MIN,
                max: BALLOT_LIMIT_S_MAX,
            });
        }
        self.state = BallotState::Open;
        self.opened_at = at;
        self.limit_ends_at = if limit_s == 0 {
            0
        } else {
            at + i64::from(limit_s) * 1000
        };
        Ok(())
    }

    pub fn pause(&mut self, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Open])?;
        self.state = BallotState::Paused;
        self.paused_left_ms = if self.limit_ends_at == 0 {
            0
        } else {
            (self.limit_ends_at - at).max(1)
        };
        Ok(())
    }

    pub fn resume(&mut self, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Paused])?;
        self.state = BallotState::Open;
        if self.paused_left_ms != 0 {
            self.limit_ends_at = at + self.paused_left_ms;
            self.paused_left_ms = 0;
        }
        Ok(())
    }

    /// Adds time, counted from now if the limit is already over; gives a limit to a ballot without one.
    pub fn extend(&mut self, seconds: u32, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Open, BallotState::Paused])?;
        if !(1..=EXTENSION_S_MAX).contains(&seconds) {
            return Err(Refusal::OutOfRange {
                min: 1,
                max: EXTENSION_S_MAX,
            });
        }
        let more = i64::from(seconds) * 1000;
        if self.state == BallotState::Paused {
            self.paused_left_ms = self.paused_left_ms.max(0) + more;
        } else {
            self.limit_ends_at = self.limit_ends_at.max(at) + more;
        }
        Ok(())
    }

    pub fn close(&mut self, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Open, BallotState::Paused])?;
        self.state = BallotState::Closing;
        self.closed_at = at;
        self.limit_ends_at = 0;
        self.paused_left_ms = 0;
        Ok(())
    }

    /// When the flush after closing is over.
    pub fn seals_at(&self) -> InstantMs {
        self.closed_at + CLOSING_S * 1000
    }

    pub fn seal(&mut self, at: InstantMs) -> Result<(), Refusal> {
        if self.state != BallotState::Closing || at < self.seals_at() {
            return Err(Refusal::NothingDue {});
        }
        self.state = BallotState::Sealed;
        self.sealed_at = at;
        Ok(())
    }

    pub fn announce(&mut self, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Sealed])?;
        let result = self.result.as_ref().ok_or(Refusal::ResultNotRecorded {})?;
        result.balanced().map_err(|identity| Refusal::AccountsDoNotBalance {
            identity: identity.to_owned(),
        })?;
        self.state = BallotState::Announced;
        self.announced_at = at;
        Ok(())
    }

    /// This round does not count: its figures and reason are kept, the next round is prepared.
    pub fn void(&mut self, reason: String, at: InstantMs) -> Result<(), Refusal> {
        use BallotState::*;
        self.need(&[Presented, Open, Paused, Closing, Sealed, Announced])?;
        if self.round >= ROUNDS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Rounds,
                max: ROUNDS_MAX,
            });
        }
        let mut voided = std::mem::take(&mut self.voided);
        voided.push(VoidedRound {
            round: self.round,
            reason,
            at,
            issued: self.issued_count(),
            returned: self.casts.returned(),
        });
        *self = Ballot {
            round: self.round + 1,
            voided,
            ..Ballot::new(self.subject, self.rule.clone(), self.display)
        };
        Ok(())
    }

    /// A named vote; the last one before the close counts.
    pub fn cast(&mut self, person: PersonId, round: u32, choice: u32) -> Result<(), Refusal> {
        if round != self.round {
            return Err(Refusal::OtherRound { round: self.round });
        }
        match self.state {
            BallotState::Open | BallotState::Closing => {}
            BallotState::Paused => return Err(Refusal::BallotPaused {}),
            BallotState::Prepared | BallotState::Presented => return Err(Refusal::BallotNotOpen { state: self.state }),
            BallotState::Sealed | BallotState::Announced => return Err(Refusal::BallotClosed {}),
        }
        if usize::try_from(choice).map_or(true, |c| c >= self.rule.options.len()) {
            return Err(Refusal::NoSuchOption {});
        }
        if !self.issued.contains(&person) {
            return Err(Refusal::NotCheckedIn {});
        }
        self.casts.put(person, choice);
        Ok(())
    }

    pub fn issued_count(&self) -> u32 {
        u32::try_from(self.issued.len()).unwrap_or(u32::MAX)
    }

    pub fn need(&self, states: &[BallotState]) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            Ok(())
        } else {
            Err(Refusal::BallotState { state: self.state })
        }
    }
}

//! The life of a ballot on one subject, alone or with others on one sheet: prepared → presented → open ⇄ paused → closing → sealed → announced, or voided
//! with a reason, which prepares the next round. Where the casts are kept is `casts`; the rest does not care.

pub mod casts;
mod closing;
pub mod paper;
pub mod result;
pub mod rule;
#[cfg(test)]
mod tests;
mod void;

pub use casts::{Casts, SealedBox, Secrecy, SecretRound};
pub use paper::{Paper, PaperCount, PaperEntry};
pub use result::{BallotResult, OptionCount};
pub use rule::{BallotItem, BallotOption, BoardRelease, Rule};
pub use void::{VoidCause, VoidedRound};

use crate::ids::{InstantMs, ItemId, PersonId, SubjectId};
use crate::limits::{BALLOT_LIMIT_S_MAX, BALLOT_LIMIT_S_MIN, EXTENSION_S_MAX};
use crate::refusal::Refusal;
use crate::roster::Way;
use crate::rules::profile::{ChangeRule, Matter};
use crate::scrutiny::Confirmed;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// Who is here when a ballot is presented, and how each votes; and who is recused from its subject.
#[derive(Clone, Debug, Default)]
pub struct Voters {
    pub present: BTreeMap<PersonId, Way>,
    pub recused: BTreeSet<PersonId>,
}

/// One ballot through all its rounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    pub subject: SubjectId,
    /// The evaluation on the agenda that it belongs to. The ballots of one item are one sheet (测评表): they are
    /// presented, opened, closed and announced together.
    pub item: ItemId,
    /// Which sitting of the case holds it, from 1.
    pub sitting: u32,
    pub matter: Matter,
    pub rule: Rule,
    /// How it is held as long as devices work; a show of hands is an exception of one round.
    pub secrecy: Secrecy,
    pub round: u32,
    pub state: BallotState,
    pub display: TallyDisplay,
    pub casts: Casts,
    /// 应到 when it was sealed: the roster may be corrected afterwards.
    pub due: u32,
    /// 实到: members present when it was presented, or checked in before it closed.
    pub present: BTreeSet<PersonId>,
    /// 回避: of those, who take no part.
    pub recused: BTreeSet<PersonId>,
    pub paper: Paper,
    /// Steps of this round that scrutineers have confirmed.
    pub confirmed: Confirmed,
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
    /// The chair has announced; the count is on its way to the record.
    pub announcing: bool,
    /// As counted when it was announced and written into the journal; what is announced is this record.
    pub result: Option<BallotResult>,
    pub voided: Vec<VoidedRound>,
}

impl Ballot {
    pub fn new(subject: SubjectId, item: ItemId, rule: Rule, display: TallyDisplay, secrecy: Secrecy) -> Ballot {
        Ballot {
            subject,
            item,
            sitting: 1,
            matter: Matter::Appraisal,
            rule,
            secrecy,
            round: 1,
            state: BallotState::Prepared,
            display,
            casts: Casts::empty(secrecy),
            due: 0,
            present: BTreeSet::new(),
            recused: BTreeSet::new(),
            paper: Paper::default(),
            confirmed: Confirmed::default(),
            presented_at: 0,
            opened_at: 0,
            limit_ends_at: 0,
            paused_left_ms: 0,
            closed_at: 0,
            sealed_at: 0,
            announced_at: 0,
            halfway_noted: false,
            announcing: false,
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

    pub fn present(&mut self, voters: &Voters, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Prepared])?;
        self.state = BallotState::Presented;
        self.presented_at = at;
        for (person, way) in &voters.present {
            self.admit(*person, *way, voters.recused.contains(person));
        }
        Ok(())
    }

    /// A member present in this round: when it is presented, or later while ballots are still given out.
    pub fn admit(&mut self, person: PersonId, way: Way, recused: bool) {
        if !self.present.insert(person) {
            return;
        }
        if recused {
            self.recused.insert(person);
        } else if way == Way::Paper {
            self.paper.marks.insert(person);
        }
    }

    /// Whether this member takes part in this round.
    pub fn entitled(&self, person: PersonId) -> bool {
        self.present.contains(&person) && !self.recused.contains(&person)
    }

    /// Refuses unless this member may vote by phone or at the tablet.
    fn need_device_vote(&self, person: PersonId) -> Result<(), Refusal> {
        if self.recused.contains(&person) {
            Err(Refusal::Recused {})
        } else if !self.present.contains(&person) {
            Err(Refusal::NotCheckedIn {})
        } else if self.paper.marks.contains(&person) {
            Err(Refusal::OnPaper {})
        } else {
            Ok(())
        }
    }

    /// Hands a paper to this member, who has neither voted nor taken a token.
    pub fn hand_paper(&mut self, person: PersonId) -> Result<(), Refusal> {
        if self.recused.contains(&person) {
            return Err(Refusal::Recused {});
        }
        if self.casts.recorded(person) {
            return Err(Refusal::AlreadyVoted {});
        }
        if self.casts.secret().is_some_and(|s| s.tokens.contains_key(&person)) {
            return Err(Refusal::TokenTaken {});
        }
        self.paper.marks.insert(person);
        Ok(())
    }

    /// Takes the mark back, as long as papers have not been handed out.
    pub fn take_paper_back(&mut self, person: PersonId) -> Result<(), Refusal> {
        if self.paper.marks.contains(&person) && self.state != BallotState::Presented {
            return Err(Refusal::PaperIssued {});
        }
        self.paper.marks.remove(&person);
        Ok(())
    }

    pub fn open(&mut self, limit_s: u32, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Presented])?;
        if self.casts.secret().is_some_and(|s| s.header.is_empty()) {
            return Err(Refusal::KeyNotReady {});
        }
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

    /// A named vote, one choice an item; the last one before the close counts, or the first if the rule says so.
    pub fn cast(&mut self, person: PersonId, round: u32, choices: &[u32]) -> Result<(), Refusal> {
        if round != self.round {
            return Err(Refusal::OtherRound { round: self.round });
        }
        match self.state {
            BallotState::Open | BallotState::Closing => {}
            BallotState::Paused => return Err(Refusal::BallotPaused {}),
            BallotState::Prepared | BallotState::Presented => return Err(Refusal::BallotNotOpen { state: self.state }),
            BallotState::Sealed | BallotState::Announced => return Err(Refusal::BallotClosed {}),
        }
        if !self.rule.fits(choices) {
            return Err(Refusal::NoSuchOption {});
        }
        self.need_device_vote(person)?;
        match &mut self.casts {
            Casts::Named(by_member) => {
                if self.rule.change == ChangeRule::FirstPressCounts && by_member.contains_key(&person) {
                    return Err(Refusal::AlreadyVoted {});
                }
                by_member.insert(person, choices.to_vec());
                Ok(())
            }
            Casts::Hands { .. } => Err(Refusal::BallotClosed {}),
            Casts::Secret(_) => Err(Refusal::SecretBallot {}),
        }
    }

    /// A token for a secret round: once a member, the same element again is the same token.
    pub fn take_token(&mut self, person: PersonId, round: u32, blinded: &str) -> Result<(), Refusal> {
        if round != self.round {
            return Err(Refusal::OtherRound { round: self.round });
        }
        self.need_device_vote(person)?;
        let (state, issues) = (self.state, self.issues());
        let secret = self.casts.secret_mut().ok_or(Refusal::NamedBallot {})?;
        match secret.tokens.get(&person) {
            Some(taken) if taken == blinded => return Ok(()),
            Some(_) => return Err(Refusal::TokenTaken {}),
            None => {}
        }
        if secret.header.is_empty() {
            return Err(Refusal::KeyNotReady {});
        }
        if !issues {
            return Err(Refusal::BallotNotOpen { state });
        }
        secret.tokens.insert(person, blinded.to_owned());
        Ok(())
    }

    /// 发出: named, every entitled member; secret, every token taken and every paper handed out.
    pub fn issued_count(&self) -> u32 {
        let issued = match &self.casts {
            Casts::Named(_) | Casts::Hands { .. } => self.present.len() - self.recused.len(),
            Casts::Secret(round) => round.tokens.len() + self.paper.marks.len(),
        };
        u32::try_from(issued).unwrap_or(u32::MAX)
    }

    /// 收回: by device as far as the record knows, and on paper once two counts agree.
    pub fn returned_count(&self) -> u32 {
        self.casts.returned() + self.paper.returned()
    }

    /// 实到: members present in this round.
    pub fn present_count(&self) -> u32 {
        u32::try_from(self.present.len()).unwrap_or(u32::MAX)
    }

    pub fn need(&self, states: &[BallotState]) -> Result<(), Refusal> {
        if states.contains(&self.state) {
            Ok(())
        } else {
            Err(Refusal::BallotState { state: self.state })
        }
    }
}

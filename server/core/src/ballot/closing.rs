//! From the close of a round to its end: sealed, counted, announced.

use super::{Ballot, BallotResult, BallotState, Casts, PaperCount, SealedBox, Secrecy, Voters};
use crate::ids::InstantMs;
use crate::limits::{CLOSING_S, PAPER_SLIPS_MAX};
use crate::refusal::{Counted, Refusal};
use crate::roster::Way;
use crate::stamp::Actor;

impl Ballot {
    /// When the flush after closing is over.
    pub fn seals_at(&self) -> InstantMs {
        self.closed_at + CLOSING_S * 1000
    }

    /// A named round is counted from the record.
    pub fn seal(&mut self, due: u32, at: InstantMs) -> Result<(), Refusal> {
        if self.casts.secrecy() == Secrecy::Secret {
            return Err(Refusal::NothingDue {});
        }
        self.seal_now(due, at)
    }

    /// A secret round is sealed with what its box holds.
    pub fn seal_box(&mut self, digest: String, returned: u32, due: u32, at: InstantMs) -> Result<(), Refusal> {
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
        self.seal_now(due, at)
    }

    /// What a sealed secret box holds, once the chair has announced it.
    pub fn count_box(&mut self, counts: Vec<u32>) -> Result<(), Refusal> {
        let (cells, options) = (self.rule.cells(), self.rule.options.len().max(1));
        let asked = self.announcing && self.state == BallotState::Sealed;
        let sealed = self.casts.secret_mut().and_then(|s| s.sealed.as_mut());
        let sealed = sealed
            .filter(|s| asked && s.counts.is_none())
            .ok_or(Refusal::NothingDue {})?;
        let row_sum = |row: &[u32]| row.iter().map(|n| u64::from(*n)).sum::<u64>();
        if counts.len() != cells
            || counts
                .chunks(options)
                .any(|row| row_sum(row) != u64::from(sealed.returned))
        {
            return Err(Refusal::NothingDue {});
        }
        sealed.counts = Some(counts);
        Ok(())
    }

    fn seal_now(&mut self, due: u32, at: InstantMs) -> Result<(), Refusal> {
        if self.state != BallotState::Closing || at < self.seals_at() {
            return Err(Refusal::NothingDue {});
        }
        self.state = BallotState::Sealed;
        self.sealed_at = at;
        self.due = due;
        Ok(())
    }

    /// The chair's word. It is announced when the result is on the record, for which a secret round's counts must come
    /// from the box first. The rule's own identities are checked by the case, which knows the rule.
    pub fn announce(&mut self, _: InstantMs) -> Result<(), Refusal> {
        self.need_counted()?;
        self.announcing = true;
        Ok(())
    }

    /// Sealed, not announced, and what paper there is was counted by two.
    pub fn need_counted(&self) -> Result<(), Refusal> {
        self.need(&[BallotState::Sealed])?;
        if self.announcing {
            return Err(Refusal::ResultNotRecorded {});
        }
        if !self.paper.unused() && self.paper.agreed().is_none() {
            return Err(Refusal::PaperNotAgreed {});
        }
        Ok(())
    }

    /// Stands for the counts of a box that is still sealed: the sums are right, and only the sums are looked at.
    pub fn unopened(&self) -> Vec<u32> {
        let mut counts = vec![0; self.rule.cells()];
        for row in counts.chunks_mut(self.rule.options.len().max(1)) {
            if let Some(first) = row.first_mut() {
                *first = self.casts.returned();
            }
        }
        counts
    }

    /// Puts the counted result on the record, and so announces it.
    pub fn record(&mut self, result: BallotResult, at: InstantMs) -> Result<(), Refusal> {
        if self.state != BallotState::Sealed || !self.announcing {
            return Err(Refusal::NothingDue {});
        }
        if result.balanced().is_err() {
            return Err(Refusal::NothingDue {});
        }
        self.result = Some(result);
        self.state = BallotState::Announced;
        self.announced_at = at;
        Ok(())
    }

    /// 举手: the hall's count, when devices fail. The round is sealed at once.
    pub fn show_of_hands(&mut self, voters: &Voters, counts: Vec<u32>, due: u32, at: InstantMs) -> Result<(), Refusal> {
        self.need(&[BallotState::Prepared])?;
        if counts.len() != self.rule.cells() {
            return Err(Refusal::NoSuchOption {});
        }
        for person in voters.present.keys() {
            self.admit(*person, Way::Phone, voters.recused.contains(person));
        }
        let entitled = self.present_count() - u32::try_from(self.recused.len()).unwrap_or(0);
        let row_sum = |row: &[u32]| row.iter().map(|n| u64::from(*n)).sum::<u64>();
        let rows: Vec<u64> = counts.chunks(self.rule.options.len().max(1)).map(row_sum).collect();
        let hands = rows.first().copied().unwrap_or(0);
        if rows.iter().any(|row| *row != hands) {
            return Err(Refusal::PaperDoesNotAddUp {});
        }
        if hands > u64::from(entitled) {
            return Err(Refusal::TooMany {
                of: Counted::Hands,
                max: entitled,
            });
        }
        let returned = u32::try_from(hands).unwrap_or(u32::MAX);
        self.casts = Casts::Hands {
            votes: counts,
            returned,
        };
        (self.presented_at, self.opened_at, self.closed_at, self.sealed_at) = (at, at, at, at);
        self.due = due;
        self.state = BallotState::Sealed;
        Ok(())
    }

    /// What one of those who count the paper has counted; the latest of each counts.
    pub fn count_paper(&mut self, by: Actor, count: PaperCount) -> Result<(), Refusal> {
        if !matches!(self.state, BallotState::Closing | BallotState::Sealed) || self.announcing {
            return Err(Refusal::PaperNotDue { state: self.state });
        }
        if matches!(self.casts, Casts::Hands { .. }) {
            return Err(Refusal::PaperNotDue { state: self.state });
        }
        let options = self.rule.options.len();
        if count.votes.len() != self.rule.rows() || count.votes.iter().any(|row| row.len() != options) {
            return Err(Refusal::NoSuchOption {});
        }
        let slips = [count.returned, count.blank, count.invalid];
        if slips
            .iter()
            .chain(count.votes.iter().flatten())
            .any(|n| *n > PAPER_SLIPS_MAX)
        {
            return Err(Refusal::OutOfRange {
                min: 0,
                max: PAPER_SLIPS_MAX,
            });
        }
        if !count.adds_up() {
            return Err(Refusal::PaperDoesNotAddUp {});
        }
        self.paper.enter(by, count);
        Ok(())
    }
}

//! A round that does not count: why, and what is kept of it. Whether the rule allows another is the case's to say.

use super::{Ballot, BallotState};
use crate::ids::{InstantMs, SubjectId};
use crate::limits::ROUNDS_MAX;
use crate::refusal::{Counted, Refusal};
use crate::rules::profile::RevoteReason;

wire_words! {
    /// Why a round does not count. All but the last are reasons for which a rule may allow a further round.
    pub enum VoidCause {
        /// 收回多于发出 (选举法 44).
        ReturnedOverIssued,
        /// 设备或网络故障.
        SystemFailure,
        /// 不足法定人数.
        QuorumLost,
        /// The announced result reaches no grade.
        NoGrade,
        /// 名次相同: all who share the place are voted on again, each by an order of its own.
        Tie,
        /// A mistake of procedure, noticed before anything was counted.
        Procedure,
    }
}

impl VoidCause {
    pub const ALL: [VoidCause; 6] = [
        VoidCause::ReturnedOverIssued,
        VoidCause::SystemFailure,
        VoidCause::QuorumLost,
        VoidCause::NoGrade,
        VoidCause::Tie,
        VoidCause::Procedure,
    ];

    /// As papers and the case file say it.
    pub fn words(self) -> &'static str {
        match self {
            VoidCause::ReturnedOverIssued => "收回的票多于发出的票",
            VoidCause::SystemFailure => "设备或网络故障",
            VoidCause::QuorumLost => "不足法定人数",
            VoidCause::NoGrade => "未得出测评等次",
            VoidCause::Tie => "名次相同，再次投票",
            VoidCause::Procedure => "程序有误",
        }
    }

    /// The cause, and what the chair added.
    pub fn told(self, note: &str) -> String {
        match note {
            "" => self.words().to_owned(),
            _ => format!("{}：{note}", self.words()),
        }
    }

    /// The word that a rule has for it.
    pub fn reason(self) -> Option<RevoteReason> {
        match self {
            VoidCause::ReturnedOverIssued => Some(RevoteReason::ReturnedOverIssued),
            VoidCause::SystemFailure => Some(RevoteReason::SystemFailure),
            VoidCause::QuorumLost => Some(RevoteReason::QuorumLost),
            VoidCause::NoGrade => Some(RevoteReason::NoGrade),
            VoidCause::Tie => Some(RevoteReason::Tie),
            VoidCause::Procedure => None,
        }
    }
}

wire! {
    /// A round that does not count, kept with its cause and figures.
    pub struct VoidedRound {
        pub round: u32,
        pub cause: VoidCause,
        /// What the chair added; may be empty.
        pub note: String,
        /// Of a tie: who shared the place, and is voted on again too.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<SubjectId>>"))]
        pub tied_with: Vec<SubjectId>,
        pub at: InstantMs,
        /// Voting had begun: it is one of the rounds that the rule counts.
        pub held: bool,
        pub issued: u32,
        pub returned: u32,
        /// Of a sealed secret round: the digest that was announced with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub digest: Option<String>,
        /// A secret round's box and seed still have to be destroyed.
        pub to_destroy: bool,
    }
}

impl Ballot {
    /// Whether voting has begun in this round.
    pub fn held(&self) -> bool {
        !matches!(self.state, BallotState::Prepared | BallotState::Presented)
    }

    /// Rounds in which voting has begun, this one included.
    pub fn rounds_held(&self) -> u32 {
        let earlier = self.voided.iter().filter(|v| v.held).count();
        u32::try_from(earlier).unwrap_or(u32::MAX) + u32::from(self.held())
    }

    /// Whether anybody outside the office may learn the counts of an announced round, and with them a secret round's
    /// board: not where the rule keeps them, nor of a group of voters too small to be shown. The digest stands anyway.
    pub fn counts_public(&self) -> bool {
        self.rule.publishes_counts() && self.result.as_ref().is_none_or(|r| r.shows(self.rule.group))
    }

    /// Refuses unless this round can be voided as far as the ballot itself knows.
    pub fn need_voidable(&self) -> Result<(), Refusal> {
        use BallotState::*;
        self.need(&[Presented, Open, Paused, Closing, Sealed, Announced])?;
        // Its board is on the way to the public; voiding now would leave it there half known.
        if self.state == Announced && self.counts_public() && self.casts.secret().is_some_and(|s| s.released.is_none())
        {
            return Err(Refusal::BoardNotReleased {});
        }
        if self.round >= ROUNDS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Rounds,
                max: ROUNDS_MAX,
            });
        }
        Ok(())
    }

    /// This round does not count: its figures and cause are kept, the next round is prepared.
    pub fn void(&mut self, cause: VoidCause, note: String, at: InstantMs) -> Result<(), Refusal> {
        self.need_voidable()?;
        let held = self.held();
        let mut voided = std::mem::take(&mut self.voided);
        let secret = self.casts.secret();
        voided.push(VoidedRound {
            round: self.round,
            cause,
            note,
            tied_with: Vec::new(),
            at,
            held,
            issued: self.issued_count(),
            returned: self.returned_count(),
            digest: secret.and_then(|s| s.sealed.as_ref()).map(|s| s.digest.clone()),
            // A released board is public already; what is public is not destroyed.
            to_destroy: secret.is_some_and(|s| s.released.is_none()),
        });
        let next = Ballot::new(self.subject, self.item, self.rule.clone(), self.display, self.secrecy);
        *self = Ballot {
            round: self.round + 1,
            sitting: self.sitting,
            matter: self.matter,
            voided,
            ..next
        };
        Ok(())
    }
}

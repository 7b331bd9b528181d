//! Stages of a case (评议准备, 评议调查, 评议会议, 评议整改), what the implementation plan (实施方案) says about them, and
//! its closing. The stage is what the desk entered or what has happened, whichever is later.

pub mod lots;
mod orders;
pub mod reminders;
#[cfg(test)]
mod tests;
pub mod timeline;

use crate::appraisal::Appraisal;
use crate::ballot::BallotState;
use crate::follow_up::day;
use crate::ids::{InstantMs, SubjectId};
use crate::sitting::{Sitting, SittingState};
use jiff::civil::Date;
use lots::Lot;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wire_words! {
    /// The four stages of the seed's speech, in their order.
    pub enum Stage {
        /// 评议准备
        Preparation,
        /// 评议调查
        Investigation,
        /// 评议会议
        Sitting,
        /// 评议整改
        Rectification,
    }
    /// What a stage still lacks before the case enters it.
    pub enum StageLack {
        /// Planned days.
        Plan,
        Subjects,
        Roster,
        Agenda,
        /// The first sitting was not held, or is not closed.
        Sitting,
        /// No result is announced.
        Result,
    }
    /// What keeps a case from being closed without a reason.
    pub enum OpenMatter {
        /// A sitting under way, or a counted result that is not announced. No reason helps.
        Sitting,
        /// A subject whose result is not announced.
        Results,
        /// A subject that has not received its opinions.
        Opinions,
        /// Something that is due and not done.
        Dues,
        /// A line of the ledger that is not closed (未销号).
        Lines,
        /// Continued rectification that the council has yet to order.
        Rounds,
    }
}

wire! {
    /// Planned days of a stage, YYYY-MM-DD.
    pub struct StageDays { pub stage: Stage, pub first: String, pub last: String }

    /// Desk: the implementation plan. Stages stand in their order; those left out are not planned. Texts may be empty.
    pub struct PlanEntry {
        pub stages: Vec<StageDays>,
        /// 指导思想
        pub guidance: String,
        /// 组织领导
        pub leadership: String,
        /// 工作要求
        pub demands: String,
    }

    /// Desk: the next stage begins.
    #[derive(Copy)]
    pub struct StageStep { pub stage: Stage }

    /// Desk: the whole case is over. The reason may be empty where nothing is open.
    pub struct CaseClosing { pub reason: String }

    /// Desk: it is taken up again.
    pub struct CaseReopening { pub reason: String }
}

impl Stage {
    pub const ALL: [Stage; 4] = [
        Stage::Preparation,
        Stage::Investigation,
        Stage::Sitting,
        Stage::Rectification,
    ];

    pub fn next(self) -> Option<Stage> {
        Stage::ALL.into_iter().find(|s| *s > self)
    }
}

/// Planned days of a stage, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub first: Date,
    pub last: Date,
}

/// The implementation plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub days: BTreeMap<Stage, Span>,
    pub guidance: String,
    pub leadership: String,
    pub demands: String,
}

/// How a case was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseClosed {
    pub at: InstantMs,
    /// Why although something was open; else empty.
    pub reason: String,
}

/// Where a case stands on its whole way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stages {
    pub plan: Plan,
    /// Stages that the desk entered, and when.
    pub entered: BTreeMap<Stage, InstantMs>,
    pub closed: Option<CaseClosed>,
    /// Why it was taken up again, the last time.
    pub reopened_because: String,
    pub lots: Vec<Lot>,
}

impl Appraisal {
    /// The stage that the case is in.
    pub fn stage(&self) -> Stage {
        let entered = self.stages.entered.keys().next_back().copied();
        let happened = Stage::ALL
            .into_iter()
            .rev()
            .find(|s| self.began_by_itself(*s).is_some());
        entered.max(happened).unwrap_or(Stage::Preparation)
    }

    /// The day on which a stage began: entered by the desk, or by what happened.
    pub fn stage_began_on(&self, stage: Stage) -> Option<Date> {
        let entered = self.stages.entered.get(&stage).copied();
        let at = entered.into_iter().chain(self.began_by_itself(stage)).min()?;
        day::BEIJING.day_of(at)
    }

    /// The first sitting's opening begins the third stage, its close with an announced result the fourth.
    fn began_by_itself(&self, stage: Stage) -> Option<InstantMs> {
        match stage {
            Stage::Preparation | Stage::Investigation => None,
            Stage::Sitting => self.sittings().find(|s| s.opened_at > 0).map(|s| s.opened_at),
            Stage::Rectification => {
                let closed = self.sittings().find(|s| s.state == SittingState::Closed)?.closed_at;
                let announced = self.ballots.values().filter(|b| b.state == BallotState::Announced);
                Some(announced.map(|b| b.announced_at).min()?.max(closed))
            }
        }
    }

    /// All sittings of the case in their order.
    pub fn sittings(&self) -> impl Iterator<Item = &Sitting> {
        self.past
            .iter()
            .map(|p| &p.sitting)
            .chain(std::iter::once(&self.sitting))
    }

    /// What is still open, worst first, and how many of it.
    pub fn open_matters(&self) -> Vec<(OpenMatter, usize)> {
        let subjects = || self.subjects.keys().copied();
        let announced = |s: SubjectId| {
            self.appraisal_of(s)
                .is_some_and(|(_, b)| b.state == BallotState::Announced)
        };
        let received = |s: SubjectId| {
            let opinions = self.follow_up.subjects.get(&s);
            opinions.is_some_and(|o| o.received_on.is_some())
        };
        let counted = [
            (OpenMatter::Results, subjects().filter(|s| !announced(*s)).count()),
            (
                OpenMatter::Opinions,
                subjects().filter(|s| announced(*s) && !received(*s)).count(),
            ),
            (
                OpenMatter::Dues,
                self.dues().iter().filter(|d| d.done_on.is_none()).count(),
            ),
            (OpenMatter::Lines, subjects().map(|s| self.open_lines(s)).sum()),
            (
                OpenMatter::Rounds,
                subjects().filter(|s| self.round_to_order(*s).is_some()).count(),
            ),
        ];
        counted.into_iter().filter(|(_, n)| *n > 0).collect()
    }

    /// Issues of the approved opinions whose line is not closed.
    fn open_lines(&self, subject: SubjectId) -> usize {
        let closed = |id| self.ledger.lines.get(id).is_some_and(|l| l.closed.is_some());
        self.issues.standing(subject).iter().filter(|id| !closed(id)).count()
    }
}

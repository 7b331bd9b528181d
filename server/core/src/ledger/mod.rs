//! The rectification ledger (整改台账): a line for each issue of the approved opinions, kept by the subject, checked and
//! closed (销号) by the supervising working committee; the plan and the reports that the subject files. Which lines there
//! are follows from the opinions and their receipt; here is only what was written into them.

mod documents;
mod filing;
pub mod orders;
#[cfg(test)]
mod tests;

use crate::appraisal::Appraisal;
use crate::follow_up::DueMatter;
use crate::ids::{IssueId, SubjectId};
use crate::subject::Document;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

pub use orders::{
    AddCheck, AddEvidence, CloseLine, FilingEntry, LineEntry, NameCommittee, RemoveEvidence, ReopenLine, ReturnFiling,
    SetLine, TakeFiling,
};

wire_words! {
    /// How far a line is, in the words of the domain.
    pub enum LineState {
        /// 未启动
        NotStarted,
        /// 正在整改
        Underway,
        /// 已完成
        Done,
        /// 长期坚持
        LongTerm,
    }
    /// What a check of the working committee found.
    pub enum CheckFinding {
        /// 整改到位
        Sound,
        /// 部分到位
        Partial,
        /// 敷衍整改
        Perfunctory,
        /// 虚假整改
        Fake,
    }
    /// Who wrote something down: the subject's officer on its own page, or the office for it.
    pub enum FiledBy { Officer, Desk }
}

impl LineState {
    /// The subject says that it has done what it promised.
    pub fn carried_out(self) -> bool {
        matches!(self, LineState::Done | LineState::LongTerm)
    }
}

impl CheckFinding {
    /// Not wanting in effect but in honesty: the line is open again.
    pub fn condemns(self) -> bool {
        matches!(self, CheckFinding::Perfunctory | CheckFinding::Fake)
    }
}

/// A check on the spot or of the papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub on: Date,
    /// The working committee or who came.
    pub by: String,
    pub finding: CheckFinding,
    pub note: String,
}

/// A line is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub on: Date,
    pub by: String,
}

/// A closed line was opened again: the old checks no longer suffice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    pub on: Date,
    pub reason: String,
    /// How many checks there were: closing again takes a later one.
    pub checks: u32,
}

/// What the subject does about one issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub cause: String,
    pub measure: String,
    pub target: String,
    pub owner: String,
    pub due_on: Option<Date>,
    pub state: LineState,
    pub evidence: Vec<Document>,
    /// Digests of what lay there at a check.
    pub checked: BTreeSet<String>,
    /// In the order of their days.
    pub checks: Vec<Check>,
    pub closed: Option<Closing>,
    pub reopened: Vec<Reopening>,
}

/// A line that nobody has written into.
static BLANK: Line = Line {
    cause: String::new(),
    measure: String::new(),
    target: String::new(),
    owner: String::new(),
    due_on: None,
    state: LineState::NotStarted,
    evidence: Vec::new(),
    checked: BTreeSet::new(),
    checks: Vec::new(),
    closed: None,
    reopened: Vec::new(),
};

impl Default for Line {
    fn default() -> Self {
        BLANK.clone()
    }
}

impl Line {
    /// Whether a plan may promise it: what is done, by whom, by when.
    pub fn planned(&self) -> bool {
        !self.measure.is_empty() && !self.owner.is_empty() && self.due_on.is_some()
    }

    /// The last check that counts: none after a reopening until there is a new one.
    pub fn last_check(&self) -> Option<&Check> {
        let before = self.reopened.last().map_or(0, |r| r.checks as usize);
        self.checks.get(before..)?.last()
    }

    /// The last check, whenever it was, said fake or perfunctory.
    pub fn condemned(&self) -> bool {
        self.checks.last().is_some_and(|c| c.finding.condemns())
    }
}

/// What the office did with a filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Accepted {
        on: Date,
    },
    /// 退回: it must be filed again.
    Returned {
        on: Date,
        reason: String,
    },
}

/// A plan or report that the subject filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    pub on: Date,
    pub by: FiledBy,
    /// The round of rectification, from 1.
    pub round: u32,
    /// What it says in short; the whole may be a document beside it.
    pub summary: String,
    pub document: Option<Document>,
    pub verdict: Option<Verdict>,
}

impl Filing {
    pub fn returned(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Returned { .. }))
    }

    pub fn accepted(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Accepted { .. }))
    }
}

/// All that subjects keep and file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    pub lines: BTreeMap<IssueId, Line>,
    /// 整改方案, returned ones before the one that stands.
    pub plans: BTreeMap<SubjectId, Vec<Filing>>,
    /// 整改情况报告 of every round, likewise.
    pub reports: BTreeMap<SubjectId, Vec<Filing>>,
    /// 联系委室: which working committee supervises the subject.
    pub committees: BTreeMap<SubjectId, String>,
}

impl Ledger {
    /// What was filed of a matter, in order.
    pub fn filed(&self, matter: DueMatter, subject: SubjectId) -> &[Filing] {
        let of = match matter {
            DueMatter::Plan => &self.plans,
            DueMatter::Report | DueMatter::FurtherReport => &self.reports,
            DueMatter::Results => return &[],
        };
        of.get(&subject).map_or(&[], Vec::as_slice)
    }
}

wire! {
    /// How a subject's lines stand, for screens and papers that show no more.
    #[derive(Copy, Default)]
    pub struct LineCounts {
        pub lines: u32,
        pub not_started: u32,
        pub underway: u32,
        pub done: u32,
        pub long_term: u32,
        /// 已销号, whatever their state.
        pub closed: u32,
        /// The last check found them fake or perfunctory.
        pub condemned: u32,
        /// Lines that lack measure, owner or last day: with them no plan can be filed.
        pub unplanned: u32,
    }
}

impl Appraisal {
    /// The issues that a subject keeps a line for: those of its approved opinions, once it has received them.
    pub fn ledger_issues(&self, subject: SubjectId) -> &[IssueId] {
        let received = self.follow_up.subjects.get(&subject).and_then(|o| o.received_on);
        received.map_or(&[], |_| self.issues.standing(subject))
    }

    /// A subject's lines in the order of its opinions; one nobody has written into is blank.
    pub fn ledger_lines(&self, subject: SubjectId) -> impl Iterator<Item = (IssueId, &Line)> {
        let issues = self.ledger_issues(subject).iter();
        issues.map(|id| (*id, self.ledger.lines.get(id).unwrap_or(&BLANK)))
    }

    /// One line and whose it is, if the ledger has it.
    pub fn ledger_line(&self, issue: IssueId) -> Option<(SubjectId, &Line)> {
        let subject = self.issues.issues.get(&issue)?.subject;
        let here = self.ledger_issues(subject).contains(&issue);
        here.then(|| (subject, self.ledger.lines.get(&issue).unwrap_or(&BLANK)))
    }

    pub fn line_counts(&self, subject: SubjectId) -> LineCounts {
        let mut counts = LineCounts::default();
        for (_, line) in self.ledger_lines(subject) {
            counts.lines += 1;
            match line.state {
                LineState::NotStarted => counts.not_started += 1,
                LineState::Underway => counts.underway += 1,
                LineState::Done => counts.done += 1,
                LineState::LongTerm => counts.long_term += 1,
            }
            counts.closed += u32::from(line.closed.is_some());
            counts.condemned += u32::from(line.condemned());
            counts.unplanned += u32::from(!line.planned());
        }
        counts
    }

    /// The round of rectification that a report filed now belongs to: 1, and one more each time the council ordered
    /// the subject to go on.
    pub fn rectification_round(&self, subject: SubjectId) -> u32 {
        let ordered = self.follow_up.subjects.get(&subject).map_or(0, |o| o.rounds.len());
        u32::try_from(ordered).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Whether the office may still hold the subject to its plan: filed, and not returned.
    pub fn plan_stands(&self, subject: SubjectId) -> bool {
        let plans = self.ledger.filed(DueMatter::Plan, subject);
        plans.last().is_some_and(|p| !p.returned())
    }
}

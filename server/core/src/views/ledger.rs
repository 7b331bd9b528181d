//! The rectification ledger as the desk and the subject's officer see it, and what of it members read on their phones.
//! Whether a line is late is told by the reader's clock against `ends_at`; a view has none.

use super::follow_up::{DueView, due};
use crate::appraisal::Appraisal;
use crate::follow_up::{DueMatter, day};
use crate::ids::{InstantMs, IssueId, SubjectId};
use crate::ledger::{CheckFinding, FiledBy, Filing, LineCounts, LineState, Verdict};
use crate::subject::Document;
use jiff::civil::Date;

wire! {
    /// What a check found. `note` is empty for members.
    pub struct CheckView { pub on: String, pub by: String, pub finding: CheckFinding, pub note: String }

    /// A line was closed (销号): the day and by whom.
    pub struct ClosingView { pub on: String, pub by: String }

    /// A closed line was opened again.
    pub struct ReopeningView { pub on: String, pub reason: String }

    /// Key `ledger_line/N`, N being the issue's number. Members get neither evidence nor notes, and what the subject
    /// promises (cause to last day) only once its plan is filed.
    pub struct LedgerLineView {
        pub issue: IssueId,
        pub subject: SubjectId,
        /// Its place in the opinions, from 1.
        pub number: u32,
        pub category: String,
        /// The issue, in the words of the opinions.
        pub text: String,
        pub cause: String,
        pub measure: String,
        pub target: String,
        pub owner: String,
        /// YYYY-MM-DD, empty while none is set.
        pub due_on: String,
        /// 24:00 of the last day: from then on a line that is not carried out is late.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub ends_at: Option<InstantMs>,
        pub state: LineState,
        pub evidence: Vec<Document>,
        pub checks: Vec<CheckView>,
        /// 销号 may be recorded: carried out, and the last check since any reopening is sound.
        pub may_close: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub closed: Option<ClosingView>,
        pub reopened: Vec<ReopeningView>,
    }

    /// What the office did with a plan or report.
    #[serde(tag = "as", rename_all = "snake_case")]
    pub enum VerdictView {
        /// Nothing yet.
        Filed {},
        Accepted { on: String },
        Returned { on: String, reason: String },
    }

    /// A plan or report. Returned ones are not shown to members.
    pub struct FilingView {
        pub on: String,
        pub by: FiledBy,
        pub round: u32,
        pub summary: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub document: Option<Document>,
        pub verdict: VerdictView,
    }

    /// Key `ledger/N`, from the receipt of the opinions on. An officer has the own one as `my_ledger/N`.
    pub struct LedgerView {
        pub subject: SubjectId,
        pub received_on: String,
        /// 联系委室; empty while the desk has named none.
        pub committee: String,
        pub counts: LineCounts,
        /// The round that a report filed now belongs to, from 1.
        pub round: u32,
        pub plans: Vec<FilingView>,
        pub reports: Vec<FilingView>,
        /// When plan and report are due.
        pub dues: Vec<DueView>,
    }
}

/// Who reads: the office and the officer everything, members what the body may know of a rectification under way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Party,
    Member,
}

pub fn ledger(case: &Appraisal, subject: SubjectId, reader: Reader) -> Option<LedgerView> {
    let opinions = case.follow_up.subjects.get(&subject)?;
    let received_on = opinions.received_on?;
    if case.ledger_issues(subject).is_empty() && reader == Reader::Member {
        return None;
    }
    let filed = |matter| {
        let all = case.ledger.filed(matter, subject).iter();
        let shown = all.filter(|f| reader == Reader::Party || !f.returned());
        shown.map(filing).collect()
    };
    let dues = [DueMatter::Plan, DueMatter::Report, DueMatter::FurtherReport].into_iter();
    Some(LedgerView {
        subject,
        received_on: day::write(received_on),
        committee: case.ledger.committees.get(&subject).cloned().unwrap_or_default(),
        counts: case.line_counts(subject),
        round: case.rectification_round(subject),
        plans: filed(DueMatter::Plan),
        reports: filed(DueMatter::Report),
        dues: dues.filter_map(|m| Some(due(case.due(m, Some(subject))?))).collect(),
    })
}

pub fn ledger_line(case: &Appraisal, issue: IssueId, reader: Reader) -> Option<LedgerLineView> {
    let (subject, line) = case.ledger_line(issue)?;
    let said = case.issues.issues.get(&issue)?;
    let place = case.ledger_issues(subject).iter().position(|i| *i == issue)?;
    let party = reader == Reader::Party;
    // What the officer is still writing is read by nobody else.
    let filed = case
        .follow_up
        .subjects
        .get(&subject)
        .is_some_and(|o| o.plan.done_on.is_some());
    let told = |text: &String| if party || filed { text.clone() } else { String::new() };
    let due_on = line.due_on.filter(|_| party || filed);
    let check = |c: &crate::ledger::Check| CheckView {
        on: day::write(c.on),
        by: c.by.clone(),
        finding: c.finding,
        note: if party { c.note.clone() } else { String::new() },
    };
    let reopening = |r: &crate::ledger::Reopening| ReopeningView {
        on: day::write(r.on),
        reason: if party { r.reason.clone() } else { String::new() },
    };
    let sound = line.last_check().is_some_and(|c| c.finding == CheckFinding::Sound);
    Some(LedgerLineView {
        issue,
        subject,
        number: u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1),
        category: said.category.clone(),
        text: said.text.clone(),
        cause: told(&line.cause),
        measure: told(&line.measure),
        target: told(&line.target),
        owner: told(&line.owner),
        due_on: written(due_on),
        ends_at: due_on.and_then(|d| day::BEIJING.end_of(d)),
        state: line.state,
        evidence: if party { line.evidence.clone() } else { Vec::new() },
        checks: line.checks.iter().map(check).collect(),
        may_close: sound && line.state.carried_out() && line.closed.is_none(),
        closed: line.closed.as_ref().map(|c| ClosingView {
            on: day::write(c.on),
            by: c.by.clone(),
        }),
        reopened: line.reopened.iter().map(reopening).collect(),
    })
}

fn filing(f: &Filing) -> FilingView {
    FilingView {
        on: day::write(f.on),
        by: f.by,
        round: f.round,
        summary: f.summary.clone(),
        document: f.document.clone(),
        verdict: match &f.verdict {
            None => VerdictView::Filed {},
            Some(Verdict::Accepted { on }) => VerdictView::Accepted { on: day::write(*on) },
            Some(Verdict::Returned { on, reason }) => VerdictView::Returned {
                on: day::write(*on),
                reason: reason.clone(),
            },
        },
    }
}

fn written(date: Option<Date>) -> String {
    date.map_or_else(String::new, day::write)
}

//! The rectification ledger (整改台账) on paper: subject by subject, its lines in the order of the opinions.

use super::{dates, people};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::follow_up::{DueMatter, day};
use pingyi_core::ids::{InstantMs, IssueId, SubjectId};
use pingyi_core::ledger::{CheckFinding, Line, LineState};

/// Subjects that keep a ledger.
pub(super) fn subjects(case: &Appraisal) -> impl Iterator<Item = SubjectId> {
    let all = case.subjects.keys().copied();
    all.filter(|s| !case.ledger_issues(*s).is_empty())
}

pub(super) fn ledgers(case: &Appraisal, now: InstantMs, fields: Fields) -> Fields {
    let numbered = (1_u32..).zip(subjects(case));
    fields.list("整改对象", numbered.map(|(n, s)| one(case, now, n, s)))
}

fn one(case: &Appraisal, now: InstantMs, number: u32, subject: SubjectId) -> Fields {
    let counts = case.line_counts(subject);
    let received = case.follow_up.subjects.get(&subject).and_then(|o| o.received_on);
    let committee = case.ledger.committees.get(&subject).cloned();
    let due = |matter| {
        let due = case.due(matter, Some(subject));
        due.map_or_else(|| dates::BLANK.to_owned(), |d| dates::chinese(d.due_on()))
    };
    let lines = (1_u32..).zip(case.ledger_lines(subject));
    Fields::default()
        .text("序号", number.to_string())
        .text("对象", people::name(case, subject))
        .text("单位", case.subjects.get(&subject).map_or("", |s| s.unit.as_str()))
        .text("联系委室", committee.unwrap_or_default())
        .text(
            "签收日期",
            received.map_or_else(|| dates::BLANK.to_owned(), dates::chinese),
        )
        .text("方案截止日", due(DueMatter::Plan))
        .text("报告截止日", due(DueMatter::Report))
        .text("问题数", counts.lines.to_string())
        .text("已销号数", counts.closed.to_string())
        .list("台账", lines.map(|(n, (issue, l))| line(case, now, n, issue, l)))
}

fn line(case: &Appraisal, now: InstantMs, number: u32, issue: IssueId, line: &Line) -> Fields {
    let said = case.issues.issues.get(&issue);
    Fields::default()
        .text("序号", number.to_string())
        .text("类别", said.map_or("", |i| i.category.as_str()))
        .text("问题", said.map_or("", |i| i.text.as_str()))
        .text("原因", &line.cause)
        .text("措施", &line.measure)
        .text("目标", &line.target)
        .text("责任人", &line.owner)
        .text("完成时限", line.due_on.map_or_else(String::new, dates::short))
        .text("状态", state(line, now))
        .text("检查情况", checked(line))
        .text("销号情况", closed(line))
}

/// The state, and whether the last day has passed without it.
pub(super) fn state(line: &Line, now: InstantMs) -> String {
    let over = line
        .due_on
        .and_then(|d| day::BEIJING.end_of(d))
        .is_some_and(|end| now >= end);
    let word = match line.state {
        LineState::NotStarted => "未启动",
        LineState::Underway => "正在整改",
        LineState::Done => "已完成",
        LineState::LongTerm => "长期坚持",
    };
    if over && !line.state.carried_out() {
        format!("{word}（已逾期）")
    } else {
        word.to_owned()
    }
}

pub(super) fn finding(found: CheckFinding) -> &'static str {
    match found {
        CheckFinding::Sound => "整改到位",
        CheckFinding::Partial => "部分到位",
        CheckFinding::Perfunctory => "敷衍整改",
        CheckFinding::Fake => "虚假整改",
    }
}

/// The last check; earlier ones stand in the table for spreadsheets.
fn checked(line: &Line) -> String {
    let last = line.checks.last();
    last.map_or_else(String::new, |c| {
        format!("{}{}检查：{}。", dates::short(c.on), c.by, finding(c.finding))
    })
}

pub(super) fn closed(line: &Line) -> String {
    let closed = line.closed.as_ref();
    closed.map_or_else(String::new, |c| format!("{}{}销号。", dates::short(c.on), c.by))
}

//! What is due after the sitting.

use super::{dates, people};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::follow_up::deadline::Term;
use pingyi_core::follow_up::{Due, DueMatter, day};
use pingyi_core::ids::InstantMs;
use pingyi_core::rules::profile::DeadlineUnit;

/// How long plan and report may take, in words: 1个月内.
pub(super) fn periods(case: &Appraisal, fields: Fields) -> Fields {
    let period = |matter| {
        case.follow_up
            .terms
            .get(&matter)
            .map_or_else(String::new, |t| within(t.term))
    };
    fields
        .text("结果期限", period(DueMatter::Results))
        .text("方案期限", period(DueMatter::Plan))
        .text("报告期限", period(DueMatter::Report))
}

fn within(term: Term) -> String {
    let unit = match term.unit {
        DeadlineUnit::Days => "日",
        DeadlineUnit::WorkingDays => "个工作日",
        DeadlineUnit::Months => "个月",
    };
    format!("{}{unit}内", term.amount)
}

pub(super) fn dues(case: &Appraisal, now: InstantMs, fields: Fields) -> Fields {
    let dues = case.dues();
    fields.list(
        "期限",
        (1_u32..).zip(dues).map(|(number, due)| one(case, now, number, due)),
    )
}

fn one(case: &Appraisal, now: InstantMs, number: u32, due: Due) -> Fields {
    let matter = match due.matter {
        DueMatter::Results => "报送述职评议结果和评议意见",
        DueMatter::Plan => "报送整改方案",
        DueMatter::Report => "报告整改落实情况",
        DueMatter::FurtherReport => "再次报告整改情况",
    };
    let due_on = due.due_on();
    let over = day::BEIJING.end_of(due_on).is_some_and(|end| now >= end);
    let state = match due.done_on {
        Some(done) if done > due_on => "逾期办结",
        Some(_) => "已办结",
        None if over => "已逾期",
        None => "未到期",
    };
    let subject = due
        .subject
        .map_or_else(|| case.names.body_name.clone(), |s| people::name(case, s));
    Fields::default()
        .text("序号", number.to_string())
        .text("事项", matter)
        .text("对象", subject)
        .text("起算日", dates::short(due.anchor_on))
        .text("截止日", dates::short(due_on))
        .text(
            "延期原因",
            due.extended().map_or_else(String::new, |e| e.reason.clone()),
        )
        .text("办结日", due.done_on.map_or_else(String::new, dates::short))
        .text("状态", state)
}

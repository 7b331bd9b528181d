//! The opinions (评议意见) and the issue list (问题清单), for all subjects or for one.

use super::{agenda, case_days, dates, follow_up, people};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::ids::{IssueId, SubjectId};
use pingyi_core::issues::{OpinionText, Source};

/// The subjects that were drafted for, in their order; one alone where one is asked for.
pub(super) fn opinions(case: &Appraisal, only: Option<SubjectId>, fields: Fields) -> Fields {
    let drafted = case
        .issues
        .opinions
        .iter()
        .filter(|(id, _)| only.is_none_or(|o| o == **id));
    let all = drafted.map(|(id, text)| opinion(case, *id, text));
    follow_up::periods(case, fields).list(
        "评议意见",
        (1_u32..).zip(all).map(|(n, o)| o.text("序号", n.to_string())),
    )
}

fn opinion(case: &Appraisal, id: SubjectId, text: &OpinionText) -> Fields {
    let awaited = if text.approved_on.is_none() { "送审稿" } else { "" };
    subject(case, id)
        .text("文号", &text.number)
        .text("送审稿", awaited)
        .text(
            "审议日期",
            text.approved_on.map_or_else(|| dates::BLANK.to_owned(), dates::chinese),
        )
        .text("审议说明", &text.approval_note)
        .list("总体评价", paragraphs(&text.assessment))
        .list("问题类别", categories(case, id))
        .list("意见建议", paragraphs(&text.advice))
        .list("整改要求", paragraphs(&text.demands))
}

fn paragraphs(text: &str) -> Vec<Fields> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.map(|line| Fields::default().text("段落", line)).collect()
}

/// The document's issues under their categories; numbered through, as the ledger names them.
fn categories(case: &Appraisal, id: SubjectId) -> Vec<Fields> {
    let mut found: Vec<(&str, Vec<Fields>)> = Vec::new();
    for (number, issue) in (1_u32..).zip(case.issues.of_document(id)) {
        let Some(said) = case.issues.issues.get(&issue) else {
            continue;
        };
        let one = numbered(number).text("内容", one_line(&said.text));
        match found.last_mut().filter(|(category, _)| *category == said.category) {
            Some((_, issues)) => issues.push(one),
            None => found.push((&said.category, vec![one])),
        }
    }
    let category = |(name, issues): (&str, Vec<Fields>)| Fields::default().text("类别", name).list("问题", issues);
    found.into_iter().map(category).collect()
}

pub(super) fn issue_list(case: &Appraisal, only: Option<SubjectId>, fields: Fields) -> Fields {
    let subjects = case.subjects.keys().filter(|id| only.is_none_or(|o| o == **id));
    let with_issues = subjects.filter(|id| !case.issues.of_document(**id).is_empty());
    fields.list(
        "问题清单",
        (1_u32..).zip(with_issues).map(|(number, id)| {
            let issues = (1_u32..).zip(case.issues.of_document(*id));
            subject(case, *id)
                .text("序号", number.to_string())
                .list("问题", issues.filter_map(|(n, issue)| listed(case, n, issue)))
        }),
    )
}

/// How many issues there are; a line to write on while there is none.
pub(super) fn counted(case: &Appraisal, fields: Fields) -> Fields {
    let count: usize = case.subjects.keys().map(|s| case.issues.of_document(*s).len()).sum();
    let (count, to_fill) = match count {
        0 => (String::new(), case_days::TO_FILL),
        n => (n.to_string(), ""),
    };
    fields.text("问题数", count).text("问题待填", to_fill)
}

fn listed(case: &Appraisal, number: u32, id: IssueId) -> Option<Fields> {
    let issue = case.issues.issues.get(&id)?;
    Some(
        numbered(number)
            .text("类别", &issue.category)
            .text("内容", one_line(&issue.text))
            .text("来源", sources(case, id)),
    )
}

/// Where an issue comes from, in words; nobody is named.
pub(super) fn sources(case: &Appraisal, issue: IssueId) -> String {
    let said = case.issues.sources(issue).into_iter().map(|source| match source {
        Source::DutyReport { place, .. } => placed("述职报告", place),
        Source::InvestigationReport { place, .. } => placed("调查报告", place),
        Source::Question { question } => agenda::question_name(case, *question),
        Source::Remark { .. } => "审议发言".to_owned(),
        Source::Other { text } => text.clone(),
    });
    said.collect::<Vec<_>>().join("；")
}

fn placed(what: &str, place: &str) -> String {
    if place.is_empty() {
        what.to_owned()
    } else {
        format!("{what}（{place}）")
    }
}

fn numbered(number: u32) -> Fields {
    Fields::default().text("序号", number.to_string())
}

fn subject(case: &Appraisal, id: SubjectId) -> Fields {
    let fields = Fields::default().text("对象", people::name(case, id));
    match case.subjects.get(&id) {
        Some(s) => fields
            .text("单位", &s.unit)
            .text("职务", &s.post)
            .text("姓名", &s.officer),
        None => fields,
    }
}

/// A cell of a table and a numbered line hold one line.
pub(super) fn one_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().concat()
}

//! The rectification ledger as a table for spreadsheets: one row a line, every check in it.

use super::ledger::{closed, finding, state, subjects};
use super::table::Table;
use super::{dates, people};
use pingyi_core::Appraisal;
use pingyi_core::ids::{InstantMs, SubjectId};
use pingyi_core::ledger::{Check, Line};

const HEADER: [&str; 15] = [
    "序号",
    "评议对象",
    "联系委室",
    "类别",
    "问题",
    "原因分析",
    "整改措施",
    "整改目标",
    "责任人",
    "完成时限",
    "状态",
    "佐证材料",
    "检查情况",
    "销号情况",
    "恢复情况",
];

/// None before a subject has received its opinions.
pub fn ledger_table(case: &Appraisal, now: InstantMs) -> Option<Table> {
    let rows: Vec<_> = subjects(case).flat_map(|s| rows(case, s, now)).collect();
    (!rows.is_empty()).then(|| Table {
        name: "整改台账",
        header: HEADER.map(str::to_owned).into(),
        rows,
    })
}

fn rows(case: &Appraisal, subject: SubjectId, now: InstantMs) -> Vec<Vec<String>> {
    let committee = case.ledger.committees.get(&subject).cloned().unwrap_or_default();
    let row = |(number, (issue, line)): (u32, (_, &Line))| {
        let said = case.issues.issues.get(&issue);
        let evidence: Vec<_> = line.evidence.iter().map(|d| d.file_name.as_str()).collect();
        let checks: Vec<_> = line.checks.iter().map(check).collect();
        let reopened = line.reopened.iter();
        let reopened: Vec<_> = reopened
            .map(|r| format!("{} {}", dates::short(r.on), r.reason))
            .collect();
        vec![
            number.to_string(),
            people::name(case, subject),
            committee.clone(),
            said.map_or_else(String::new, |i| i.category.clone()),
            said.map_or_else(String::new, |i| i.text.clone()),
            line.cause.clone(),
            line.measure.clone(),
            line.target.clone(),
            line.owner.clone(),
            line.due_on.map_or_else(String::new, dates::short),
            state(line, now),
            evidence.join("\n"),
            checks.join("\n"),
            closed(line),
            reopened.join("\n"),
        ]
    };
    (1_u32..).zip(case.ledger_lines(subject)).map(row).collect()
}

fn check(check: &Check) -> String {
    let note = if check.note.is_empty() { "" } else { "：" };
    format!(
        "{} {}，{}{note}{}",
        dates::short(check.on),
        check.by,
        finding(check.finding),
        check.note
    )
}

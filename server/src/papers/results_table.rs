//! Announced results as a table for spreadsheets: one line a subject, the options in the order of the ballots.

use super::table::Table;
use super::{people, results};
use pingyi_core::Appraisal;

/// None before a result is announced.
pub fn results_table(case: &Appraisal) -> Option<Table> {
    let mut options: Vec<&str> = Vec::new();
    for (_, result) in results::announced(case) {
        for count in &result.counts {
            if !options.contains(&count.label.as_str()) {
                options.push(&count.label);
            }
        }
    }
    let mut header: Vec<String> = [
        "序号",
        "评议对象",
        "轮次",
        "应到",
        "实到",
        "发出",
        "收回",
        "有效",
        "无效",
    ]
    .map(str::to_owned)
    .into();
    for option in &options {
        header.extend([format!("{option}（票）"), format!("{option}（%）")]);
    }
    header.push("等次".into());
    let rows: Vec<_> = (1_u32..)
        .zip(results::announced(case))
        .map(|(number, (ballot, result))| {
            let mut row = vec![number.to_string(), people::name(case, ballot.subject)];
            let figures = [
                ballot.round,
                result.due,
                result.present,
                result.issued,
                result.returned,
                result.valid,
                result.invalid,
            ];
            row.extend(figures.map(|n| n.to_string()));
            for option in &options {
                let count = result.counts.iter().find(|c| c.label == *option);
                row.push(count.map_or_else(String::new, |c| c.votes.to_string()));
                row.push(count.map_or_else(String::new, |c| c.percent.clone()));
            }
            row.push(result.grade_label.clone());
            row
        })
        .collect();
    (!rows.is_empty()).then_some(Table {
        name: "测评结果",
        header,
        rows,
    })
}

//! The issue list as a table for spreadsheets: one line an issue, subject by subject, in the order of the opinions.

use super::table::Table;
use super::{opinions, people};
use pingyi_core::Appraisal;

/// None while there is no issue.
pub fn issues_table(case: &Appraisal) -> Option<Table> {
    let header = ["序号", "评议对象", "类别", "问题", "来源"].map(str::to_owned).into();
    let mut rows = Vec::new();
    for id in case.subjects.keys() {
        for (number, issue) in (1_u32..).zip(case.issues.of_document(*id)) {
            let Some(said) = case.issues.issues.get(&issue) else {
                continue;
            };
            rows.push(vec![
                number.to_string(),
                people::name(case, *id),
                said.category.clone(),
                opinions::one_line(&said.text),
                opinions::sources(case, issue),
            ]);
        }
    }
    (!rows.is_empty()).then_some(Table {
        name: "问题清单",
        header,
        rows,
    })
}

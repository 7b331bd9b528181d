//! The opinions and the issue list on paper.

use super::sitting::{ISSUES, Sitting};
use super::{NOW, make, text};
use pingyi::papers;
use pingyi_core::ids::SubjectId;
use pingyi_core::papers::OfficePaper;

#[test]
fn the_opinions_on_a_subject_are_the_councils_text_around_the_issues_by_category() {
    let held = Sitting::held();
    let said = text(&make(&held.case, OfficePaper::Opinions, None));
    for line in [
        "关于区教育局局长述职的评议意见",
        "某人常〔2026〕18号",
        "区教育局：",
        "二、存在的主要问题",
        "（一）民生热点",
        "1.城区大班额尚未消除",
        "2.公开学位供给情况。",
        "自接到本评议意见之日起1个月内报送整改方案，3个月内书面报告整改落实情况。",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("送审稿"), "it is approved");
    let one = |n| papers::make_of(&held.case, OfficePaper::Opinions, Some(SubjectId(n)), None, NOW);
    assert_eq!(text(&one(1).expect("drafted")), said);
    assert!(matches!(one(2), Err(papers::PaperError::NotReady)), "nobody drafted it");
}

#[test]
fn the_issue_list_says_where_each_issue_comes_from_and_names_nobody() {
    let case = Sitting::held().case;
    let said = text(&make(&case, OfficePaper::IssueList, None));
    let from = "第1件询问；述职报告（三、存在问题）";
    assert!(said.contains(from), "{said}");
    let table = papers::issues_table::issues_table(&case).expect("issues");
    assert_eq!(table.rows.len(), ISSUES.len());
    assert_eq!(table.rows[0], ["1", "区教育局局长", "民生热点", ISSUES[0], from]);
}

//! The papers around the sitting: plan, notice to the subjects, letter to the other organs, summary.

use crate::sitting::Sitting;
use crate::{make, text, whole};
use pingyi_core::follow_up::day;
use pingyi_core::papers::OfficePaper;
use pingyi_core::stages::{Span, Stage};

#[test]
fn before_anything_happened_plan_and_notice_have_lines_to_fill() {
    let case = Sitting::prepared().case;
    let plan = text(&make(&case, OfficePaper::ImplementationPlan, None));
    for section in [
        "指导思想",
        "组织领导",
        "评议对象",
        "评议内容",
        "方法步骤及时间安排",
        "工作要求",
    ] {
        assert!(plan.contains(&format!("、{section}")), "{section}: {plan}");
    }
    for told in [
        "（一）评议准备（＿＿＿＿年＿＿月＿＿日至＿＿＿＿年＿＿月＿＿日）",
        "（三）评议会议（2026年11月24日）",
        "中共某区委员会",
        "会后7日内",
        "勤政廉政情况",
        "区卫生健康局局长",
    ] {
        assert!(plan.contains(told), "{told}: {plan}");
    }
    assert!(!plan.contains("评议工作组，具体负责"), "there is no group: {plan}");
    let notice = text(&make(&case, OfficePaper::SubjectNotice, None));
    for told in [
        "区教育局、区工信局、区卫生健康局、区乡村振兴局：",
        "书面述职",
        "口头述职",
        "地点：＿＿",
        "联系人：＿＿",
    ] {
        assert!(notice.contains(told), "{told}: {notice}");
    }
    let mut nothing = Sitting::prepared();
    let blank = pingyi_core::command::Command::DescribeCase {
        title: "述职评议".into(),
        body_name: "人大常委会".into(),
        session_name: String::new(),
        held_on: String::new(),
    };
    nothing.desk(0, blank);
    let plan = text(&make(&nothing.case, OfficePaper::ImplementationPlan, None));
    assert!(
        plan.contains("召开＿＿＿＿＿＿。") && plan.contains("（三）评议会议（＿＿＿＿年＿＿月＿＿日）"),
        "{plan}"
    );
    assert!(plan.contains("中共＿＿＿＿＿＿委员会"), "{plan}");
}

#[test]
fn the_plan_tells_groups_and_days_once_they_are_known() {
    let mut case = whole::investigated(Sitting::held()).case;
    let (first, last) = (
        day::read("2026-11-25").expect("a day"),
        day::read("2027-03-31").expect("a day"),
    );
    case.stages.plan.days.insert(Stage::Rectification, Span { first, last });
    case.stages.plan.demands = "以推动高质量发展为目标。".into();
    let plan = text(&make(&case, OfficePaper::ImplementationPlan, None));
    for told in [
        "（二）评议调查（2026年11月5日至2026年11月12日）",
        "（四）评议整改（2026年11月25日至2027年3月31日）",
        "以推动高质量发展为目标。",
        "坚持以习近平新时代中国特色社会主义思想为指导",
        "第一评议工作组：组长委员01，成员委员02、委员03，负责对区教育局局长、区工信局局长的评议调查。",
    ] {
        assert!(plan.contains(told), "{told}: {plan}");
    }
}

#[test]
fn the_letter_encloses_results_and_approved_opinions_only() {
    let case = whole::whole().case;
    let said = text(&make(&case, OfficePaper::CopyLetter, None));
    for told in [
        "某区人民政府、某区监察委员会、某区人民法院、某区人民检察院：",
        "2026年11月24日，某区人民代表大会常务委员会召开",
        "满意20票",
        "对区工信局局长的评议意见",
        "文号：某人常〔2026〕19号",
        "（2026年11月27日主任会议审议通过）",
        "对区卫生健康局局长、区乡村振兴局局长的评议意见经主任会议审议后另行抄送。",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    for (category, issue) in whole::FOUND {
        assert!(said.contains(&format!("（{category}）{issue}")), "{said}");
    }
    assert!(
        !said.contains("不满意20票"),
        "the rectification is not of the appraisal's results: {said}"
    );
}

#[test]
fn a_rule_that_publishes_grades_only_holds_for_letter_and_summary() {
    let mut case = whole::whole().case;
    for ballot in case.ballots.values_mut() {
        if let Some(result) = &mut ballot.result {
            result.text = format!("测评等次：{}。", result.grade_label);
        }
    }
    for paper in [OfficePaper::CopyLetter, OfficePaper::Summary] {
        let said = text(&make(&case, paper, None));
        assert!(
            said.contains("测评等次：满意。") && !said.contains("20票") && !said.contains("80%"),
            "{said}"
        );
    }
}

#[test]
fn the_summary_counts_what_the_record_holds() {
    let case = whole::whole().case;
    let said = text(&make(&case, OfficePaper::Summary, None));
    for told in [
        "确定被评议对象4名（口头述职2名，书面述职2名）",
        "开展座谈会2次32人、走访1次6人。",
        "开展问卷调查1项，收回有效答卷120份。",
        "汇报1份",
        "2026年11月24日召开区九届人大常委会述职评议会议，应到常委会组成人员28人，实到25人，列席1人。",
        "会上提出询问2件，现场答复1件，会后书面答复1件。",
        "1人发言，形成经本人核对的审议意见1条。",
        "被评议对象的等次为：满意4名。",
        "区九届人大常委会第十五次会议。对区工信局局长的测评",
        "不满意20票",
        "述职测评等次为满意",
        "2027年3月21日，主任会议责成区工信局局长继续整改，于2027年6月20日前再次报告。",
        "2027年3月22日，对区工信局局长采取的监督措施：约谈。",
        "经主任会议审议通过评议意见2份，已送达2份，被评议对象签收2份。",
        "委员会的日期：＿＿＿＿年＿＿月＿＿日。",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let lines = case.subjects.keys().map(|s| case.line_counts(*s));
    let (listed, closed) = lines.fold((0, 0), |(l, c), n| (l + n.lines, c + n.closed));
    assert!(listed >= 2 && closed >= 1);
    for told in [
        "区工信局局长：2个。".to_owned(),
        format!("分类别梳理问题{listed}个"),
        format!("列入整改台账的问题{listed}个：已完成{closed}个"),
        format!("已销号{closed}个"),
    ] {
        assert!(said.contains(&told), "{told}: {said}");
    }
    assert!(!said.contains("待填") && !said.contains("整改落实情况：＿"), "{said}");
    let early = text(&make(
        &Sitting::prepared()
            .opened()
            .questioned()
            .voted(8, 1)
            .announced(1)
            .closed()
            .case,
        OfficePaper::Summary,
        None,
    ));
    for line in [
        "评议调查情况：＿＿＿＿＿＿。",
        "问题梳理情况：＿＿＿＿＿＿。",
        "整改落实情况：＿＿＿＿＿＿。",
    ] {
        assert!(early.contains(line), "{line}: {early}");
    }
}

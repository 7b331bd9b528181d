//! The papers of a sitting: each when its data exists and not before, nobody named who asked without name.

mod around;
mod layout;
mod opinions;
mod pdf;
mod sitting;
mod validity;
mod whole;

use pingyi::documents::official::{Block, Name, docx, measures};
use pingyi::papers;
use pingyi_core::Appraisal;
use pingyi_core::ids::BallotId;
use pingyi_core::papers::OfficePaper;
use pingyi_core::rules::profile::{Ranking, TieRule};
use sitting::{COMMITTEE, DAY_MS, ISSUES, MORNING, PRIVATE, Sitting, WITHHELD};
use std::fs;
use std::io::{Cursor, Read as _};

const NOW: i64 = MORNING + 5 * DAY_MS;

fn make(case: &Appraisal, paper: OfficePaper, own: Option<&str>) -> Vec<u8> {
    papers::make(case, paper, own, NOW).unwrap_or_else(|e| panic!("{paper:?}: {e}"))
}

/// Told of a case that was followed to its end; every other paper, of its sitting.
fn around_the_sitting(paper: OfficePaper) -> bool {
    matches!(
        paper,
        OfficePaper::ImplementationPlan | OfficePaper::CopyLetter | OfficePaper::Summary
    )
}

/// The text of a document, a line for a paragraph.
fn text(docx: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).expect("a container");
    let mut xml = String::new();
    let mut part = zip.by_name("word/document.xml").expect("a body");
    part.read_to_string(&mut xml).expect("UTF-8");
    let mut text = String::new();
    for paragraph in xml.split("</w:p>") {
        for run in paragraph.split("<w:t xml:space=\"preserve\">").skip(1) {
            text.push_str(run.split("</w:t>").next().unwrap_or(""));
        }
        text.push('\n');
    }
    text
}

fn ready(case: &Appraisal) -> Vec<OfficePaper> {
    OfficePaper::ALL.into_iter().filter(|p| p.ready(case)).collect()
}

#[test]
fn a_paper_is_there_when_its_data_is_and_results_not_before_the_announcement() {
    use OfficePaper as P;
    assert!(ready(&Appraisal::new(uuid::Uuid::nil())).is_empty());
    let prepared = [
        P::ImplementationPlan,
        P::SubjectNotice,
        P::SignInSheet,
        P::ChairScript,
        P::BallotPaper,
    ];
    let mut sitting = Sitting::prepared();
    assert_eq!(ready(&sitting.case), prepared);
    sitting = sitting.opened().questioned().voted(8, 1);
    let sealed = [&prepared[..], &[P::InquiryRecord]].concat();
    assert_eq!(ready(&sitting.case), sealed, "the result is counted and not announced");
    for paper in [
        P::TallySheet,
        P::ResultNotice,
        P::ResultReport,
        P::CopyLetter,
        P::Minutes,
        P::Summary,
    ] {
        let made = papers::make(&sitting.case, paper, None, NOW);
        assert!(matches!(made, Err(papers::PaperError::NotReady)));
    }
    assert_eq!(papers::results_table::results_table(&sitting.case), None);
    sitting = sitting.announced(1);
    let announced = [
        &sealed[..],
        &[P::TallySheet, P::ResultNotice, P::ResultReport, P::CopyLetter],
    ]
    .concat();
    assert_eq!(ready(&sitting.case), announced);
    let closed = ready(&sitting.closed().case);
    let later = [
        P::RectificationNotice,
        P::RectificationLedger,
        P::IssueList,
        P::Opinions,
    ];
    assert!(
        later.iter().all(|p| !closed.contains(p)),
        "no opinions were drafted or received"
    );
    assert_eq!(closed.len(), P::ALL.len() - later.len());
    assert_eq!(ready(&Sitting::held().case), P::ALL);
}

#[test]
fn the_tally_sheet_says_what_was_announced_in_the_usual_words() {
    let said = text(&make(&Sitting::held().case, OfficePaper::TallySheet, None));
    let accounts = "应到28人，实到25人，符合法定人数。发出测评票25张，收回25张，其中有效票25张，无效票0张。";
    assert_eq!(said.matches(accounts).count(), 4, "{said}");
    assert!(said.contains("测评等次：满意。"), "{said}");
    let reason = "满意：满意票20，超过14（应到28的1/2）。";
    assert_eq!(said.matches(reason).count(), 4, "the rule's own base and share: {said}");
    assert!(!said.contains("名次"), "this rule ranks nobody");
    assert_eq!(said.matches("80%").count(), 4);
    assert!(said.contains("第1轮，原因：设备或网络故障：大屏显示有误。"));
    assert!(said.contains("总监票人（签字）"));
}

#[test]
fn where_the_rule_ranks_the_places_of_one_sheet_stand_on_tally_sheet_and_report() {
    let mut sitting = Sitting::held();
    let (by, ties) = (Vec::new(), TieRule::SharePlace);
    sitting.case.profile.ranking = Some(Ranking { by, ties });
    let one_sheet = sitting.case.ballots[&BallotId(1)].item;
    for ballot in sitting.case.ballots.values_mut() {
        ballot.item = one_sheet;
    }
    for paper in [OfficePaper::TallySheet, OfficePaper::ResultReport] {
        let said = text(&make(&sitting.case, paper, None));
        assert_eq!(said.matches("名次：第1名（并列）。").count(), 4, "{paper:?}: {said}");
    }
}

#[test]
fn a_round_that_does_not_balance_has_a_tally_sheet_with_the_account_that_fails() {
    let mut sitting = Sitting::prepared().opened().voted(8, 1);
    sitting.case.ballots.get_mut(&BallotId(1)).expect("the first").due = 60;
    assert!(ready(&sitting.case).contains(&OfficePaper::TallySheet));
    assert!(!ready(&sitting.case).contains(&OfficePaper::ResultNotice));
    let said = text(&make(&sitting.case, OfficePaper::TallySheet, None));
    assert!(
        said.contains("第1轮：应到60人，实到25人。发出测评票25张，收回25张。"),
        "{said}"
    );
    assert!(said.contains("票数核对不一致：应到60人，实到25人，不足法定人数。本轮没有结果，不能公布。"));
    assert!(
        !said.contains("测评等次") && !said.contains("满意"),
        "there is no result: {said}"
    );
}

#[test]
fn a_notice_tells_no_more_than_the_rule_publishes() {
    let mut case = Sitting::held().case;
    case.profile.publication.detail = pingyi_core::rules::profile::PublishedDetail::GradeOnly;
    let said = text(&make(&case, OfficePaper::ResultNotice, None));
    assert!(said.contains("各项票数按测评办法不予公布。测评等次为满意。"), "{said}");
    assert!(!said.contains("20票") && !said.contains("80%"), "{said}");
}

#[test]
fn the_notice_has_the_wording_of_a_public_notice() {
    let said = text(&make(&Sitting::held().case, OfficePaper::ResultNotice, None));
    let line = "1.区教育局局长：发出测评票25张，收回25张。满意20票，占80%；基本满意4票，占16%；不满意1票，占4%；弃权0票，占0%。测评等次为满意。";
    assert!(said.contains(line), "{said}");
}

#[test]
fn nobody_is_named_on_any_paper_who_asked_without_name() {
    let sitting = Sitting::held();
    for paper in OfficePaper::ALL.into_iter().filter(|p| *p != OfficePaper::SignInSheet) {
        let said = text(&make(&sitting.case, paper, None));
        // That somebody was there is no secret, and the minutes list everybody.
        let said: String = said.lines().filter(|l| !l.starts_with("出席：")).collect();
        assert!(!said.contains(WITHHELD), "{paper:?}: {said}");
        assert!(!said.contains(PRIVATE), "{paper:?}: {said}");
    }
    let record = text(&make(&sitting.case, OfficePaper::InquiryRecord, None));
    assert!(
        record.contains("委员07（附议1人）") && record.contains("不公开姓名\n"),
        "{record}"
    );
    assert!(record.contains("2026年12月15日前书面答复"));
}

#[test]
fn deadlines_stand_on_paper_as_they_were_counted() {
    let said = text(&make(&Sitting::held().case, OfficePaper::DeadlineList, None));
    for day in ["2026.12.1", "2026.12.28", "2027.3.1"] {
        assert!(said.contains(day), "{day}: {said}");
    }
    assert_eq!(said.matches("未到期").count(), 3);
    let late = papers::make(
        &Sitting::held().case,
        OfficePaper::DeadlineList,
        None,
        NOW + 40 * DAY_MS,
    )
    .expect("made");
    assert_eq!(text(&late).matches("已逾期").count(), 2);
}

#[test]
fn the_ledger_stands_on_paper_and_says_what_is_late() {
    let sitting = Sitting::held();
    let said = text(&make(&sitting.case, OfficePaper::RectificationLedger, None));
    for told in ISSUES
        .into_iter()
        .chain(["共2个问题，已销号1个。", "整改到位", "正在整改", "基教科 王某"])
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!said.contains("已逾期"), "{said}");
    let later = papers::make(&sitting.case, OfficePaper::RectificationLedger, None, NOW + 40 * DAY_MS);
    assert!(text(&later.expect("made")).contains("正在整改（已逾期）"));
    let notice = text(&make(&sitting.case, OfficePaper::RectificationNotice, None));
    for told in ISSUES.into_iter().chain([COMMITTEE, "2026年12月28日", "2027年3月1日"]) {
        assert!(notice.contains(told), "{told}: {notice}");
    }
}

#[test]
fn the_ledger_comes_as_a_table_that_runs_no_formula() {
    let case = Sitting::held().case;
    let table = papers::ledger_table::ledger_table(&case, NOW).expect("a ledger");
    let csv = String::from_utf8(table.csv().expect("text")).expect("UTF-8");
    assert_eq!(csv.lines().count(), 3, "{csv}");
    let row = "1,区教育局局长,教科文卫工委,民生热点,城区大班额尚未消除,学位供给跟不上,新建校舍2处，新增学位600个。,消除大班额。,基教科 王某,2026.11.28,已完成,,";
    assert!(csv.contains(row), "{csv}");
    assert!(csv.contains("2026.11.28 教科文卫工委，整改到位：=到校查看"), "{csv}");
    assert!(table.xlsx().expect("a workbook").starts_with(b"PK"));
    assert_eq!(
        papers::ledger_table::ledger_table(&Appraisal::new(uuid::Uuid::nil()), NOW),
        None
    );
}

/// A template that writes every name there is.
fn every_name(names: &[Name]) -> String {
    let mut out = String::from("# 全部名称\n");
    for name in names {
        if name.is_list() {
            let (open, close) = (format!("{{{{每个 {}}}}}\n", name.name), "{{完}}\n");
            let inner = every_name(name.inner).replace("# 全部名称\n", "");
            out += &(open + &inner.replace("：{{", &format!("·{}：{{{{", name.name)) + close);
        } else {
            out += &format!("{0}：{{{{{0}}}}}\n", name.name);
        }
    }
    out
}

#[test]
fn every_name_of_every_paper_stands_for_something() {
    let (held, whole) = (whole::investigated(Sitting::held()), whole::whole());
    for paper in OfficePaper::ALL {
        let sitting = if around_the_sitting(paper) { &whole } else { &held };
        let template = every_name(&papers::names(paper));
        let said = text(&make(&sitting.case, paper, Some(&template)));
        for line in template.lines().filter(|l| l.contains('：')) {
            let label = line.split_once("{{").map_or("", |(label, _)| label);
            // A sitting whose accounts fail has its own test.
            if label.contains("核对不一致") {
                continue;
            }
            let told: Vec<_> = said.lines().filter(|l| l.starts_with(label)).collect();
            assert!(!told.is_empty(), "{paper:?}: {label} never came");
            // The sample has no officers' names and no item of another kind; nothing was extended or handed in yet.
            let may_be_empty = [
                "姓名",
                "延期原因",
                "办结日",
                "组别·列席人员",
                "到会",
                "其他",
                "报告日期",
                "再次报告说明",
                "调查待填",
                "指导思想",
                "组织领导",
                "工作要求",
                "问题待填",
                "整改待填",
                "送审稿",
                "名次",
                "无记名",
                "请假名单",
            ]
            .iter()
            .any(|n| label.starts_with(n));
            assert!(
                may_be_empty || told.iter().any(|l| l.len() > label.len()),
                "{paper:?}: {label} is empty"
            );
        }
    }
}

#[test]
fn the_same_paper_has_the_same_bytes() {
    let case = Sitting::held().case;
    assert_eq!(
        make(&case, OfficePaper::Minutes, None),
        make(&case, OfficePaper::Minutes, None)
    );
}

#[test]
fn results_come_as_a_table_that_runs_no_formula() {
    use pingyi_core::command::{Command, SubjectEntry};
    let mut sitting = Sitting::held();
    let entry = SubjectEntry {
        officer: String::new(),
        post: "局长".into(),
        unit: "=1+1".into(),
        report: pingyi_core::subject::ReportForm::Oral,
    };
    let subject = pingyi_core::ids::SubjectId(4);
    sitting.desk(4, Command::ChangeSubject { subject, entry });
    let table = papers::results_table::results_table(&sitting.case).expect("results");
    let csv = String::from_utf8(table.csv().expect("text")).expect("UTF-8");
    let lines: Vec<_> = csv.trim_start_matches('\u{FEFF}').lines().collect();
    assert_eq!(
        lines[0],
        "序号,评议对象,轮次,应到,实到,发出,收回,有效,无效,满意（票）,满意（%）,基本满意（票）,基本满意（%）,不满意（票）,不满意（%）,弃权（票）,弃权（%）,等次"
    );
    assert_eq!(lines[1], "1,区教育局局长,2,28,25,25,25,25,0,20,80,4,16,1,4,0,0,满意");
    assert!(lines[4].starts_with("4,'=1+1局长,"), "{}", lines[4]);
    assert!(table.xlsx().expect("a workbook").starts_with(b"PK"));
}

//! The papers of a sitting: each when its data exists and not before, nobody named who asked without name, every page as
//! GB/T 9704 wants it, measured in what LibreOffice makes of it.

mod opinions;
mod pdf;
mod sitting;
mod whole;

use pingyi::documents::official::{Block, Name, docx, measures};
use pingyi::papers;
use pingyi_core::Appraisal;
use pingyi_core::follow_up::day;
use pingyi_core::ids::BallotId;
use pingyi_core::papers::OfficePaper;
use pingyi_core::rules::profile::{Ranking, TieRule};
use pingyi_core::stages::{Span, Stage};
use sitting::{COMMITTEE, DAY_MS, ISSUES, MORNING, PRIVATE, Sitting, WITHHELD};
use std::fs;
use std::io::{Cursor, Read as _};

const NOW: i64 = MORNING + 5 * DAY_MS;

fn make(case: &Appraisal, paper: OfficePaper, own: Option<&str>) -> Vec<u8> {
    papers::make(case, paper, own, NOW).unwrap_or_else(|e| panic!("{paper:?}: {e}"))
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
        assert!(!said.contains(WITHHELD), "{paper:?}: {said}");
        assert!(!said.contains(PRIVATE), "{paper:?}: {said}");
    }
    let record = text(&make(&sitting.case, OfficePaper::InquiryRecord, None));
    assert!(
        record.contains("委员07（附议1人）") && record.contains("不公开姓名（附议0人）"),
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
        let around = [
            OfficePaper::ImplementationPlan,
            OfficePaper::CopyLetter,
            OfficePaper::Summary,
        ];
        let sitting = if around.contains(&paper) { &whole } else { &held };
        let template = every_name(papers::names(paper));
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

/// Two and a half pages of nothing but full-width characters: what the grid is measured with.
fn ruler() -> Vec<u8> {
    let line = "述职评议整改落实情况报告".repeat(12);
    let mut blocks = vec![Block::Title("版面标尺".into())];
    blocks.extend((0..12).map(|_| Block::Paragraph(line.clone())));
    docx("版面标尺", &blocks).expect("packed")
}

#[test]
fn every_page_has_the_measures_of_gb_t_9704() {
    if !pdf::can_measure() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (case, whole) = (Sitting::held().case, whole::whole().case);
    let around = [
        OfficePaper::ImplementationPlan,
        OfficePaper::CopyLetter,
        OfficePaper::Summary,
    ];
    for paper in OfficePaper::ALL {
        let case = if around.contains(&paper) { &whole } else { &case };
        fs::write(folder.path().join(format!("{paper:?}.docx")), make(case, paper, None)).expect("written");
    }
    fs::write(folder.path().join("Ruler.docx"), ruler()).expect("written");
    pdf::convert(folder.path());
    if let Some(keep) = std::env::var_os("KEEP_PAPERS") {
        for paper in fs::read_dir(folder.path()).expect("a folder").flatten() {
            if paper.path().is_file() {
                fs::copy(paper.path(), std::path::Path::new(&keep).join(paper.file_name())).expect("kept");
            }
        }
    }
    measure_ruler(&pdf::pages(&folder.path().join("Ruler.pdf")));
    for paper in OfficePaper::ALL {
        let pages = pdf::pages(&folder.path().join(format!("{paper:?}.pdf")));
        assert!(!pages.is_empty());
        for page in &pages {
            assert!(
                near(page.width, 210.0, 0.2) && near(page.height, 297.0, 0.2),
                "{paper:?} is not A4"
            );
            for word in page.lines().concat() {
                // Punctuation may hang over the edge, as in print; its box is a character wide, its ink less than half.
                let hangs = word
                    .text
                    .ends_with(['，', '。', '、', '；', '：', '！', '？', '”', '）']);
                let edge = if hangs { 190.0 } else { 184.5 };
                let inside = word.left > 27.5 && word.right < edge && word.top > 35.5;
                assert!(inside, "{paper:?}: {word:?} leaves the text's area");
            }
        }
    }
    let tally = pdf::pages(&folder.path().join("TallySheet.pdf"));
    assert_eq!(tally.len(), 4, "a sheet a subject, each on one page");
}

fn near(found: f64, wanted: f64, by: f64) -> bool {
    (found - wanted).abs() <= by
}

fn measure_ruler(pages: &[pdf::Page]) {
    let page = &pages[1];
    let lines = page.lines();
    assert_eq!(lines.len(), measures::LINES_PER_PAGE as usize, "lines of a full page");
    // The longest line is a whole one: neither a paragraph's first nor its last.
    let chars = |line: &Vec<pdf::Word>| line.iter().map(|w| w.text.chars().count()).sum::<usize>();
    assert_eq!(
        lines.iter().map(chars).max(),
        Some(measures::CHARS_PER_LINE as usize),
        "characters of a whole line"
    );
    let whole = lines.iter().find(|l| chars(l) == 28).expect("a whole line");
    let left = whole.iter().map(|w| w.left).fold(f64::MAX, f64::min);
    let right = whole.iter().map(|w| w.right).fold(0.0, f64::max);
    assert!(near(left, 28.0, 0.5), "订口 {left}");
    assert!(near(right - left, 156.0, 1.0), "版心 {}", right - left);
    let pitch = (lines[21][0].bottom - lines[0][0].bottom) / 21.0;
    assert!(near(pitch * 22.0, 225.0, 1.0), "22 lines take {}", pitch * 22.0);
    let first = lines.iter().flatten().map(|w| w.top).fold(f64::MAX, f64::min);
    let last = lines.iter().flatten().map(|w| w.bottom).fold(0.0, f64::max);
    assert!(
        first >= 36.0 && last <= 263.0,
        "版心 from 37 to 262, found {first} to {last}"
    );
    // Odd pages: number on the right, one character in; even pages on the left. Its middle lies 7 mm below the text.
    for (number, page) in (1..).zip(pages) {
        let foot = page.foot();
        let said: String = foot.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(said, format!("—{number}—"));
        let (left, right) = (foot[0].left, foot.last().map_or(0.0, |w| w.right));
        let edge = if number % 2 == 1 { 184.0 - right } else { left - 28.0 };
        assert!(near(edge, 4.94, 1.0), "page {number}: {edge} from the edge");
        let middle = f64::midpoint(foot[0].top, foot[0].bottom);
        assert!(near(middle, 262.0 + 7.0, 1.5), "page {number}: dash at {middle}");
    }
}

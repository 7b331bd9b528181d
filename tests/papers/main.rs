//! The papers of a sitting: each when its data exists and not before, nobody named who asked without name, every page as
//! GB/T 9704 wants it, measured in what LibreOffice makes of it.

mod pdf;
mod sitting;

use pingyi::documents::official::{Block, Name, docx, measures};
use pingyi::papers;
use pingyi_core::Appraisal;
use pingyi_core::papers::OfficePaper;
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
    let prepared = [P::SignInSheet, P::ChairScript, P::BallotPaper];
    let mut sitting = Sitting::prepared();
    assert_eq!(ready(&sitting.case), prepared);
    sitting = sitting.opened().questioned().voted(8, 1);
    let sealed = [&prepared[..], &[P::InquiryRecord]].concat();
    assert_eq!(ready(&sitting.case), sealed, "the result is counted and not announced");
    for paper in [P::TallySheet, P::ResultNotice, P::ResultReport, P::Minutes] {
        let made = papers::make(&sitting.case, paper, None, NOW);
        assert!(matches!(made, Err(papers::PaperError::NotReady)));
    }
    assert_eq!(papers::results_table::results_table(&sitting.case), None);
    sitting = sitting.announced(1);
    let announced = [&sealed[..], &[P::TallySheet, P::ResultNotice, P::ResultReport]].concat();
    assert_eq!(ready(&sitting.case), announced);
    let closed = ready(&sitting.closed().case);
    let rectification = [P::RectificationNotice, P::RectificationLedger];
    assert!(
        rectification.iter().all(|p| !closed.contains(p)),
        "no opinions were received"
    );
    assert_eq!(closed.len(), P::ALL.len() - rectification.len());
    assert_eq!(ready(&Sitting::held().case), P::ALL);
}

#[test]
fn the_tally_sheet_says_what_was_announced_in_the_usual_words() {
    let said = text(&make(&Sitting::held().case, OfficePaper::TallySheet, None));
    let accounts = "应到28人，实到25人，符合法定人数。发出测评票25张，收回25张，其中有效票25张，无效票0张。";
    assert_eq!(said.matches(accounts).count(), 4, "{said}");
    assert!(
        said.contains("测评等次：满意（全体组成人员28人，过半数为15票）"),
        "{said}"
    );
    assert_eq!(said.matches("80%").count(), 4);
    assert!(said.contains("第1轮，原因：大屏显示有误。"));
    assert!(said.contains("总监票人（签字）"));
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
    let sitting = Sitting::held();
    for paper in OfficePaper::ALL {
        let template = every_name(papers::names(paper));
        let said = text(&make(&sitting.case, paper, Some(&template)));
        for line in template.lines().filter(|l| l.contains('：')) {
            let label = line.split_once("{{").map_or("", |(label, _)| label);
            let told: Vec<_> = said.lines().filter(|l| l.starts_with(label)).collect();
            assert!(!told.is_empty(), "{paper:?}: {label} never came");
            // The sample has no officers' names and no item of another kind; nothing was extended or handed in yet.
            let may_be_empty = ["姓名", "延期原因", "办结日", "组别·列席人员", "到会", "其他"]
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
    let case = Sitting::held().case;
    for paper in OfficePaper::ALL {
        fs::write(folder.path().join(format!("{paper:?}.docx")), make(&case, paper, None)).expect("written");
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

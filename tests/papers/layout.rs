//! Every page as GB/T 9704 wants it, measured in what LibreOffice makes of it. docs/papers.md is what was measured:
//! `UPDATE=1` writes it and the pictures beside it anew.

use super::*;
use crate::pdf::{Page, Text};
use std::path::Path;

/// Two and a half pages of nothing but full-width characters: what the grid is measured with.
fn ruler() -> Vec<u8> {
    let line = "述职评议整改落实情况报告".repeat(12);
    let mut blocks = vec![Block::Title("版面标尺".into())];
    blocks.extend((0..12).map(|_| Block::Paragraph(line.clone())));
    docx("版面标尺", &blocks).expect("packed")
}

/// The papers of the two cases that the tests know, each as a PDF.
fn printed(folder: &Path) {
    let (case, whole) = (Sitting::held().case, whole::whole().case);
    for paper in OfficePaper::ALL {
        let case = if around_the_sitting(paper) { &whole } else { &case };
        fs::write(folder.join(format!("{paper:?}.docx")), make(case, paper, None)).expect("written");
    }
    fs::write(folder.join("Ruler.docx"), ruler()).expect("written");
    pdf::convert(folder);
    if let Some(keep) = std::env::var_os("KEEP_PAPERS") {
        for paper in fs::read_dir(folder).expect("a folder").flatten() {
            if paper.path().is_file() {
                fs::copy(paper.path(), Path::new(&keep).join(paper.file_name())).expect("kept");
            }
        }
    }
}

#[test]
fn every_page_has_the_measures_of_gb_t_9704() {
    if !pdf::can_measure() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    printed(folder.path());
    for paper in OfficePaper::ALL {
        let pages = pdf::pages(&folder.path().join(format!("{paper:?}.pdf")));
        assert!(!pages.is_empty());
        // The ledger lies on its side. Above the text the standard leaves 37 ± 1 mm, on the ledger 28 ± 1 mm.
        let turned = paper == OfficePaper::RectificationLedger;
        let (width, height, top, edge, left) = if turned {
            (297.0, 210.0, 27.0, 262.5, 36.5)
        } else {
            (210.0, 297.0, 36.0, 184.5, 27.5)
        };
        for page in &pages {
            assert!(
                near(page.width, width, 0.2) && near(page.height, height, 0.2),
                "{paper:?} is not A4"
            );
            for text in page.texts.iter().filter(|t| !t.said.trim().is_empty()) {
                // Punctuation may hang over the edge, as in print; its box is a character wide, its ink less than half.
                let hangs = text
                    .said
                    .ends_with(['，', '。', '、', '；', '：', '！', '？', '”', '）']);
                let edge = if hangs { edge + 5.5 } else { edge };
                let inside = text.left > left && text.right < edge && text.top > top;
                assert!(inside, "{paper:?}: {text:?} leaves the text's area");
            }
        }
    }
    let tally = pdf::pages(&folder.path().join("TallySheet.pdf"));
    assert_eq!(tally.len(), 4, "a sheet a subject, each on one page");
    let found = measures_of(folder.path());
    for (what, _, measured, wanted, by) in &found {
        assert!(
            near(*measured, *wanted, *by),
            "{what}: {measured} and not {wanted} ± {by}"
        );
    }
    page_in_docs(&found, folder.path());
}

fn near(found: f64, wanted: f64, by: f64) -> bool {
    (found - wanted).abs() <= by
}

/// What is measured; what the standard says of it; found; wanted; by how much it may differ. Lengths in millimetres.
type Measure = (&'static str, &'static str, f64, f64, f64);

fn measures_of(folder: &Path) -> Vec<Measure> {
    let pages = |name: &str| pdf::pages(&folder.join(format!("{name}.pdf")));
    let (ruler, letter, opinions) = (pages("Ruler"), pages("CopyLetter"), pages("Opinions"));
    let mut found = area(&ruler[1], &pdf::ink(&folder.join("Ruler.pdf"), 2));
    found.extend(types(&ruler, &letter, &opinions, &pages("IssueList")));
    for (n, page) in (1..).zip(&ruler[..2]) {
        found.extend(number(n, page));
    }
    found.extend(around_the_text(&letter));
    let ledger = &pages("RectificationLedger")[0];
    found.push(("表格横排：纸宽", "A4 纸横放，297", ledger.width, 297.0, 0.2));
    found
}

/// 天头, 订口, 版心, from the ink and the characters of a full page.
fn area(page: &Page, ink: &pdf::Ink) -> Vec<Measure> {
    let lines = page.lines();
    // The longest line is a whole one: neither a paragraph's first nor its last.
    let chars = |line: &Vec<Text>| line.iter().map(|t| t.said.chars().count()).sum::<usize>();
    let whole = lines.iter().max_by_key(|l| chars(l)).expect("a line");
    let begun = lines.iter().map(|l| l[0].left).fold(0.0, f64::max);
    let left = whole[0].left;
    let right = whole.iter().map(|t| t.right).fold(0.0, f64::max);
    let last = lines.len() - 1;
    let pitch = (lines[last][0].top - lines[0][0].top) / last as f64;
    // A line's type stands in the middle of its share of the height.
    let middle_above = ink.top - (pitch - TYPE_MM) / 2.0;
    let count = |n: usize| n as f64;
    vec![
        ("纸张宽", "A4，210", page.width, 210.0, 0.2),
        ("纸张高", "A4，297", page.height, 297.0, 0.2),
        ("订口（左白边）", "28 ± 1", left, 28.0, 1.0),
        ("版心宽", "156", right - left, 156.0, 1.0),
        ("版心高（22 行）", "225", pitch * 22.0, 225.0, 1.0),
        ("天头（上白边）", "37 ± 1", middle_above, 37.0, 2.0),
        ("末行字底到上边", "不超过 262（37 + 225）", ink.bottom, 260.5, 1.6),
        (
            "每页行数",
            "22",
            count(lines.len()),
            f64::from(measures::LINES_PER_PAGE),
            0.0,
        ),
        (
            "每行字数",
            "28",
            count(chars(whole)),
            f64::from(measures::CHARS_PER_LINE),
            0.0,
        ),
        ("首行缩进（字）", "左空二字", (begun - left) / TYPE_MM, 2.0, 0.1),
    ]
}

/// 3号: 16 pt.
const TYPE_MM: f64 = 16.0 * 25.4 / 72.0;

fn types(ruler: &[Page], letter: &[Page], opinions: &[Page], list: &[Page]) -> Vec<Measure> {
    let size = |page: &Page, said: &str| page.find(said).size;
    let title = letter[0].find("某区人民代表大会常务委员会");
    vec![
        ("标题字号（磅）", "2 号，22", title.size, 22.0, 0.5),
        (
            "标题居中：中线到左边",
            "版心中线，28 + 78 = 106",
            f64::midpoint(title.left, title.right),
            106.0,
            0.5,
        ),
        ("正文字号（磅）", "3 号，16", size(&ruler[1], "述职评议"), 16.0, 0.5),
        (
            "一级标题字号（磅）",
            "3 号，16",
            size(&opinions[0], "一、总体评价"),
            16.0,
            0.5,
        ),
        ("页码字号（磅）", "4 号，14", size(&ruler[0], "1"), 14.0, 0.5),
        (
            "表格字号（磅）",
            "不作规定；小四，12",
            size(&list[0], "民生热点"),
            12.0,
            0.5,
        ),
    ]
}

/// Odd pages: number on the right, one character in; even pages on the left. Its middle lies 7 mm below the text.
fn number(n: u32, page: &Page) -> Vec<Measure> {
    let foot = page.foot();
    let said: String = foot.iter().map(|t| t.said.trim()).collect();
    assert_eq!(said.replace(' ', ""), format!("—{n}—"));
    let left = foot.iter().map(|t| t.left).fold(f64::MAX, f64::min);
    let right = foot.iter().map(|t| t.right).fold(0.0, f64::max);
    let middle = f64::midpoint(foot[0].top, foot[0].bottom);
    let (what, edge) = if n % 2 == 1 {
        ("单页码到版心右边", 184.0 - right)
    } else {
        ("双页码到版心左边", left - 28.0)
    };
    let below = ("页码一字线在版心下", "7", middle - 262.0, 7.0, 1.5);
    let mut found = vec![(what, "空一字（4 号字，4.9）", edge, 4.94, 1.0)];
    found.extend((n == 1).then_some(below));
    found
}

/// 附件说明, 成文日期, 附件 and 版记, in a letter that has them all.
fn around_the_text(letter: &[Page]) -> Vec<Measure> {
    let (first, annex, last) = (&letter[0], &letter[1], &letter[letter.len() - 1]);
    let date = first.line_of("29");
    let name = annex.line_of("附件");
    let place = |said| {
        let at = annex.find(said).top;
        annex.lines().iter().take_while(|l| l[0].top < at - 2.0).count()
    };
    // The blank line between them holds no text.
    let between = (annex.find("测评结果").top - name[0].top) / (225.0 / 22.0);
    assert_eq!(place("测评结果"), 1, "附件 above its title and nothing else");
    let imprint = last.line_of("印发");
    let right = imprint.iter().map(|t| t.right).fold(0.0, f64::max);
    // The empty character belongs to the text as LibreOffice writes it.
    let begins = imprint[0].right - imprint[0].said.trim().chars().count() as f64 * 4.94;
    vec![
        (
            "附件说明左空（字）",
            "左空二字",
            (first.line_of("附件")[0].left - 28.0) / TYPE_MM,
            2.0,
            0.1,
        ),
        (
            "成文日期右空（字）",
            "右空四字；署名比日期长时，署名右空二字，日期居中",
            (184.0 - date.iter().map(|t| t.right).fold(0.0, f64::max)) / TYPE_MM,
            4.5,
            1.0,
        ),
        ("“附件1”到左边", "顶格，28", name[0].left, 28.0, 0.5),
        ("附件标题在第几行", "第三行", between + 1.0, 3.0, 0.3),
        ("版记字号（磅）", "4 号，14", imprint[0].size, 14.0, 0.5),
        ("印发机关左空（4 号字）", "左空一字", (begins - 28.0) / 4.94, 1.0, 0.2),
        ("印发日期右空（4 号字）", "右空一字", (184.0 - right) / 4.94, 1.0, 0.3),
        ("版记末行字底到上边", "版心底边，262", imprint[0].bottom, 261.0, 2.0),
    ]
}

const BEGIN: &str = "<!-- measured: begin -->\n";
const END: &str = "<!-- measured: end -->";

/// The table in docs/papers.md: within half a unit of what is measured now.
fn page_in_docs(found: &[Measure], folder: &Path) {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let file = docs.join("papers.md");
    let page = fs::read_to_string(&file).expect("docs/papers.md");
    let (before, rest) = page.split_once(BEGIN).expect("the table's begin");
    let (table, after) = rest.split_once(END).expect("the table's end");
    if std::env::var_os("UPDATE").is_some() {
        let mut fresh = "| 量什么 | GB/T 9704—2012 | 量得 |\n|---|---|---|\n".to_owned();
        for (what, standard, measured, ..) in found {
            let measured = format!("{measured:.1}");
            fresh += &format!("| {what} | {standard} | {} |\n", measured.trim_end_matches(".0"));
        }
        fs::write(&file, format!("{before}{BEGIN}{fresh}{END}{after}")).expect("written");
        for paper in OfficePaper::ALL {
            pdf::picture(&folder.join(format!("{paper:?}.pdf")), &docs.join("papers"));
        }
        return;
    }
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(2)
        .map(|l| l.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(
        rows.len(),
        found.len(),
        "docs/papers.md is not what is measured: UPDATE=1"
    );
    for (row, (what, standard, measured, ..)) in rows.iter().zip(found) {
        let told: f64 = row[3].parse().expect("a number");
        let same = row[1] == *what && row[2] == *standard && near(told, *measured, 0.5);
        assert!(same, "docs/papers.md says {row:?}, measured {measured:.1}: UPDATE=1");
    }
}

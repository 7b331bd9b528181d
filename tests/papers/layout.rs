//! Every page as GB/T 9704 wants it, measured in what LibreOffice makes of it.

use super::*;

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

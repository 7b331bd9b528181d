//! The parts of a paper as WordprocessingML.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::measures::{BOTTOM, CHAR, FOOTER, LEFT, LINE, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, TEXT_WIDTH, TOP};
use super::parts::{HEAD, WORD};
use super::{Align, Block, Level, Table};

/// 成文日期右空四字, in half characters.
const DATE_FROM_RIGHT: u32 = 8;
/// A name that is longer than the date stands two characters from the right.
const NAME_FROM_RIGHT: u32 = 4;

pub(super) fn document(blocks: &[Block]) -> String {
    let relations = r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
    let mut xml = format!("{HEAD}<w:document {WORD} {relations}><w:body>");
    for (place, block) in blocks.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|p| blocks.get(p));
        if ends_title(before, block) {
            paragraph(&mut xml, "Centred", "", "");
        }
        // A break belongs to what follows it: one at the very end would only make an empty page.
        let breaks = matches!(before, Some(Block::PageBreak));
        let first = match (breaks, stays_with_signature(blocks.get(place + 1..))) {
            (true, _) => NEW_PAGE,
            (false, true) => KEEP_NEXT,
            (false, false) => "",
        };
        write_block(&mut xml, block, first);
    }
    // A table may not be the last thing on a page: Word wants a paragraph after it.
    if matches!(blocks.last(), None | Some(Block::Table(_))) {
        paragraph(&mut xml, "Cell", "", "");
    }
    let _ = write!(
        xml,
        concat!(
            r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>"#,
            r#"<w:pgSz w:w="{}" w:h="{}"/>"#,
            r#"<w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="851" w:footer="{}" w:gutter="0"/>"#,
            r#"<w:docGrid w:type="lines" w:linePitch="{}"/></w:sectPr></w:body></w:document>"#
        ),
        PAGE_WIDTH, PAGE_HEIGHT, TOP, RIGHT, BOTTOM, LEFT, FOOTER, LINE
    );
    xml
}

/// 标题下空一行.
fn ends_title(before: Option<&Block>, block: &Block) -> bool {
    matches!(before, Some(Block::Title(_))) && !matches!(block, Block::Title(_) | Block::Centred(_) | Block::Blank)
}

const NEW_PAGE: &str = "<w:pageBreakBefore/>";
const KEEP_NEXT: &str = "<w:keepNext/>";

/// A signature never stands alone on a page: the last lines before it go with it.
fn stays_with_signature(rest: Option<&[Block]>) -> bool {
    matches!(
        rest,
        Some([Block::Signature(_), ..] | [Block::Blank, Block::Signature(_), ..])
    )
}

/// `first`: properties that the block's first paragraph has besides its own.
fn write_block(xml: &mut String, block: &Block, first: &str) {
    match block {
        Block::Title(text) => paragraph(xml, "Title", first, text),
        Block::Addressee(text) => paragraph(xml, "Addressee", first, text),
        Block::Heading(Level::First, text) => paragraph(xml, "Heading1", first, text),
        Block::Heading(Level::Second, text) => paragraph(xml, "Heading2", first, text),
        Block::Heading(Level::Third, text) => paragraph(xml, "Heading3", first, text),
        Block::Paragraph(text) => paragraph(xml, "", first, text),
        Block::Centred(text) => paragraph(xml, "Centred", first, text),
        Block::Blank => paragraph(xml, "", first, ""),
        Block::PageBreak => {}
        Block::Signature(lines) => signature(xml, lines, first),
        Block::Table(table) => {
            if !first.is_empty() {
                paragraph(xml, "Cell", first, "");
            }
            write_table(xml, table);
        }
    }
}

/// `style` empty: the body's.
fn paragraph(xml: &mut String, style: &str, properties: &str, text: &str) {
    xml.push_str("<w:p><w:pPr>");
    if !style.is_empty() {
        let _ = write!(xml, r#"<w:pStyle w:val="{style}"/>"#);
    }
    xml.push_str(properties);
    xml.push_str("</w:pPr>");
    run(xml, text);
    xml.push_str("</w:p>");
}

/// Lines of one text are kept as lines.
fn run(xml: &mut String, text: &str) {
    for (n, line) in text.lines().enumerate() {
        xml.push_str("<w:r>");
        if n > 0 {
            xml.push_str("<w:br/>");
        }
        // What XML cannot hold would make the whole paper unreadable.
        let line: String = line
            .chars()
            .filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
            .collect();
        let _ = write!(
            xml,
            r#"<w:t xml:space="preserve">{}</w:t></w:r>"#,
            escape(line.as_str())
        );
    }
}

/// The date keeps its distance from the right and the names are centred above it; where a name is longer than the date,
/// the name keeps two characters and the date is centred below it.
fn signature(xml: &mut String, lines: &[String], first: &str) {
    let widest = lines.iter().map(|l| half_chars(l)).max().unwrap_or(0);
    let date = lines.last().map_or(0, |l| half_chars(l));
    let widest_from_right = (DATE_FROM_RIGHT + date / 2)
        .saturating_sub(widest / 2)
        .max(if widest > date {
            NAME_FROM_RIGHT
        } else {
            DATE_FROM_RIGHT
        });
    for (n, line) in lines.iter().enumerate() {
        let keep = if n + 1 < lines.len() { KEEP_NEXT } else { "" };
        let first = if n == 0 && !first.is_empty() { first } else { keep };
        let from_right = widest_from_right + (widest - half_chars(line)) / 2;
        let indent = from_right * CHAR / 2;
        let properties = format!(r#"{first}<w:ind w:right="{indent}" w:firstLineChars="0" w:firstLine="0"/>"#);
        paragraph(xml, "Signature", &properties, line);
    }
}

/// How wide a line is: two for a Chinese character, one for a letter or digit.
fn half_chars(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn write_table(xml: &mut String, table: &Table) {
    xml.push_str(concat!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblBorders>"#,
        r#"<w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/>"#,
        r#"<w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/>"#,
        r#"<w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/>"#,
        r#"</w:tblBorders><w:tblLayout w:type="fixed"/>"#,
        r#"<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#
    ));
    let widths = widths(table);
    for width in &widths {
        let _ = write!(xml, r#"<w:gridCol w:w="{width}"/>"#);
    }
    xml.push_str("</w:tblGrid>");
    row(xml, table, &widths, &table.header, Row::Head);
    for cells in &table.rows {
        row(xml, table, &widths, cells, Row::Body);
    }
    xml.push_str("</w:tbl>");
}

/// The text's width, shared out in proportion; what rounding leaves goes to the last column.
fn widths(table: &Table) -> Vec<u32> {
    let sum: u32 = table.columns.iter().map(|c| c.width).sum::<u32>().max(1);
    let mut widths: Vec<u32> = table.columns.iter().map(|c| TEXT_WIDTH * c.width / sum).collect();
    let used: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += TEXT_WIDTH - used;
    }
    widths
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Head,
    Body,
}

fn row(xml: &mut String, table: &Table, widths: &[u32], cells: &[String], kind: Row) {
    let head = if kind == Row::Head { "<w:tblHeader/>" } else { "" };
    let _ = write!(
        xml,
        r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="510" w:hRule="atLeast"/>{head}</w:trPr>"#
    );
    for ((column, width), text) in table.columns.iter().zip(widths).zip(cells) {
        let _ = write!(
            xml,
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
        );
        match (kind, column.align) {
            (Row::Head, _) => paragraph(xml, "CellHead", "", text),
            (Row::Body, Align::Centre) => paragraph(xml, "Cell", r#"<w:jc w:val="center"/>"#, text),
            (Row::Body, Align::Left) => paragraph(xml, "Cell", "", text),
        }
        xml.push_str("</w:tc>");
    }
    xml.push_str("</w:tr>");
}

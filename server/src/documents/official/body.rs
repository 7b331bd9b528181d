//! The parts of a paper as WordprocessingML.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::measures::{BOTTOM, CHAR, FOOTER, LEFT, LINE, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, TEXT_HEIGHT, TEXT_WIDTH, TOP};
use super::parts::{HEAD, WORD};
use super::{Block, Level};
use super::{imprint, table};

/// 成文日期右空四字, in half characters.
const DATE_FROM_RIGHT: u32 = 8;
/// A name that is longer than the date stands two characters from the right.
const NAME_FROM_RIGHT: u32 = 4;

pub(super) fn document(blocks: &[Block]) -> String {
    let relations = r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
    let mut xml = format!("{HEAD}<w:document {WORD} {relations}><w:body>");
    let page = if blocks.contains(&Block::Sideways) {
        Page::SIDEWAYS
    } else {
        Page::UPRIGHT
    };
    for (place, block) in blocks.iter().enumerate() {
        let before = &blocks[..place];
        if ends_title(before, block) {
            paragraph(&mut xml, "Centred", "", "");
        }
        // A break belongs to what follows it: one at the very end would only make an empty page.
        let breaks = matches!(before, [.., Block::PageBreak]) || matches!(block, Block::Annex(_)) && place > 0;
        let first = match (breaks, stays_with_next(&blocks[place + 1..])) {
            (true, _) => NEW_PAGE,
            (false, true) => KEEP_NEXT,
            (false, false) => "",
        };
        write_block(&mut xml, block, first, &page);
    }
    // A table may not be the last thing on a page: Word wants a paragraph after it.
    if matches!(blocks.last(), None | Some(Block::Table(_))) {
        paragraph(&mut xml, "Cell", "", "");
    }
    page.write(&mut xml);
    xml + "</w:body></w:document>"
}

/// How the paper lies. On its side the margins turn with it: 订口 is above, 天头 on the left.
pub(super) struct Page {
    size: &'static str,
    width: u32,
    height: u32,
    /// Top, right, bottom, left.
    margins: [u32; 4],
    /// From the paper's lower edge: the number stands 7 mm below the text where there is room for it.
    footer: u32,
    pub(super) text_width: u32,
}

impl Page {
    const UPRIGHT: Page = Page {
        size: "",
        width: PAGE_WIDTH,
        height: PAGE_HEIGHT,
        margins: [TOP, RIGHT, BOTTOM, LEFT],
        footer: FOOTER,
        text_width: TEXT_WIDTH,
    };
    const SIDEWAYS: Page = Page {
        size: r#" w:orient="landscape""#,
        width: PAGE_HEIGHT,
        height: PAGE_WIDTH,
        margins: [LEFT, BOTTOM, RIGHT, TOP],
        footer: FOOTER - (BOTTOM - RIGHT),
        text_width: TEXT_HEIGHT,
    };

    pub(super) fn foot_of_text(&self) -> u32 {
        self.height - self.margins[2]
    }

    pub(super) fn left(&self) -> u32 {
        self.margins[3]
    }

    fn write(&self, xml: &mut String) {
        let [top, right, bottom, left] = self.margins;
        // Writing to a string cannot fail.
        let _ = write!(
            xml,
            concat!(
                r#"<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>"#,
                r#"<w:pgSz w:w="{}" w:h="{}"{}/>"#,
                r#"<w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="851" w:footer="{}" w:gutter="0"/>"#,
                r#"<w:docGrid w:type="lines" w:linePitch="{}"/></w:sectPr>"#
            ),
            self.width, self.height, self.size, top, right, bottom, left, self.footer, LINE
        );
    }
}

/// 标题下空一行; the date or number that stands centred under a title belongs to it.
fn ends_title(before: &[Block], block: &Block) -> bool {
    let mut above = before.iter().rev().skip_while(|b| matches!(b, Block::Centred(_)));
    let titled = matches!(above.next(), Some(Block::Title(_)));
    titled && !matches!(block, Block::Title(_) | Block::Centred(_) | Block::Blank)
}

const NEW_PAGE: &str = "<w:pageBreakBefore/>";
pub(super) const KEEP_NEXT: &str = "<w:keepNext/>";

/// A signature never stands alone on a page: the last lines before it go with it. Nor does a table leave the line that
/// leads to it.
fn stays_with_next(rest: &[Block]) -> bool {
    matches!(
        rest,
        [Block::Signature(_) | Block::Table(_), ..] | [Block::Blank, Block::Signature(_), ..]
    )
}

/// `first`: properties that the block's first paragraph has besides its own.
fn write_block(xml: &mut String, block: &Block, first: &str, page: &Page) {
    match block {
        Block::Title(text) => paragraph(xml, "Title", first, text),
        Block::Addressee(text) => paragraph(xml, "Addressee", first, text),
        Block::Annex(text) => {
            paragraph(xml, "Annex", first, text);
            paragraph(xml, "Addressee", KEEP_NEXT, "");
        }
        Block::Heading(Level::First, text) => paragraph(xml, "Heading1", first, text),
        Block::Heading(Level::Second, text) => paragraph(xml, "Heading2", first, text),
        Block::Heading(Level::Third, text) => paragraph(xml, "Heading3", first, text),
        Block::Paragraph(text) => paragraph(xml, "", first, text),
        Block::Centred(text) => paragraph(xml, "Centred", first, text),
        Block::Blank => paragraph(xml, "", first, ""),
        Block::PageBreak | Block::Sideways => {}
        Block::Signature(lines) => signature(xml, lines, first),
        Block::Enclosed(all) => enclosed(xml, all, first),
        Block::Labelled(label, text) => labelled(xml, label, text, first),
        Block::Imprint(lines) => imprint::write(xml, lines, page),
        Block::Table(table) => {
            if first == NEW_PAGE {
                paragraph(xml, "Cell", first, "");
            }
            let keeps = if first == KEEP_NEXT { KEEP_NEXT } else { "" };
            table::write(xml, table, page.text_width, keeps);
        }
    }
}

/// 附件：1. and its kin: left two characters, the names under one another.
fn enclosed(xml: &mut String, all: &[String], first: &str) {
    for (n, name) in all.iter().enumerate() {
        let (said, left, hanging) = match (all.len(), n) {
            (1, _) => (format!("附件：{name}"), 5, 3),
            (_, 0) => (format!("附件：1.\t{name}"), 6, 4),
            _ => (format!("{}.\t{name}", n + 1), 6, 1),
        };
        let properties = if n == 0 { first } else { "" }.to_owned() + &hang(left, hanging);
        paragraph(xml, "", &properties, &said);
    }
}

fn labelled(xml: &mut String, label: &str, text: &str, first: &str) {
    let wide = half_chars(label).div_ceil(2) + 1;
    let _ = write!(xml, "<w:p><w:pPr>{first}{}</w:pPr>", hang(2 + wide, wide));
    let _ = write!(xml, "<w:r><w:rPr>{}</w:rPr>", super::parts::label_font());
    text_of(xml, &format!("{label}："));
    xml.push_str("</w:r>");
    run(xml, text);
    xml.push_str("</w:p>");
}

/// Lines after the first begin `left` characters in, the first `hanging` before that.
fn hang(left: u32, hanging: u32) -> String {
    format!(
        r#"<w:ind w:leftChars="{}" w:left="{}" w:hangingChars="{}" w:hanging="{}"/>"#,
        left * 100,
        left * CHAR,
        hanging * 100,
        hanging * CHAR
    )
}

/// `style` empty: the body's.
pub(super) fn paragraph(xml: &mut String, style: &str, properties: &str, text: &str) {
    xml.push_str("<w:p><w:pPr>");
    if !style.is_empty() {
        let _ = write!(xml, r#"<w:pStyle w:val="{style}"/>"#);
    }
    xml.push_str(properties);
    xml.push_str("</w:pPr>");
    run(xml, text);
    xml.push_str("</w:p>");
}

/// Lines of one text are kept as lines, what follows a tab stands at its stop.
fn run(xml: &mut String, text: &str) {
    for (n, line) in text.lines().enumerate() {
        for (m, part) in line.split('\t').enumerate() {
            xml.push_str("<w:r>");
            if m > 0 {
                xml.push_str("<w:tab/>");
            } else if n > 0 {
                xml.push_str("<w:br/>");
            }
            text_of(xml, part);
            xml.push_str("</w:r>");
        }
    }
}

fn text_of(xml: &mut String, text: &str) {
    // What XML cannot hold would make the whole paper unreadable.
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect();
    let _ = write!(xml, r#"<w:t xml:space="preserve">{}</w:t>"#, escape(text.as_str()));
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
pub(super) fn half_chars(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

//! Tables of a paper.

use std::fmt::Write as _;

use super::body::{KEEP_NEXT, paragraph};
use super::{Align, Table};

/// Space on both sides of a cell's text.
const CELL_SIDE: u32 = 57;

/// `keeps`: what the last row is told, for a signature must not stand alone after it.
pub(super) fn write(xml: &mut String, table: &Table, text_width: u32, keeps: &str) {
    xml.push_str(r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblBorders>"#);
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(xml, r#"<w:{side} w:val="single" w:sz="4"/>"#);
    }
    let _ = write!(
        xml,
        concat!(
            r#"</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{0}" w:type="dxa"/>"#,
            r#"<w:right w:w="{0}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#
        ),
        CELL_SIDE
    );
    let widths = widths(table, text_width);
    for width in &widths {
        let _ = write!(xml, r#"<w:gridCol w:w="{width}"/>"#);
    }
    xml.push_str("</w:tblGrid>");
    row(xml, table, &widths, &table.header, Row::Head);
    for (n, cells) in table.rows.iter().enumerate() {
        let keeps = if n + 1 == table.rows.len() { keeps } else { "" };
        row(xml, table, &widths, cells, Row::Body(keeps));
    }
    xml.push_str("</w:tbl>");
}

/// The text's width, shared out in proportion; what rounding leaves goes to the last column.
fn widths(table: &Table, text_width: u32) -> Vec<u32> {
    let sum: u32 = table.columns.iter().map(|c| c.width).sum::<u32>().max(1);
    let mut widths: Vec<u32> = table.columns.iter().map(|c| text_width * c.width / sum).collect();
    let used: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += text_width - used;
    }
    widths
}

#[derive(Clone, Copy)]
enum Row<'a> {
    /// Repeated on every page, and never alone at the foot of one.
    Head,
    Body(&'a str),
}

fn row(xml: &mut String, table: &Table, widths: &[u32], cells: &[String], kind: Row) {
    let head = if matches!(kind, Row::Head) {
        "<w:tblHeader/>"
    } else {
        ""
    };
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
            (Row::Head, _) => paragraph(xml, "CellHead", KEEP_NEXT, text),
            (Row::Body(keeps), Align::Centre) => {
                paragraph(xml, "Cell", &format!(r#"{keeps}<w:jc w:val="center"/>"#), text);
            }
            (Row::Body(keeps), Align::Left) => paragraph(xml, "Cell", keeps, text),
        }
        xml.push_str("</w:tc>");
    }
    xml.push_str("</w:tr>");
}

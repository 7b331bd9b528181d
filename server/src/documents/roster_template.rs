//! The empty roster a clerk fills in, as a workbook and as delimited text.
//!
//! Examples stand on the instruction sheet only, so that none is ever imported.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::ROSTER_MAX_ROWS;
use super::roster::{RosterColumn, SYNONYMS};

pub(super) const INSTRUCTIONS_SHEET: &str = "填写说明";
const ROSTER_SHEET: &str = "名册";

/// Columns of the template in order, with their widths in characters.
const COLUMNS: [(RosterColumn, f64); 6] = [
    (RosterColumn::Name, 16.0),
    (RosterColumn::Kind, 14.0),
    (RosterColumn::Title, 34.0),
    (RosterColumn::Group, 18.0),
    (RosterColumn::Seat, 12.0),
    (RosterColumn::Pin, 14.0),
];
/// Indexes into [`COLUMNS`].
const KIND_PLACE: u16 = 1;
const KIND_WORDS: [&str; 2] = ["组成人员", "列席人员"];

const INSTRUCTIONS: [(&str, &str); 7] = [
    (
        "姓名",
        "必填。重名的请加标记区分，如：张三（大）、张三（小）。少数民族姓名用间隔号“·”。",
    ),
    ("类别", "必填。组成人员：有表决权；列席人员：可以提问，没有表决权。"),
    ("职务", "选填，显示在签到和询问名单中。"),
    ("组别", "选填，代表团或小组名称。"),
    ("座位号", "选填，不得重复，印在席卡上。"),
    ("口令", "选填，4至8位数字，一般用手机尾号；不填的只能凭席卡签到。"),
    (
        "注意",
        "只在“名册”表中填写，不要改动表头；合并单元格、空行不影响导入。任何一行有误，整份名册都不导入。",
    ),
];

const EXAMPLES: [[&str; 6]; 3] = [
    ["示例甲", "组成人员", "常委会委员", "第一小组", "1排1座", "0421"],
    [
        "示例乙·示例",
        "组成人员",
        "常委会委员、财经工委主任",
        "第一小组",
        "1排2座",
        "8307",
    ],
    ["示例丙", "列席人员", "区人大代表", "第二小组", "列席1", "5590"],
];

/// # Errors
/// Only if the workbook cannot be packed, which its fixed content does not cause.
pub fn roster_template_xlsx() -> Result<Vec<u8>, XlsxError> {
    write_workbook(&[])
}

/// UTF-8 with a mark and CRLF, or Excel on Windows would read it as GBK.
pub fn roster_template_csv() -> Vec<u8> {
    let header = COLUMNS.map(|(column, _)| heading(column)).join(",");
    format!("\u{FEFF}{header}\r\n").into_bytes()
}

fn heading(column: RosterColumn) -> &'static str {
    SYNONYMS
        .iter()
        .find(|(known, _)| *known == column)
        .and_then(|(_, words)| words.first())
        .copied()
        .unwrap_or_default()
}

fn write_workbook(rows: &[[&str; COLUMNS.len()]]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    write_roster_sheet(workbook.add_worksheet(), rows)?;
    write_instructions(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn write_roster_sheet(sheet: &mut Worksheet, rows: &[[&str; COLUMNS.len()]]) -> Result<(), XlsxError> {
    sheet.set_name(ROSTER_SHEET)?;
    // Text format everywhere: a PIN keeps its zeros, a seat 3-12 does not become a date.
    let text = Format::new().set_num_format("@");
    for (place, (column, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(place, width)?;
        sheet.set_column_format(place, &text)?;
        sheet.write_string_with_format(0, place, heading(column), &header_format())?;
    }
    sheet.set_row_height(0, 24)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.add_data_validation(1, KIND_PLACE, ROSTER_MAX_ROWS as u32, KIND_PLACE, &kinds()?)?;
    for (line, row) in (1_u32..).zip(rows) {
        for (place, value) in (0_u16..).zip(row) {
            sheet.write_string_with_format(line, place, *value, &text)?;
        }
    }
    Ok(())
}

fn kinds() -> Result<DataValidation, XlsxError> {
    // A warning only: the importer knows more words than the list offers.
    DataValidation::new()
        .allow_list_strings(&KIND_WORDS)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("类别")?
        .set_error_message("请填写“组成人员”或“列席人员”。")
}

fn write_instructions(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(INSTRUCTIONS_SHEET)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 16)?;
    for place in 1..COLUMNS.len() as u16 {
        sheet.set_column_width(place, 20)?;
    }
    let last = COLUMNS.len() as u16 - 1;
    let mut line = 0;
    for (word, meaning) in INSTRUCTIONS {
        sheet.write_string_with_format(line, 0, word, &header_format())?;
        sheet.merge_range(line, 1, line, last, meaning, &wrapped)?;
        sheet.set_row_height(line, 36)?;
        line += 1;
    }
    line += 1;
    sheet.write_string(line, 0, "示例（仅供参考，不会导入）")?;
    for (place, (column, _)) in (0_u16..).zip(COLUMNS) {
        sheet.write_string_with_format(line + 1, place, heading(column), &header_format())?;
    }
    for (offset, row) in (line + 2..).zip(EXAMPLES) {
        for (place, value) in (0_u16..).zip(row) {
            sheet.write_string(offset, place, value)?;
        }
    }
    Ok(())
}

fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_num_format("@")
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00F3_E9E4))
        .set_border(FormatBorder::Thin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::roster::{RosterFileError, RosterKind, read_roster};

    const FILLED: [[&str; 6]; 2] = [
        ["委员 01", "组成人员", "委员", "第一小组", "3-12", "0042"],
        ["列席 01", "列席人员", "", "", "", ""],
    ];

    fn assert_imports(file_name: &str, bytes: &[u8]) {
        let sheet = read_roster(file_name, bytes).expect("a filled template is a roster");
        assert_eq!(sheet.faults, []);
        let [member, attendee] = sheet.rows.as_slice() else {
            panic!("two persons, not {:?}", sheet.rows);
        };
        assert_eq!((member.line, member.name.as_str()), (2, "委员 01"));
        assert_eq!(member.seat, "3-12");
        assert_eq!(member.pin.as_deref(), Some("0042"));
        assert_eq!(attendee.kind, RosterKind::Attendee);
        assert_eq!(attendee.pin, None);
    }

    #[test]
    fn a_filled_workbook_imports() {
        let bytes = write_workbook(&FILLED).expect("packed");
        assert_imports("名册.xlsx", &bytes);
    }

    #[test]
    fn a_filled_text_imports() {
        let mut bytes = roster_template_csv();
        for row in FILLED {
            bytes.extend(format!("{}\r\n", row.join(",")).bytes());
        }
        assert_imports("名册.csv", &bytes);
    }

    #[test]
    fn an_empty_template_brings_nobody_in() {
        let xlsx = roster_template_xlsx().expect("packed");
        assert_eq!(read_roster("a.xlsx", &xlsx), Err(RosterFileError::Empty));
        assert_eq!(
            read_roster("a.csv", &roster_template_csv()),
            Err(RosterFileError::Empty)
        );
    }
}

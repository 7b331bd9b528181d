//! Announced results as a table for spreadsheets: one line a subject, the options in the order of the ballots.

use super::{people, results};
use pingyi_core::Appraisal;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// Header and rows, all as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultsTable {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// None before a result is announced.
pub fn results_table(case: &Appraisal) -> Option<ResultsTable> {
    let mut options: Vec<&str> = Vec::new();
    for (_, result) in results::announced(case) {
        for count in &result.counts {
            if !options.contains(&count.label.as_str()) {
                options.push(&count.label);
            }
        }
    }
    let mut header: Vec<String> = [
        "序号",
        "评议对象",
        "轮次",
        "应到",
        "实到",
        "发出",
        "收回",
        "有效",
        "无效",
    ]
    .map(str::to_owned)
    .into();
    for option in &options {
        header.extend([format!("{option}（票）"), format!("{option}（%）")]);
    }
    header.push("等次".into());
    let rows: Vec<_> = (1_u32..)
        .zip(results::announced(case))
        .map(|(number, (ballot, result))| {
            let mut row = vec![number.to_string(), people::name(case, ballot.subject)];
            let figures = [
                ballot.round,
                result.due,
                result.present,
                result.issued,
                result.returned,
                result.valid,
                result.invalid,
            ];
            row.extend(figures.map(|n| n.to_string()));
            for option in &options {
                let count = result.counts.iter().find(|c| c.label == *option);
                row.push(count.map_or_else(String::new, |c| c.votes.to_string()));
                row.push(count.map_or_else(String::new, |c| c.percent.clone()));
            }
            row.push(result.grade_label.clone());
            row
        })
        .collect();
    (!rows.is_empty()).then_some(ResultsTable { header, rows })
}

impl ResultsTable {
    /// UTF-8 with a mark and CRLF, or Excel on Windows would read it as GBK.
    ///
    /// # Errors
    /// Only what writing to memory does not do.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{FEFF}".as_bytes().to_vec());
        writer.write_record(&self.header)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| inert(cell)))?;
        }
        writer.into_inner().map_err(|e| e.into_error().into())
    }

    /// # Errors
    /// Only if the workbook cannot be packed.
    pub fn xlsx(&self, sheet_name: &str) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name)?;
        let cell = Format::new()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Center);
        let head = cell.clone().set_bold();
        for (place, text) in (0_u16..).zip(&self.header) {
            sheet.write_string_with_format(0, place, text, &head)?;
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (place, text) in (0_u16..).zip(row) {
                match text.parse::<u32>() {
                    Ok(number) => sheet.write_number_with_format(line, place, number, &cell)?,
                    Err(_) => sheet.write_string_with_format(line, place, text, &cell)?,
                };
            }
        }
        sheet.autofit();
        sheet.set_freeze_panes(1, 0)?;
        workbook.save_to_buffer()
    }
}

/// A cell that begins like a formula would be run by a spreadsheet.
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

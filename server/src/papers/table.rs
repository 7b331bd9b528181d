//! A table for spreadsheets, as a workbook or as delimited text. Nothing that a person wrote is run as a formula.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// Long texts are wrapped in a column of this width, for the table to fit a screen.
const COLUMN_PIXELS_MAX: u32 = 320;

/// Header and rows, all as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the sheet is called.
    pub name: &'static str,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
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
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.name)?;
        let cell = Format::new()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let head = cell.clone().set_bold().set_align(FormatAlign::Center);
        for (place, text) in (0_u16..).zip(&self.header) {
            sheet.write_string_with_format(0, place, text, &head)?;
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (place, text) in (0_u16..).zip(row) {
                match figure(text) {
                    Some(number) => sheet.write_number_with_format(line, place, number, &cell)?,
                    None => sheet.write_string_with_format(line, place, text, &cell)?,
                };
            }
        }
        sheet.set_autofit_max_width(COLUMN_PIXELS_MAX);
        sheet.autofit();
        sheet.set_freeze_panes(1, 0)?;
        workbook.save_to_buffer()
    }
}

/// A whole number as a spreadsheet counts it; 0421 stays the text it is.
fn figure(text: &str) -> Option<u32> {
    text.parse::<u32>().ok().filter(|n| n.to_string() == text)
}

/// A cell that begins like a formula would be run by a spreadsheet.
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

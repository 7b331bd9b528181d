//! A table for spreadsheets, as a workbook or as delimited text. Nothing that a person wrote is run as a formula.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// Long texts are wrapped in a column of this width, for the table to fit a screen.
const COLUMN_PIXELS_MAX: u32 = 320;

/// A workbook's cell holds so many UTF-16 units; one that is longer would cost the whole file.
const CELL_UNITS_MAX: usize = 32_767;
/// What stands at the end of a cell that was cut.
const CUT_MARK: &str = "……（未完，全文见 CSV 文件）";

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
                    None => sheet.write_string_with_format(line, place, fitting(text), &cell)?,
                };
            }
        }
        sheet.set_autofit_max_width(COLUMN_PIXELS_MAX);
        sheet.autofit();
        sheet.set_freeze_panes(1, 0)?;
        workbook.save_to_buffer()
    }
}

/// The text, as far as a cell holds it.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.encode_utf16().count() <= CELL_UNITS_MAX {
        return Cow::Borrowed(text);
    }
    let mut left = CELL_UNITS_MAX - CUT_MARK.encode_utf16().count();
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    Cow::Owned(kept.collect::<String>() + CUT_MARK)
}

/// A whole number as a spreadsheet counts it; 0421 stays the text it is.
fn figure(text: &str) -> Option<u32> {
    text.parse::<u32>().ok().filter(|n| n.to_string() == text)
}

/// A cell that begins like a formula would be run by a spreadsheet; some take the full-width signs too.
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cell: &str) -> Table {
        Table {
            name: "整改台账",
            header: vec!["检查情况".into()],
            rows: vec![vec![cell.into()]],
        }
    }

    /// Forty checks with a thousand characters each: one cell must not cost the whole workbook.
    #[test]
    fn a_cell_longer_than_a_workbook_holds_is_cut_and_says_so() {
        let long = "查".repeat(40_000);
        let xlsx = table(&long).xlsx().expect("a workbook");
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).expect("a package");
        let mut shared = parts.by_name("xl/sharedStrings.xml").expect("its texts");
        let mut texts = String::new();
        std::io::Read::read_to_string(&mut shared, &mut texts).expect("text");
        assert!(texts.contains(CUT_MARK), "who reads the cell is told where the rest is");
        assert_eq!(
            table(&long).csv().map(|csv| csv.len()).ok(),
            Some(3 + 12 + 2 + 120_000 + 2)
        );
    }

    #[test]
    fn nothing_that_a_person_wrote_is_run_as_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(1)", "＝1+1", "＋1", "－1", "＠SUM(1)"] {
            let csv = String::from_utf8(table(cell).csv().expect("a text")).expect("text");
            assert!(csv.ends_with(&format!("\r\n'{cell}\r\n")), "{csv}");
        }
    }
}

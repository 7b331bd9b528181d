//! A roster from a clerk's spreadsheet or text file, with everything wrong in it named by line.
//!
//! Nothing is imported here: the caller takes the rows only if there is no fault at all.

mod columns;
mod fields;
mod rows;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::archive::{contains, looks_like_archive};
use super::decode::decode_text;
use super::grid::Grid;
use super::grid_csv::read_csv;
use super::grid_xlsx::{Sheet, WorkbookFault, read_workbook};
use super::plain::excerpt;
use super::roster_template::INSTRUCTIONS_SHEET;
use super::{ROSTER_FILE_MAX_BYTES, ROSTER_HEADER_SEARCH_LINES, ROSTER_MAX_ROWS};
pub use columns::RosterColumn;
pub(super) use columns::SYNONYMS;
use columns::{Columns, HeaderFault, has_header, is_header};
use rows::Findings;

/// Start of an OLE container: a workbook of before 2007, or one locked with a password.
pub(super) const OLE_MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RosterSheet {
    pub rows: Vec<RosterRow>,
    pub faults: Vec<RowFault>,
    pub notes: Vec<RowNote>,
    /// Faults and notes found beyond those listed.
    pub unlisted: u32,
    pub header_row: u32,
}

/// The PIN is not serialised and not printed: pages and logs have no use for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RosterRow {
    pub line: u32,
    pub name: String,
    pub kind: RosterKind,
    pub title: String,
    pub group: String,
    pub seat: String,
    #[serde(skip)]
    pub pin: Option<String>,
}

impl fmt::Debug for RosterRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RosterRow")
            .field("line", &self.line)
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("title", &self.title)
            .field("group", &self.group)
            .field("seat", &self.seat)
            .field("has_pin", &self.pin.is_some())
            .finish()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RosterKind {
    /// 组成人员: may vote.
    Member,
    /// 列席人员: may ask, may not vote.
    Attendee,
}

/// One thing that must be mended before the file can be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowFault {
    pub line: u32,
    /// The column's heading in the clerk's own words.
    pub column: String,
    pub code: RowFaultCode,
    /// Shortened and made safe to show; digits of a PIN or telephone are masked.
    pub value: String,
    /// The earlier line that this one repeats.
    pub earlier_line: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RowFaultCode {
    MissingName,
    NameTooLong,
    /// Neither 组成人员 nor 列席人员; an empty cell too, for the right to vote is never guessed.
    UnknownKind,
    /// The page advises a mark: 张三（大）, 张三（小）.
    DuplicateName,
    DuplicateSeat,
    /// Not 4 to 8 digits, nor a telephone number to take four from.
    BadPin,
    /// Controls or marks of writing direction.
    ControlCharacters,
    /// A character that was lost in an earlier conversion (U+FFFD).
    UnreadableCharacter,
    TextTooLong,
    /// The spreadsheet made a date of it: seat 3-12 became 12 March.
    CellIsDate,
    /// A formula that failed: #N/A, #REF!
    CellIsError,
    TooManyRows,
}

/// Something that was put right or left out on import; nothing to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RowNote {
    pub line: u32,
    pub column: String,
    pub code: RowNoteCode,
    pub value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RowNoteCode {
    ColumnIgnored,
    /// Another sheet of the workbook has a header too, but only one is read.
    SheetIgnored,
    /// Text outside the known columns, a remark below the table for instance.
    RowIgnored,
    HeaderRepeated,
    /// Some rows have no PIN: these persons join by seat card only.
    PinMissing,
    /// A number lost its leading zeros and got them back.
    PinPadded,
    /// Only the last four digits were taken, the number itself was dropped.
    PhoneShortened,
    /// Blanks, dots or brackets in a name were made uniform; the value is the name as kept.
    NameTidied,
    /// A character only some fonts can show; on other machines the name has a hole.
    PrivateUseCharacter,
    /// A cell merged over several lines was taken for each of them.
    MergedCellFilled,
}

/// Why a file as a whole cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RosterFileError {
    #[error("neither a workbook nor a text table")]
    NotASpreadsheet,
    #[error("the workbook is locked with a password")]
    Encrypted,
    #[error("a workbook of the old format; it must be saved as .xlsx")]
    XlsUnsupported,
    #[error("the workbook is damaged")]
    Damaged,
    #[error("no header with column {missing:?}; found {found:?}")]
    NoHeader { missing: RosterColumn, found: Vec<String> },
    #[error("column {column:?} stands twice in the header at line {line}")]
    HeaderRepeatsColumn { column: RosterColumn, line: u32 },
    #[error("no person in the file")]
    Empty,
    #[error("too large: {limit:?}")]
    TooLarge { limit: RosterLimit },
    #[error("the text's encoding cannot be read")]
    UnreadableEncoding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RosterLimit {
    /// [`super::ROSTER_FILE_MAX_BYTES`]
    FileBytes,
    /// [`super::ARCHIVE_INFLATED_MAX_BYTES`], or more parts or text than a roster can need.
    InflatedBytes,
}

/// Reads `.xlsx` and delimited text. What a file is follows from its content;
/// `file_name` only tells a mangled workbook from text in no known encoding.
///
/// # Errors
/// [`RosterFileError`] if there is no table to speak of. Faults of single rows
/// are not errors: they are listed in the sheet, all at once.
pub fn read_roster(file_name: &str, bytes: &[u8]) -> Result<RosterSheet, RosterFileError> {
    if bytes.is_empty() {
        return Err(RosterFileError::Empty);
    }
    if bytes.len() > ROSTER_FILE_MAX_BYTES {
        return Err(RosterFileError::TooLarge {
            limit: RosterLimit::FileBytes,
        });
    }
    if bytes.starts_with(&OLE_MAGIC) {
        return Err(if is_encrypted_ole(bytes) {
            RosterFileError::Encrypted
        } else {
            RosterFileError::XlsUnsupported
        });
    }
    if looks_like_archive(bytes) {
        let sheets = read_workbook(bytes, KEPT_ROWS).map_err(RosterFileError::from)?;
        return read_first_roster(sheets);
    }
    let Some(text) = decode_text(bytes) else {
        return Err(if has_text_name(file_name) {
            RosterFileError::UnreadableEncoding
        } else {
            RosterFileError::NotASpreadsheet
        });
    };
    if is_markup(&text) {
        return Err(RosterFileError::NotASpreadsheet);
    }
    let grid = read_csv(&text, KEPT_ROWS, is_header).ok_or(RosterFileError::TooLarge {
        limit: RosterLimit::InflatedBytes,
    })?;
    read_grid(&grid, Vec::new())
}

/// One row more than allowed shows that there are too many.
const KEPT_ROWS: usize = ROSTER_MAX_ROWS + ROSTER_HEADER_SEARCH_LINES as usize + 1;

impl From<WorkbookFault> for RosterFileError {
    fn from(fault: WorkbookFault) -> Self {
        match fault {
            WorkbookFault::NotAWorkbook => Self::NotASpreadsheet,
            WorkbookFault::Damaged => Self::Damaged,
            WorkbookFault::Encrypted => Self::Encrypted,
            WorkbookFault::TooLarge => Self::TooLarge {
                limit: RosterLimit::InflatedBytes,
            },
        }
    }
}

pub(super) fn is_encrypted_ole(bytes: &[u8]) -> bool {
    let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    contains(bytes, &stream)
}

fn has_text_name(file_name: &str) -> bool {
    let lower = file_name.to_ascii_lowercase();
    [".csv", ".txt", ".tsv"].iter().any(|end| lower.ends_with(end))
}

/// Office systems export web pages under the name `.xls`.
fn is_markup(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(16).collect();
    let head = head.to_ascii_lowercase();
    ["<!doctype", "<html", "<table", "<?xml", "{\\rtf", "%pdf-"]
        .iter()
        .any(|start| head.starts_with(start))
}

fn read_first_roster(sheets: Vec<Sheet>) -> Result<RosterSheet, RosterFileError> {
    if sheets.iter().all(|sheet| sheet.grid.rows.is_empty()) {
        return Err(RosterFileError::Empty);
    }
    let with_header: Vec<usize> = (0..sheets.len())
        .filter(|&i| sheets[i].name != INSTRUCTIONS_SHEET && has_header(&sheets[i].grid))
        .collect();
    // Without any header, the first sheet's first rows tell the clerk what was found.
    let chosen = with_header
        .first()
        .copied()
        .or_else(|| sheets.iter().position(|sheet| !sheet.grid.rows.is_empty()))
        .unwrap_or(0);
    let ignored = with_header
        .iter()
        .filter(|&&i| i != chosen)
        .map(|&i| excerpt(&sheets[i].name))
        .collect();
    read_grid(&sheets[chosen].grid, ignored)
}

fn read_grid(grid: &Grid, ignored_sheets: Vec<String>) -> Result<RosterSheet, RosterFileError> {
    if grid.rows.is_empty() {
        return Err(RosterFileError::Empty);
    }
    let columns = Columns::find(grid).map_err(|fault| match fault {
        HeaderFault::Missing { column, found } => RosterFileError::NoHeader { missing: column, found },
        HeaderFault::Repeated { column, line } => RosterFileError::HeaderRepeatsColumn { column, line },
    })?;
    let mut findings = Findings::default();
    for sheet in ignored_sheets {
        findings.note(columns.line, String::new(), RowNoteCode::SheetIgnored, sheet);
    }
    for heading in columns.unrecognised() {
        let heading = heading.to_owned();
        findings.note(columns.line, heading.clone(), RowNoteCode::ColumnIgnored, heading);
    }
    let rows = rows::read_rows(grid, &columns, &mut findings);
    if rows.is_empty() && findings.faults.is_empty() {
        return Err(RosterFileError::Empty);
    }
    Ok(RosterSheet {
        rows,
        faults: findings.faults,
        notes: findings.notes,
        unlisted: findings.unlisted,
        header_row: columns.line,
    })
}

#[cfg(test)]
#[path = "roster_tests.rs"]
mod tests;

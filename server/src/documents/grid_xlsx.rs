//! Workbooks (.xlsx) to grids, within bounds the parsing library does not hold itself.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use super::archive::{Archive, ArchiveFault};
use super::grid::{Cell, DownMerge, Grid, GridRow, TextBudget};
use super::{ROSTER_MAX_COLUMNS, ROSTER_MAX_SHEETS};

/// The library reserves memory for as many shared texts as the file says it has.
const SHARED_TEXTS_MAX: u64 = 1_000_000;
const MERGES_MAX: usize = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkbookFault {
    NotAWorkbook,
    Damaged,
    Encrypted,
    TooLarge,
}

impl From<ArchiveFault> for WorkbookFault {
    fn from(fault: ArchiveFault) -> Self {
        match fault {
            ArchiveFault::Damaged => Self::Damaged,
            ArchiveFault::Encrypted => Self::Encrypted,
            ArchiveFault::Bomb => Self::TooLarge,
        }
    }
}

pub(super) struct Sheet {
    pub name: String,
    pub grid: Grid,
}

/// Visible worksheets in the order of their tabs, each with at most `max_rows` rows.
pub(super) fn read_workbook(bytes: &[u8], max_rows: usize) -> Result<Vec<Sheet>, WorkbookFault> {
    let mut archive = Archive::open(bytes)?;
    if !archive.has("[Content_Types].xml") || !archive.has_under("xl/") {
        return Err(WorkbookFault::NotAWorkbook);
    }
    archive.inflate_each(|part| {
        if declares_too_many_texts(part) {
            return Err(ArchiveFault::Bomb);
        }
        Ok(())
    })?;
    // The library subtracts cell references unchecked; a forged sheet must not take the task down.
    catch_unwind(|| read_sheets(bytes, max_rows)).unwrap_or(Err(WorkbookFault::Damaged))
}

fn declares_too_many_texts(part: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    let mut rest = part;
    while let Some(at) = rest.windows(COUNT.len()).position(|w| w == COUNT) {
        rest = &rest[at + COUNT.len()..];
        let digits: Vec<u8> = rest
            .iter()
            .copied()
            .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\'' | b'+'))
            .take_while(u8::is_ascii_digit)
            .take(20)
            .collect();
        let count = digits.iter().fold(0_u64, |sum, digit| {
            sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
        });
        if count > SHARED_TEXTS_MAX {
            return true;
        }
    }
    false
}

fn read_sheets(bytes: &[u8], max_rows: usize) -> Result<Vec<Sheet>, WorkbookFault> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| WorkbookFault::Damaged)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .take(ROSTER_MAX_SHEETS)
        .collect();
    let mut budget = TextBudget::new();
    let mut sheets = Vec::new();
    for name in names {
        let rows = read_rows(&mut book, &name, max_rows, &mut budget)?;
        let merges = read_merges(&mut book, &name)?;
        sheets.push(Sheet {
            name,
            grid: Grid { rows, merges },
        });
    }
    Ok(sheets)
}

/// Cells are taken one by one: the library's own range allocates the whole
/// rectangle between two cells, which a forged file can put at opposite corners.
fn read_rows(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    max_rows: usize,
    budget: &mut TextBudget,
) -> Result<Vec<GridRow>, WorkbookFault> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|_| WorkbookFault::Damaged)?;
    let mut rows: BTreeMap<u32, GridRow> = BTreeMap::new();
    while let Some(found) = cells.next_cell().map_err(|_| WorkbookFault::Damaged)? {
        let (row, column) = found.get_position();
        let column = column as usize;
        if column >= ROSTER_MAX_COLUMNS {
            continue;
        }
        let cell = to_cell(found.get_value(), budget).ok_or(WorkbookFault::TooLarge)?;
        if cell.is_blank() {
            continue;
        }
        if rows.len() >= max_rows && !rows.contains_key(&row) {
            break;
        }
        let kept = rows.entry(row).or_insert_with(|| GridRow {
            line: row.saturating_add(1),
            cells: Vec::new(),
        });
        kept.put(column, cell);
    }
    Ok(rows.into_values().collect())
}

fn to_cell(value: &DataRef<'_>, budget: &mut TextBudget) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(value) => Cell::Number(value.to_string()),
        DataRef::Float(value) => Cell::number(*value),
        DataRef::String(text) => Cell::Text(budget.keep(text)?),
        DataRef::SharedString(text) => Cell::Text(budget.keep(text)?),
        DataRef::Bool(value) => Cell::Text(value.to_string()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Cell::Date,
        DataRef::Error(_) => Cell::Failed,
    })
}

fn read_merges(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<DownMerge>, WorkbookFault> {
    let found = book
        .merge_cells_by_sheet_name(sheet)
        .map_err(|_| WorkbookFault::Damaged)?;
    Ok(found
        .into_iter()
        .filter(|merged| merged.end.0 > merged.start.0)
        .take(MERGES_MAX)
        .map(|merged| DownMerge {
            column: merged.start.1 as usize,
            first_line: merged.start.0.saturating_add(1),
            last_line: merged.end.0.saturating_add(1),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_count_of_texts_is_seen() {
        assert!(declares_too_many_texts(b"<sst count='2' uniqueCount = '9999999999'>"));
        assert!(!declares_too_many_texts(b"<sst uniqueCount=\"31\"><t>uniqueCount</t>"));
    }
}

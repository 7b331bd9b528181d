//! A table as read from a file, before anybody asks what its columns mean.

use super::ROSTER_TEXT_MAX_BYTES;
use super::plain::cut;

/// Longer than every bound on a field, so a cut cell is still refused as too long.
const CELL_MAX_CHARS: usize = 1_000;

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Cell {
    #[default]
    Empty,
    Text(String),
    /// A number as its shortest digits; the file has lost leading zeros.
    Number(String),
    /// What was typed has been turned into a date by the spreadsheet and is lost.
    Date,
    /// The result of a failed formula.
    Failed,
}

impl Cell {
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim_matches(is_blank_char).is_empty(),
            Self::Number(_) | Self::Date | Self::Failed => false,
        }
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Empty | Self::Date | Self::Failed => "",
        }
    }

    /// Whole numbers are stored as floats by spreadsheets: 12.0 is 12.
    pub(super) fn number(value: f64) -> Self {
        if value.fract() == 0.0 && value.abs() < 1e15 {
            Self::Number(format!("{}", value as i64))
        } else {
            Self::Number(format!("{value}"))
        }
    }
}

fn is_blank_char(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

#[derive(Debug, Default)]
pub(super) struct GridRow {
    /// Row number as a spreadsheet shows it, from 1.
    pub line: u32,
    pub cells: Vec<Cell>,
}

static EMPTY: Cell = Cell::Empty;

impl GridRow {
    pub(super) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&EMPTY)
    }

    pub(super) fn put(&mut self, column: usize, cell: Cell) {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::Empty);
        }
        self.cells[column] = cell;
    }
}

/// Rows in ascending order of line; blank ones are left out.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub rows: Vec<GridRow>,
    /// Cells merged downwards: one value meant for several lines.
    pub merges: Vec<DownMerge>,
}

/// Columns from 0, lines from 1, both ends included.
#[derive(Debug, Clone, Copy)]
pub(super) struct DownMerge {
    pub column: usize,
    pub first_line: u32,
    pub last_line: u32,
}

/// Counts what has been kept, so that many references to one long text cannot fill memory.
#[derive(Debug)]
pub(super) struct TextBudget {
    left_bytes: usize,
}

impl TextBudget {
    pub(super) fn new() -> Self {
        Self {
            left_bytes: ROSTER_TEXT_MAX_BYTES,
        }
    }

    /// `None` if the budget is spent.
    pub(super) fn keep(&mut self, text: &str) -> Option<String> {
        let text = cut(text, CELL_MAX_CHARS);
        self.left_bytes = self.left_bytes.checked_sub(text.len())?;
        Some(text.to_owned())
    }
}

//! Which column of a roster means what: header words and their synonyms.

use serde::Serialize;

use crate::documents::grid::{Grid, GridRow};
use crate::documents::plain::{excerpt, tidy, visible};
use crate::documents::{ROSTER_HEADER_SEARCH_LINES, ROSTER_MAX_COLUMNS};

const FOUND_HEADINGS_MAX: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RosterColumn {
    Name,
    Kind,
    Title,
    Group,
    Seat,
    Pin,
    Phone,
}

/// The first word of each is the one the template uses.
pub(in crate::documents) const SYNONYMS: [(RosterColumn, &[&str]); 7] = [
    (RosterColumn::Name, &["姓名", "名字", "人员姓名", "name"]),
    (
        RosterColumn::Kind,
        &["类别", "人员类别", "身份", "身份类别", "参会身份", "kind", "category"],
    ),
    (
        RosterColumn::Title,
        &["职务", "现任职务", "单位及职务", "单位职务", "工作单位及职务", "title"],
    ),
    (
        RosterColumn::Group,
        &[
            "组别",
            "分组",
            "代表团",
            "小组",
            "所在小组",
            "所在组",
            "所在代表团",
            "group",
        ],
    ),
    (
        RosterColumn::Seat,
        &["座位号", "座次", "座号", "座位", "席位号", "席位", "seat"],
    ),
    (
        RosterColumn::Pin,
        &[
            "口令",
            "pin",
            "pin码",
            "手机尾号",
            "尾号",
            "手机后四位",
            "手机号后四位",
            "手机尾号后四位",
        ],
    ),
    (
        RosterColumn::Phone,
        &[
            "手机号",
            "手机号码",
            "联系电话",
            "手机",
            "电话",
            "电话号码",
            "移动电话",
            "联系方式",
            "phone",
        ],
    ),
];

/// `姓　名`, `姓名*`, `类别（必填）` and `ＰＩＮ：` are read as their plain words.
fn heading_of(text: &str) -> String {
    let text = tidy(&visible(text));
    let word = text.split(['(', '（', '[', '【']).next().unwrap_or_default();
    word.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊' | ':' | '：'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn column_of(text: &str) -> Option<RosterColumn> {
    let heading = heading_of(text);
    SYNONYMS
        .iter()
        .find(|(_, words)| words.contains(&heading.as_str()))
        .map(|(column, _)| *column)
}

pub(super) fn is_header(cells: &[&str]) -> bool {
    cells.iter().any(|cell| column_of(cell) == Some(RosterColumn::Name))
}

#[derive(Debug)]
pub(super) struct Columns {
    pub line: u32,
    places: [Option<usize>; SYNONYMS.len()],
    /// The file's own words, as the clerk sees them.
    headings: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum HeaderFault {
    Missing { column: RosterColumn, found: Vec<String> },
    Repeated { column: RosterColumn, line: u32 },
}

impl Columns {
    /// The first row with a name column, within the first lines of the sheet.
    pub(super) fn find(grid: &Grid) -> Result<Self, HeaderFault> {
        let Some(header) = header_row(grid) else {
            return Err(HeaderFault::Missing {
                column: RosterColumn::Name,
                found: widest_row(grid).map(headings_of).unwrap_or_default(),
            });
        };
        let mut places = [None; SYNONYMS.len()];
        for (place, cell) in header.cells.iter().enumerate() {
            let Some(column) = column_of(cell.text()) else {
                continue;
            };
            // Two rosters side by side: taking one of them would lose half of the people.
            if places[column as usize].replace(place).is_some() {
                return Err(HeaderFault::Repeated {
                    column,
                    line: header.line,
                });
            }
        }
        // Who may vote is never guessed, so the kind must be stated.
        if places[RosterColumn::Kind as usize].is_none() {
            return Err(HeaderFault::Missing {
                column: RosterColumn::Kind,
                found: headings_of(header),
            });
        }
        Ok(Self {
            line: header.line,
            places,
            headings: header.cells.iter().map(|c| excerpt(c.text())).collect(),
        })
    }

    pub(super) fn place(&self, column: RosterColumn) -> Option<usize> {
        self.places[column as usize]
    }

    pub(super) fn heading(&self, column: RosterColumn) -> String {
        self.place(column)
            .and_then(|place| self.headings.get(place).cloned())
            .unwrap_or_default()
    }

    pub(super) fn is_known(&self, place: usize) -> bool {
        self.places.contains(&Some(place))
    }

    pub(super) fn unrecognised(&self) -> impl Iterator<Item = &str> {
        self.headings
            .iter()
            .enumerate()
            .filter(|(place, heading)| !heading.is_empty() && !self.is_known(*place))
            .map(|(_, heading)| heading.as_str())
            .take(ROSTER_MAX_COLUMNS)
    }
}

fn header_row(grid: &Grid) -> Option<&GridRow> {
    top_rows(grid).find(|row| {
        row.cells
            .iter()
            .any(|cell| column_of(cell.text()) == Some(RosterColumn::Name))
    })
}

pub(super) fn has_header(grid: &Grid) -> bool {
    header_row(grid).is_some()
}

fn top_rows(grid: &Grid) -> impl Iterator<Item = &GridRow> {
    grid.rows
        .iter()
        .take_while(|row| row.line <= ROSTER_HEADER_SEARCH_LINES)
}

fn widest_row(grid: &Grid) -> Option<&GridRow> {
    // Of equally wide rows the topmost is likeliest to be meant as the header.
    top_rows(grid).reduce(|best, row| if filled(row) > filled(best) { row } else { best })
}

fn filled(row: &GridRow) -> usize {
    row.cells.iter().filter(|cell| !cell.is_blank()).count()
}

fn headings_of(row: &GridRow) -> Vec<String> {
    row.cells
        .iter()
        .filter(|cell| !cell.is_blank())
        .map(|cell| excerpt(cell.text()))
        .take(FOUND_HEADINGS_MAX)
        .collect()
}

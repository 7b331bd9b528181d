//! The rows below the header: each to a person, or to what is wrong with it.

use std::collections::HashMap;

use super::columns::Columns;
use super::fields::{PinRead, PinSource, mask_digits, read_kind, read_name, read_pin, read_text, seat_key};
use super::{RosterColumn, RosterRow, RowFault, RowFaultCode, RowNote, RowNoteCode, is_header};
use crate::documents::grid::{Cell, Grid, GridRow};
use crate::documents::plain::{excerpt, is_private_use, tidy};
use crate::documents::{
    ROSTER_GROUP_MAX_CHARS, ROSTER_MAX_FAULTS, ROSTER_MAX_NOTES, ROSTER_MAX_ROWS, ROSTER_SEAT_MAX_CHARS,
    ROSTER_TITLE_MAX_CHARS,
};

/// Both lists are bounded; what does not fit is counted.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub faults: Vec<RowFault>,
    pub notes: Vec<RowNote>,
    pub unlisted: u32,
}

impl Findings {
    fn fault(&mut self, fault: RowFault) {
        if self.faults.len() < ROSTER_MAX_FAULTS {
            self.faults.push(fault);
        } else {
            self.unlisted += 1;
        }
    }

    pub(super) fn note(&mut self, line: u32, column: String, code: RowNoteCode, value: String) {
        if self.notes.len() < ROSTER_MAX_NOTES {
            self.notes.push(RowNote {
                line,
                column,
                code,
                value,
            });
        } else {
            self.unlisted += 1;
        }
    }
}

pub(super) fn read_rows(grid: &Grid, columns: &Columns, findings: &mut Findings) -> Vec<RosterRow> {
    let mut reading = Reading {
        columns,
        filled: merged_values(grid, columns),
        names: HashMap::new(),
        seats: HashMap::new(),
        without_pin: None,
        phones: None,
        findings,
    };
    let mut rows = Vec::new();
    let mut persons = 0;
    for row in grid.rows.iter().filter(|row| row.line > columns.line) {
        if reading.stands_for_nobody(row) {
            continue;
        }
        persons += 1;
        if persons > ROSTER_MAX_ROWS {
            reading.fault(row.line, RosterColumn::Name, RowFaultCode::TooManyRows, String::new());
            break;
        }
        rows.extend(reading.read_row(row));
    }
    reading.note_once_for_all();
    rows
}

/// Values of cells merged over several lines, by line and column. A name is
/// never spread: two lines with one name are two persons or a mistake.
fn merged_values<'a>(grid: &'a Grid, columns: &Columns) -> HashMap<(u32, usize), &'a Cell> {
    let spread = [RosterColumn::Kind, RosterColumn::Group].map(|column| columns.place(column));
    let by_line: HashMap<u32, &GridRow> = grid.rows.iter().map(|row| (row.line, row)).collect();
    let mut values = HashMap::new();
    for merge in &grid.merges {
        if merge.first_line <= columns.line || !spread.contains(&Some(merge.column)) {
            continue;
        }
        let Some(source) = by_line.get(&merge.first_line) else {
            continue;
        };
        let value = source.cell(merge.column);
        let lines = grid.rows.iter().map(|row| row.line);
        for line in lines.filter(|line| (merge.first_line + 1..=merge.last_line).contains(line)) {
            values.insert((line, merge.column), value);
        }
    }
    values
}

struct Reading<'a> {
    columns: &'a Columns,
    filled: HashMap<(u32, usize), &'a Cell>,
    names: HashMap<String, u32>,
    seats: HashMap<String, u32>,
    /// First line, and how many.
    without_pin: Option<(u32, u32)>,
    phones: Option<(u32, u32)>,
    findings: &'a mut Findings,
}

impl<'a> Reading<'a> {
    fn stands_for_nobody(&mut self, row: &'a GridRow) -> bool {
        let texts: Vec<&str> = row.cells.iter().map(Cell::text).collect();
        // Rosters made for printing repeat the header on each page.
        if is_header(&texts) && read_kind(self.own(row, RosterColumn::Kind).text()).is_none() {
            self.findings
                .note(row.line, String::new(), RowNoteCode::HeaderRepeated, String::new());
            return true;
        }
        let known = (0..row.cells.len()).any(|place| self.columns.is_known(place) && !row.cell(place).is_blank());
        if known {
            return false;
        }
        // Serial numbers filled in beforehand are not worth a note.
        let remark = texts.iter().find(|text| !is_serial_number(text));
        if let Some(remark) = remark {
            let value = excerpt(remark);
            self.findings
                .note(row.line, String::new(), RowNoteCode::RowIgnored, value);
        }
        true
    }

    fn read_row(&mut self, row: &'a GridRow) -> Option<RosterRow> {
        let name = self.read_name(row);
        let kind = self.cell(row, RosterColumn::Kind);
        let kind_read = read_kind(kind.text());
        if kind_read.is_none() {
            let value = excerpt(kind.text());
            self.fault(row.line, RosterColumn::Kind, RowFaultCode::UnknownKind, value);
        }
        let title = self.read_text(row, RosterColumn::Title, ROSTER_TITLE_MAX_CHARS);
        let group = self.read_text(row, RosterColumn::Group, ROSTER_GROUP_MAX_CHARS);
        let seat = self.read_seat(row);
        let pin = self.read_pin(row);
        Some(RosterRow {
            line: row.line,
            name: name?,
            kind: kind_read?,
            title: title?,
            group: group?,
            seat: seat?,
            pin: pin?,
        })
    }

    fn read_name(&mut self, row: &'a GridRow) -> Option<String> {
        let cell = self.own(row, RosterColumn::Name);
        let name = match read_name(cell) {
            Ok(name) => name,
            Err(code) => {
                self.fault(row.line, RosterColumn::Name, code, excerpt(cell.text()));
                return None;
            }
        };
        if let Some(&earlier) = self.names.get(&name) {
            self.repeated(
                row.line,
                RosterColumn::Name,
                RowFaultCode::DuplicateName,
                &name,
                earlier,
            );
            return None;
        }
        self.names.insert(name.clone(), row.line);
        let heading = self.columns.heading(RosterColumn::Name);
        if tidy(cell.text()) != name {
            self.findings
                .note(row.line, heading.clone(), RowNoteCode::NameTidied, name.clone());
        }
        if name.chars().any(is_private_use) {
            self.findings
                .note(row.line, heading, RowNoteCode::PrivateUseCharacter, name.clone());
        }
        Some(name)
    }

    fn read_seat(&mut self, row: &'a GridRow) -> Option<String> {
        let seat = self.read_text(row, RosterColumn::Seat, ROSTER_SEAT_MAX_CHARS)?;
        if seat.is_empty() {
            return Some(seat);
        }
        let key = seat_key(&seat);
        if let Some(&earlier) = self.seats.get(&key) {
            self.repeated(
                row.line,
                RosterColumn::Seat,
                RowFaultCode::DuplicateSeat,
                &seat,
                earlier,
            );
            return None;
        }
        self.seats.insert(key, row.line);
        Some(seat)
    }

    fn read_text(&mut self, row: &'a GridRow, column: RosterColumn, max_chars: usize) -> Option<String> {
        let cell = self.cell(row, column);
        match read_text(cell, max_chars) {
            Ok(text) => Some(text),
            Err(code) => {
                let value = excerpt(cell.text());
                self.fault(row.line, column, code, value);
                None
            }
        }
    }

    /// The outer `None` is a fault, the inner one a person without PIN.
    fn read_pin(&mut self, row: &'a GridRow) -> Option<Option<String>> {
        let sources = [
            (RosterColumn::Pin, PinSource::PinColumn),
            (RosterColumn::Phone, PinSource::PhoneColumn),
        ];
        for (column, source) in sources {
            let cell = self.own(row, column);
            match read_pin(cell, source) {
                Ok(PinRead::Absent) => continue,
                Ok(PinRead::AsWritten(pin)) => return Some(Some(pin)),
                Ok(PinRead::Padded(pin)) => {
                    let heading = self.columns.heading(column);
                    let value = mask_digits(&pin);
                    self.findings.note(row.line, heading, RowNoteCode::PinPadded, value);
                    return Some(Some(pin));
                }
                Ok(PinRead::TailOfPhone(pin)) => {
                    count(&mut self.phones, row.line);
                    return Some(Some(pin));
                }
                Err(code) => {
                    let value = mask_digits(&excerpt(cell.text()));
                    self.fault(row.line, column, code, value);
                    return None;
                }
            }
        }
        count(&mut self.without_pin, row.line);
        Some(None)
    }

    /// What concerns many rows alike is said once, with the number of rows as value.
    fn note_once_for_all(&mut self) {
        let counted = [
            (self.without_pin, RosterColumn::Pin, RowNoteCode::PinMissing),
            (self.phones, RosterColumn::Phone, RowNoteCode::PhoneShortened),
        ];
        for (counted, column, code) in counted {
            if let Some((line, rows)) = counted {
                // A roster may have one of the two columns only, or neither.
                let heading = [column, RosterColumn::Pin, RosterColumn::Phone]
                    .map(|column| self.columns.heading(column))
                    .into_iter()
                    .find(|heading| !heading.is_empty())
                    .unwrap_or_default();
                self.findings.note(line, heading, code, rows.to_string());
            }
        }
    }

    /// The cell itself, blank if the roster has no such column.
    fn own(&self, row: &'a GridRow, column: RosterColumn) -> &'a Cell {
        self.columns.place(column).map_or(&Cell::Empty, |place| row.cell(place))
    }

    /// The cell, or the value of the merged cell it is part of.
    fn cell(&mut self, row: &'a GridRow, column: RosterColumn) -> &'a Cell {
        let own = self.own(row, column);
        let merged = self
            .columns
            .place(column)
            .and_then(|place| self.filled.get(&(row.line, place)).copied());
        match merged {
            Some(value) if own.is_blank() => {
                let heading = self.columns.heading(column);
                self.findings
                    .note(row.line, heading, RowNoteCode::MergedCellFilled, excerpt(value.text()));
                value
            }
            _ => own,
        }
    }

    fn fault(&mut self, line: u32, column: RosterColumn, code: RowFaultCode, value: String) {
        self.findings.fault(RowFault {
            line,
            column: self.columns.heading(column),
            code,
            value,
            earlier_line: None,
        });
    }

    fn repeated(&mut self, line: u32, column: RosterColumn, code: RowFaultCode, value: &str, earlier_line: u32) {
        self.findings.fault(RowFault {
            line,
            column: self.columns.heading(column),
            code,
            value: excerpt(value),
            earlier_line: Some(earlier_line),
        });
    }
}

fn count(counted: &mut Option<(u32, u32)>, line: u32) {
    let (_, rows) = counted.get_or_insert((line, 0));
    *rows += 1;
}

fn is_serial_number(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_numeric() || c.is_whitespace() || matches!(c, '.' | '、'))
}

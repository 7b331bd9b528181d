//! Comma-separated text to a grid, whichever separator and line ends it was written with.

use super::ROSTER_HEADER_SEARCH_LINES;
use super::ROSTER_MAX_COLUMNS;
use super::grid::{Cell, Grid, GridRow, TextBudget};

/// Stands in for the full-width comma, which the reader cannot take: it wants one byte.
const UNIT_SEPARATOR: char = '\u{1F}';
const SEPARATORS: [char; 4] = [',', ';', '\t', '，'];

/// `None` if more text is held than a roster may hold.
/// `is_header` says whether a line's cells are the header; `max_rows` bounds the rows kept.
pub(super) fn read_csv(text: &str, max_rows: usize, is_header: impl Fn(&[&str]) -> bool) -> Option<Grid> {
    // One kind of line end, and one at the end of the text, make line numbers exact.
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.push('\n');
    let mut separator = find_separator(&text, is_header);
    if separator == '，' {
        text = replace_outside_quotes(&text, '，', UNIT_SEPARATOR);
        separator = UNIT_SEPARATOR;
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator as u8)
        .terminator(csv::Terminator::Any(b'\n'))
        .from_reader(text.as_bytes());
    let mut budget = TextBudget::new();
    let mut grid = Grid::default();
    let mut record = csv::StringRecord::new();
    let mut breaks_inside = 0_u64;
    // The text is valid UTF-8 and rows may differ in length, so no record is an error.
    while grid.rows.len() < max_rows && reader.read_record(&mut record).unwrap_or(false) {
        // A spreadsheet gives a record broken over lines inside quotes one row only.
        let breaks: u64 = record.iter().map(|f| f.matches('\n').count() as u64).sum();
        let line = reader.position().line().saturating_sub(1 + breaks_inside + breaks);
        breaks_inside += breaks;
        let mut row = GridRow {
            line: u32::try_from(line).ok()?,
            cells: Vec::new(),
        };
        for (column, field) in record.iter().take(ROSTER_MAX_COLUMNS).enumerate() {
            let cell = Cell::Text(budget.keep(unformula(field))?);
            if !cell.is_blank() {
                row.put(column, cell);
            }
        }
        if !row.cells.is_empty() {
            grid.rows.push(row);
        }
    }
    Some(grid)
}

/// Exports write `="0042"` so that a spreadsheet keeps the zeros.
fn unformula(field: &str) -> &str {
    field
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(field)
}

/// The separator that makes the most cells of the header line; without a header, the commonest one.
fn find_separator(text: &str, is_header: impl Fn(&[&str]) -> bool) -> char {
    let mut best = (0, ',');
    for line in text.lines().take(ROSTER_HEADER_SEARCH_LINES as usize) {
        for separator in SEPARATORS {
            let cells: Vec<&str> = line
                .split(separator)
                .take(ROSTER_MAX_COLUMNS)
                .map(|cell| cell.trim_matches('"'))
                .collect();
            if cells.len() > best.0 && is_header(&cells) {
                best = (cells.len(), separator);
            }
        }
    }
    if best.0 > 0 {
        return best.1;
    }
    SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|&separator| text.matches(separator).count())
        .unwrap_or(',')
}

fn replace_outside_quotes(text: &str, from: char, to: char) -> String {
    let mut quoted = false;
    text.chars()
        .map(|c| {
            quoted ^= c == '"';
            if c == from && !quoted { to } else { c }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u32, Vec<String>)> {
        let grid = read_csv(text, 100, |cells| cells.contains(&"姓名")).expect("within bounds");
        grid.rows
            .iter()
            .map(|row| (row.line, row.cells.iter().map(|c| c.text().to_owned()).collect()))
            .collect()
    }

    #[test]
    fn every_separator_is_found() {
        for separator in SEPARATORS {
            let text = ["姓名", "类别", "职务\nA", "B", "C"].join(&separator.to_string());
            let rows = lines(&text);
            assert_eq!(rows[0].1, ["姓名", "类别", "职务"], "{separator:?}");
            assert_eq!(rows[1].1, ["A", "B", "C"], "{separator:?}");
        }
    }

    #[test]
    fn line_numbers_are_a_spreadsheets_rows() {
        let text = "名册\r\n\r\n姓名,职务\r\n甲,\"主任\r\n委员\"\r\n,\r\n\r\n乙,委员";
        let rows = lines(text);
        let numbers: Vec<u32> = rows.iter().map(|row| row.0).collect();
        assert_eq!(numbers, [1, 3, 4, 7]);
    }

    #[test]
    fn a_comma_inside_quotes_separates_nothing() {
        let rows = lines("姓名，职务\n甲，\"主任，委员\"");
        assert_eq!(rows[1].1, ["甲", "主任，委员"]);
    }

    #[test]
    fn written_as_formula_keeps_its_zeros() {
        assert_eq!(lines("姓名,口令\n甲,\"=\"\"0042\"\"\"")[1].1, ["甲", "0042"]);
    }
}

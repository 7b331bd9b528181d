//! The calendar file: public holidays and worked weekend days as the yearly notice lists them, one span of days a row,
//! `开始日期,结束日期,类型,名称`. Everything wrong in it is told by line; nothing is taken from a file with a fault.

use pingyi_core::follow_up::calendar::{CalendarSpan, DayKind};
use pingyi_core::follow_up::day;
use pingyi_core::limits::{CALENDAR_SPAN_DAYS_MAX, LABEL_CHARS_MAX};
use serde::{Deserialize, Serialize};

use super::decode::decode_text;
use super::grid::GridRow;
use super::grid_csv::read_csv;
use super::plain::{cut, excerpt, tidy, visible};
use crate::limits::{CALENDAR_FILE_MAX_BYTES, CALENDAR_MAX_FAULTS, CALENDAR_MAX_ROWS};

const HEADER: [&str; 4] = ["开始日期", "结束日期", "类型", "名称"];
const OFF_WORDS: [&str; 5] = ["放假", "休息", "节假日", "休", "off"];
const WORK_WORDS: [&str; 5] = ["上班", "调休", "补班", "班", "work"];

/// Something that must be mended before the file can be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CalendarFault {
    /// As a spreadsheet counts them, from 1; 0 for the file as a whole.
    pub line: u32,
    pub code: CalendarFaultCode,
    /// What stands there, shortened.
    pub value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum CalendarFaultCode {
    /// Not text, or in no known encoding. A workbook must be saved as CSV first.
    NotText,
    /// No row with a day in it.
    Empty,
    BadDay,
    /// Neither 放假 nor 上班.
    BadKind,
    /// The last day is before the first.
    Backwards,
    /// Longer than a holiday can be.
    SpanTooLong,
    /// The day is both off and worked.
    Contradiction,
    TooManyRows,
}

/// Reads a calendar file.
///
/// # Errors
/// Every fault found, up to a bound.
pub fn read_calendar(bytes: &[u8]) -> Result<Vec<CalendarSpan>, Vec<CalendarFault>> {
    let whole = |code| {
        vec![CalendarFault {
            line: 0,
            code,
            value: String::new(),
        }]
    };
    let text = Some(bytes)
        .filter(|b| b.len() <= CALENDAR_FILE_MAX_BYTES)
        .and_then(decode_text)
        .ok_or_else(|| whole(CalendarFaultCode::NotText))?;
    let is_header = |cells: &[&str]| cells.iter().any(|c| HEADER.contains(&c.trim()));
    let grid = read_csv(&text, CALENDAR_MAX_ROWS + 1, is_header).ok_or_else(|| whole(CalendarFaultCode::NotText))?;
    if grid.rows.len() > CALENDAR_MAX_ROWS {
        return Err(whole(CalendarFaultCode::TooManyRows));
    }
    let (mut spans, mut faults) = (Vec::new(), Vec::new());
    for row in &grid.rows {
        let first = cell(row, 0);
        if HEADER.contains(&first.as_str()) || first.starts_with('#') {
            continue;
        }
        match span(row) {
            Ok(span) if contradicts(&spans, &span) => faults.push((row.line, CalendarFaultCode::Contradiction, first)),
            Ok(span) => spans.push(span),
            Err((code, value)) => faults.push((row.line, code, value)),
        }
    }
    if spans.is_empty() && faults.is_empty() {
        return Err(whole(CalendarFaultCode::Empty));
    }
    if faults.is_empty() {
        return Ok(spans);
    }
    let told = faults.into_iter().take(CALENDAR_MAX_FAULTS);
    Err(told
        .map(|(line, code, value)| CalendarFault {
            line,
            code,
            value: excerpt(&value),
        })
        .collect())
}

fn cell(row: &GridRow, column: usize) -> String {
    tidy(&visible(row.cell(column).text()))
}

fn span(row: &GridRow) -> Result<CalendarSpan, (CalendarFaultCode, String)> {
    let (first, last, kind) = (cell(row, 0), cell(row, 1), cell(row, 2));
    let read = |text: &str| written_day(text).ok_or_else(|| (CalendarFaultCode::BadDay, text.to_owned()));
    let from = read(&first)?;
    let to = if last.is_empty() { from } else { read(&last)? };
    let days = (to - from).get_days();
    if days < 0 {
        return Err((CalendarFaultCode::Backwards, last));
    }
    if days >= CALENDAR_SPAN_DAYS_MAX {
        return Err((CalendarFaultCode::SpanTooLong, last));
    }
    let lower = kind.to_lowercase();
    let kind = if OFF_WORDS.contains(&lower.as_str()) {
        DayKind::Off
    } else if WORK_WORDS.contains(&lower.as_str()) {
        DayKind::Work
    } else {
        return Err((CalendarFaultCode::BadKind, kind));
    };
    Ok(CalendarSpan {
        first: day::write(from),
        last: day::write(to),
        kind,
        name: cut(&cell(row, 3), LABEL_CHARS_MAX).to_owned(),
    })
}

/// 2026-10-01, 2026/10/1, 2026.10.1, 2026年10月1日.
fn written_day(text: &str) -> Option<jiff::civil::Date> {
    let plain = text.trim_end_matches('日').replace(['/', '.', '年', '月'], "-");
    let mut numbers = plain.split('-').map(|n| n.trim().parse::<u32>().ok());
    let (year, month, date) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() {
        return None;
    }
    day::read(&format!("{year:04}-{month:02}-{date:02}")).ok()
}

/// Days in the form of the record compare as texts do.
fn contradicts(spans: &[CalendarSpan], span: &CalendarSpan) -> bool {
    let overlaps = |s: &CalendarSpan| s.first <= span.last && span.first <= s.last;
    spans.iter().any(|s| s.kind != span.kind && overlaps(s))
}

/// The empty calendar with a remark on how to fill it in. UTF-8 with a mark and CRLF, for Excel.
pub fn calendar_template_csv() -> Vec<u8> {
    let lines = [
        HEADER.join(","),
        "#类型填“放假”或“上班”（调休的周末）；结束日期可不填。以#开头的行不导入。,,,".to_owned(),
        "#例：2023-09-29,2023-10-06,放假,中秋节、国庆节".to_owned(),
        "#例：2023-10-07,2023-10-08,上班,国庆节调休".to_owned(),
    ];
    format!("\u{FEFF}{}\r\n", lines.join("\r\n")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::CalendarFaultCode as Code;
    use super::*;

    fn faults(text: &str) -> Vec<(u32, Code)> {
        let faults = read_calendar(text.as_bytes()).expect_err("a fault");
        faults.into_iter().map(|f| (f.line, f.code)).collect()
    }

    #[test]
    fn a_notice_is_read_however_its_days_are_written() {
        let text = "开始日期,结束日期,类型,名称\r\n2023-09-29,2023/10/6,放假,\"中秋节、国庆节\"\r\n2023年10月7日,2023.10.8,上班,\r\n2024-01-01,,放假,元旦\r\n";
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        for bytes in [text.as_bytes(), &gb] {
            let spans = read_calendar(bytes).expect("a calendar");
            let said: Vec<_> = spans
                .iter()
                .map(|s| (s.first.as_str(), s.last.as_str(), s.kind))
                .collect();
            assert_eq!(
                said,
                [
                    ("2023-09-29", "2023-10-06", DayKind::Off),
                    ("2023-10-07", "2023-10-08", DayKind::Work),
                    ("2024-01-01", "2024-01-01", DayKind::Off),
                ]
            );
            assert_eq!(spans[0].name, "中秋节、国庆节");
        }
    }

    #[test]
    fn every_fault_is_told_by_its_line() {
        let text = "开始日期,结束日期,类型,名称\n2023-02-29,,放假,\n2023-10-07,2023-10-01,放假,\n2023-01-01,2023-06-01,放假,\n2023-05-01,,过节,\n2023-04-29,2023-05-03,放假,\n2023-05-03,,上班,";
        let found = faults(text);
        assert_eq!(
            found,
            [
                (2, Code::BadDay),
                (3, Code::Backwards),
                (4, Code::SpanTooLong),
                (5, Code::BadKind),
                (7, Code::Contradiction)
            ]
        );
    }

    #[test]
    fn a_file_of_another_kind_and_an_empty_one_are_told_apart() {
        assert_eq!(faults("PK\u{3}\u{4}\0\0"), [(0, Code::NotText)]);
        assert_eq!(faults("开始日期,结束日期,类型,名称\n"), [(0, Code::Empty)]);
        let template = String::from_utf8(calendar_template_csv()).expect("text");
        assert_eq!(
            faults(&template),
            [(0, Code::Empty)],
            "the template alone imports nothing"
        );
        assert_eq!(faults(&"2023-01-01,,放假,\n".repeat(401)), [(0, Code::TooManyRows)]);
    }
}

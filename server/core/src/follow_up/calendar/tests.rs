//! The calendar of holidays: what contradicts itself, what a notice replaces, which years are known.

use super::*;

pub(in crate::follow_up) fn date(text: &str) -> Date {
    text.parse().expect("a day")
}

pub(in crate::follow_up) fn span(first: &str, last: &str, kind: DayKind) -> CalendarSpan {
    CalendarSpan {
        first: first.into(),
        last: last.into(),
        kind,
        name: "节".into(),
    }
}

/// The State Council's notices for 2023 and 2024, the parts the vectors need.
pub(in crate::follow_up) fn notices() -> Calendar {
    use DayKind::{Off, Work};
    Calendar::of(&[
        span("2023-01-21", "2023-01-27", Off),
        span("2023-01-28", "2023-01-29", Work),
        span("2023-04-29", "2023-05-03", Off),
        span("2023-05-06", "2023-05-06", Work),
        span("2023-09-29", "2023-10-06", Off),
        span("2023-10-07", "2023-10-08", Work),
        span("2023-12-30", "2024-01-01", Off),
        span("2024-02-10", "2024-02-17", Off),
        span("2024-02-04", "2024-02-04", Work),
        span("2024-02-18", "2024-02-18", Work),
        span("2024-10-01", "2024-10-07", Off),
        span("2024-09-29", "2024-09-29", Work),
        span("2024-10-12", "2024-10-12", Work),
    ])
    .expect("a calendar")
}

#[test]
fn a_calendar_that_contradicts_itself_is_refused() {
    let both = [
        span("2023-10-01", "2023-10-07", DayKind::Off),
        span("2023-10-07", "2023-10-08", DayKind::Work),
    ];
    assert_eq!(
        Calendar::of(&both),
        Err(Refusal::DayTwice {
            day: "2023-10-07".into()
        })
    );
    let backwards = [span("2023-10-07", "2023-10-01", DayKind::Off)];
    assert_eq!(Calendar::of(&backwards), Err(Refusal::OutOfRange { min: 1, max: 31 }));
    let endless: Vec<_> = (2000..2100)
        .map(|y| span(&format!("{y}-10-01"), &format!("{y}-10-31"), DayKind::Off))
        .collect();
    assert!(matches!(Calendar::of(&endless), Err(Refusal::TooMany { .. })));
}

/// Who imports next year's notice in November has this year's deadlines still running.
#[test]
fn a_notice_replaces_its_own_year_and_no_other() {
    use DayKind::{Off, Work};
    let years = |c: &Calendar| c.years().iter().map(|y| (y.year, y.off, y.work)).collect::<Vec<_>>();
    let next = [
        span("2024-12-28", "2025-01-01", Off),
        span("2025-01-28", "2025-02-04", Off),
        span("2025-01-26", "2025-01-26", Work),
    ];
    let both = notices().with(&next);
    let calendar = Calendar::of(&both).unwrap();
    assert_eq!(years(&calendar), [(2023, 22, 5), (2024, 16 + 4, 4), (2025, 9, 1)]);
    assert!(both.len() < 25, "days in a row stay one span");
    let mended = calendar.with(&[span("2025-01-29", "2025-02-04", Off)]);
    let mended = Calendar::of(&mended).unwrap();
    assert_eq!(years(&mended), [(2023, 22, 5), (2024, 20, 4), (2025, 7, 0)]);
    let again = calendar.with(&[span("2024-10-01", "2024-10-07", Off)]);
    let again = Calendar::of(&again).unwrap();
    assert_eq!(
        years(&again),
        [(2023, 22, 5), (2024, 7 + 4, 0), (2025, 9, 1)],
        "the eve came with the next year's notice and stays"
    );
    let turned = calendar.with(&[
        span("2024-12-28", "2024-12-28", Work),
        span("2025-10-01", "2025-10-07", Off),
    ]);
    assert!(
        Calendar::of(&turned).unwrap().works(date("2024-12-28")),
        "the newer word on a day holds"
    );
}

#[test]
fn a_year_without_its_notice_is_told() {
    let calendar = notices();
    assert!(calendar.covers(date("2024-03-05")) && !calendar.covers(date("2025-03-05")));
    let years: Vec<_> = calendar.years().iter().map(|y| (y.year, y.off, y.work)).collect();
    assert_eq!(years, [(2023, 7 + 5 + 8 + 2, 5), (2024, 1 + 8 + 7, 4)]);
}
